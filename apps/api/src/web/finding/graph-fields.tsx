import type { Texts } from '../texts/texts.js';
import type { GraphQuery } from './finding.schema.js';
import { graphAddress } from './graph-address.js';

interface GraphFieldsProps {
  form: GraphQuery;
  folders: readonly { name: string }[];
  tags: readonly { name: string }[];
  base: string;
  texts: Texts;
}

/** What part of the graph is shown. */
export function GraphFields({ form, folders, tags, base, texts }: GraphFieldsProps) {
  const { finding } = texts;
  const { around, depth } = form;
  return (
    <form action={`${base}/-/graph`} class="site-graph-fields">
      {around !== undefined && (
        <>
          <input type="hidden" name="around" value={around} />
          <Choice name="depth" label={finding.depth} chosen={String(depth)} options={['1', '2', '3']} />
        </>
      )}
      <Choice
        {...{ name: 'folder', label: finding.folder, chosen: form.folder, any: finding.any }}
        options={folders.map(({ name }) => name)}
      />
      <Choice
        {...{ name: 'tag', label: finding.tag, chosen: form.tag, any: finding.any }}
        options={tags.map(({ name }) => name)}
      />
      <button class="site-button" type="submit">
        {finding.show}
      </button>
      {(around ?? form.folder ?? form.tag) !== undefined && (
        <a href={graphAddress(base, { depth } as GraphQuery)}>{finding.graphAll}</a>
      )}
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  chosen: string | undefined;
  options: readonly string[];
  /** What stands for no choice. */
  any?: string;
}

function Choice({ name, label, chosen, options, any }: ChoiceProps) {
  return (
    <div class="site-field">
      <label for={`site-${name}`}>{label}</label>
      <select id={`site-${name}`} name={name}>
        {any !== undefined && <option value="">{any}</option>}
        {options.map((option) => (
          <option value={option} selected={option.toLowerCase() === chosen?.toLowerCase()}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

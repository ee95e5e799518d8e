import type { Texts } from '../texts/texts.js';

/** What the list of changes is narrowed by, as it was asked for. */
export type ShownFilter = Partial<Record<'person' | 'agent' | 'door' | 'path' | 'from' | 'until', string>>;

interface FilterProps {
  filter: ShownFilter;
  agents: readonly string[];
  base: string;
  texts: Texts;
}

/** Fields that narrow the list of changes; open when something is in them. */
export function ChangesFilterForm({ filter, agents, base, texts }: FilterProps) {
  const said = texts.changesShown;
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <>
      <details class="site-filter" open={isNarrowed}>
        <summary>{said.narrow}</summary>
        <form action={`${base}/-/changes`}>
          <div class="site-filter-fields">
            <Field name="person" label={said.person} value={filter.person} />
            <Field name="agent" label={said.agent} value={filter.agent} list="site-agents" />
            <Doors value={filter.door} texts={texts} />
            <Field name="path" label={said.path} value={filter.path} />
            <Field name="from" label={said.from} value={filter.from} type="date" />
            <Field name="until" label={said.until} value={filter.until} type="date" />
          </div>
          <datalist id="site-agents">
            {agents.map((agent) => (
              <option value={agent} />
            ))}
          </datalist>
          <p class="site-paging">
            <button class="site-button site-primary" type="submit">
              {said.show}
            </button>
            {isNarrowed && (
              <a class="site-button" href={`${base}/-/changes`}>
                {said.all}
              </a>
            )}
          </p>
        </form>
      </details>
      <p>
        <a href={`${base}/-/deleted`}>{said.deleted}</a>
      </p>
    </>
  );
}

interface FieldProps {
  name: keyof ShownFilter;
  label: string;
  value: string | undefined;
  type?: 'text' | 'date';
  list?: string;
}

function Field({ name, label, value, type = 'text', list }: FieldProps) {
  return (
    <div class="site-field">
      <label for={`site-${name}`}>{label}</label>
      <input id={`site-${name}`} name={name} type={type} value={value ?? ''} list={list} autocomplete="off" />
    </div>
  );
}

function Doors({ value = '', texts }: { value: string | undefined; texts: Texts }) {
  const { door, anyDoor, doors } = texts.changesShown;
  return (
    <div class="site-field">
      <label for="site-door">{door}</label>
      <select id="site-door" name="door">
        {Object.entries({ '': anyDoor, ...doors }).map(([name, label]) => (
          <option value={name} selected={name === value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

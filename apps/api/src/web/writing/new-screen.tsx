import { pageAddress } from '@lib/markdown';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';

interface NewScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  /** The page to begin with, when one was chosen. */
  from: string | null;
  templates: readonly string[];
  /** The folders there are, to complete what is typed. */
  folders: readonly string[];
  fault: string | null;
  /** The page of this path, when there is one already. */
  existing: string | null;
}

/** Where a new page gets its name. */
export function NewScreen({ path, from, templates, folders, fault, existing, ...frame }: NewScreenProps) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...frame} title={`${texts.newPage} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.newPage}</h1>
        <Fault text={fault} />
        {existing !== null && (
          <p class="site-notice" role="alert">
            {texts.writing.pageExists(existing)} <a href={pageAddress(`${base}/-/edit`, existing)}>{texts.edit}</a>
          </p>
        )}
        <form action={`${base}/-/new`}>
          <div class="site-field">
            <label for="site-path">{texts.newPath}</label>
            <input
              id="site-path"
              name="path"
              value={path}
              list="site-folders"
              required
              maxlength={1_100}
              autocomplete="off"
              autofocus
              aria-describedby="site-path-hint"
            />
            <p class="site-hint" id="site-path-hint">
              {texts.newPathHint}
            </p>
            <datalist id="site-folders">
              {folders.map((folder) => (
                <option value={`${folder}/`} />
              ))}
            </datalist>
          </div>
          <Beginning {...{ from, templates, texts }} />
          <button class="site-button site-primary" type="submit">
            {texts.next}
          </button>
        </form>
      </article>
    </WikiFrame>
  );
}

function Beginning({ from, templates, texts }: Pick<NewScreenProps, 'from' | 'templates' | 'texts'>) {
  const said = texts.writing;
  const isCopy = from !== null && !templates.includes(from);
  return (
    <div class="site-field">
      <label for="site-from">{said.beginWith}</label>
      <select id="site-from" name="from" aria-describedby="site-from-hint">
        <option value="">{said.emptyPage}</option>
        {isCopy && (
          <option value={from} selected>
            {said.copyOf(from)}
          </option>
        )}
        {templates.map((path) => (
          <option value={path} selected={path === from}>
            {path}
          </option>
        ))}
      </select>
      <p class="site-hint" id="site-from-hint">
        {said.templatesHint}
      </p>
    </div>
  );
}

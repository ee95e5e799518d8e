import { type Managed, ManageFrame, managePath } from '../layout/manage-frame.js';

/** The copies of a wiki that can be taken along, what each is good for, and how it is used. */
export function CopiesScreen(managed: Managed) {
  const { wiki, texts } = managed;
  const { lead, files, history, import: again } = texts.imports.copies;
  const base = managePath(wiki, 'copies');
  return (
    <ManageFrame {...managed} part="copies">
      <p>{lead}</p>
      <section class="imports-way">
        <h2>{files.title}</h2>
        <p>{files.text}</p>
        <form action={`${base}/files.zip`}>
          <div class="site-field">
            <label for="imports-revision">{files.revision}</label>
            <input
              {...{ id: 'imports-revision', name: 'revision', maxlength: 40, pattern: '[0-9A-Fa-f]{7,40}' }}
              {...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: false }}
              aria-describedby="imports-revision-hint"
            />
            <p class="site-hint" id="imports-revision-hint">
              {files.hint}
            </p>
          </div>
          <button class="site-button site-primary" type="submit">
            {files.send}
          </button>
        </form>
      </section>
      <section class="imports-way">
        <h2>{history.title}</h2>
        <p>{history.text}</p>
        <pre class="imports-command">
          <code>{`git clone ${wiki.slug}.bundle`}</code>
        </pre>
        <p>
          <a class="site-button site-primary" href={`${base}/history.bundle`}>
            {history.send}
          </a>
        </p>
      </section>
      <p>
        <a href="/import">{again}</a>
      </p>
    </ManageFrame>
  );
}

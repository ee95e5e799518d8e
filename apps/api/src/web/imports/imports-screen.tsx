import type { ImportRecord } from '@lib/wiki';
import { sizeOf } from '../files/file-parts.js';
import { Fault } from '../layout/fault.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { type Texts, timeOf } from '../texts/texts.js';
import { DemoOffer } from './demo-offer.js';
import { FormToken } from '../layout/form-token.js';

interface ImportsScreenProps extends Site {
  formToken: string;
  isDemoOffered: boolean;
  imports: readonly ImportRecord[];
  /** The most bytes of an upload. */
  limit: number;
  /** Why what was sent was not taken. */
  fault: string | null;
  /** The address that was typed. */
  url: string;
}

/** The command that makes a bundle of a repository. */
export const bundleCommand = 'git bundle create wiki.bundle --all';

/** Where a wiki can be brought from, and what was brought before. */
export function ImportsScreen({ fault, isDemoOffered, imports, ...shown }: ImportsScreenProps) {
  const { texts, formToken } = shown;
  return (
    <SiteFrame {...shown} title={texts.imports.title} isPrivate scripts={['imports.js']}>
      <h1>{texts.imports.title}</h1>
      <p class="imports-lead">{texts.imports.lead}</p>
      <Fault text={fault} />
      <DemoOffer isOffered={isDemoOffered} formToken={formToken} texts={texts} />
      <Archive {...shown} />
      <Folder {...shown} />
      <Remote {...shown} />
      <Own imports={imports} texts={texts} />
    </SiteFrame>
  );
}

type Way = Pick<ImportsScreenProps, 'texts' | 'formToken' | 'limit'>;

const sendingOf = ({ texts, limit }: Way) => ({
  'data-import': JSON.stringify(texts.imports.sending),
  'data-limit': limit,
});

function Archive(way: Way) {
  const { texts, formToken, limit } = way;
  const { title, choose, hint, bundle, send } = texts.imports.archive;
  return (
    <section class="imports-way" id="archive">
      <h2>{title}</h2>
      <form method="post" action="/import" enctype="multipart/form-data" {...sendingOf(way)}>
        <FormToken token={formToken} />
        <div class="site-field">
          <label for="imports-file">{choose}</label>
          <input
            id="imports-file"
            type="file"
            name="file"
            required
            accept=".zip,.tar,.gz,.tgz,.bundle"
            aria-describedby="imports-file-hint"
          />
          <p class="site-hint" id="imports-file-hint">
            {hint(sizeOf(limit, texts))}
          </p>
        </div>
        <button class="site-button site-primary" type="submit">
          {send}
        </button>
      </form>
      <p class="site-hint">{bundle}</p>
      <pre class="imports-command">
        <code>{bundleCommand}</code>
      </pre>
    </section>
  );
}

/** Shown by the script, since without one a browser sends the files of a folder without their paths. */
function Folder(way: Way) {
  const { texts, formToken } = way;
  const { title, choose, hint, send } = texts.imports.folder;
  // preact does not know this attribute, which all browsers do.
  const folder: object = { webkitdirectory: true };
  return (
    <section class="imports-way" id="folder">
      <h2>{title}</h2>
      <p class="site-hint" id="imports-folder-hint">
        {hint}
      </p>
      <form
        method="post"
        action="/import"
        enctype="multipart/form-data"
        hidden
        {...sendingOf(way)}
        data-folder={texts.imports.emptyFolder}
      >
        <FormToken token={formToken} />
        <div class="site-field">
          <label for="imports-folder">{choose}</label>
          <input
            id="imports-folder"
            type="file"
            name="file"
            required
            multiple
            {...folder}
            aria-describedby="imports-folder-hint"
          />
        </div>
        <button class="site-button site-primary" type="submit">
          {send}
        </button>
      </form>
    </section>
  );
}

function Remote({ texts, formToken, url }: Way & { url: string }) {
  const { title, url: label, hint, token, tokenHint, send } = texts.imports.remote;
  return (
    <section class="imports-way" id="remote">
      <h2>{title}</h2>
      <form method="post" action="/import/remote" autocomplete="off">
        <FormToken token={formToken} />
        <div class="site-field">
          <label for="imports-url">{label}</label>
          <input
            {...{ id: 'imports-url', name: 'url', type: 'url', inputmode: 'url', required: true, value: url }}
            aria-describedby="imports-url-hint"
          />
          <p class="site-hint" id="imports-url-hint">
            {hint}
          </p>
        </div>
        <div class="site-field">
          <label for="imports-token">{token}</label>
          <input
            {...{ id: 'imports-token', name: 'token', type: 'password', autocomplete: 'off' }}
            aria-describedby="imports-token-hint"
          />
          <p class="site-hint" id="imports-token-hint">
            {tokenHint}
          </p>
        </div>
        <button class="site-button site-primary" type="submit">
          {send}
        </button>
      </form>
    </section>
  );
}

function Own({ imports, texts }: { imports: readonly ImportRecord[]; texts: Texts }) {
  if (imports.length === 0) return null;
  return (
    <section class="imports-own">
      <h2>{texts.imports.own}</h2>
      <ul class="site-list">
        {imports.map((one) => (
          <li>
            <a href={`/import/${one.id}`}>{sourceOf(one, texts)}</a>{' '}
            <span class="site-badge">{texts.imports.states[one.state]}</span>
            <p class="site-soft">
              <time datetime={one.createdAt.toISOString()}>{timeOf(one.createdAt, texts)}</time>
            </p>
          </li>
        ))}
      </ul>
      <p class="site-hint">{texts.imports.kept}</p>
    </section>
  );
}

/** What an import is called. */
export const sourceOf = ({ kind, source }: Pick<ImportRecord, 'kind' | 'source'>, texts: Texts): string =>
  kind === 'demo' ? texts.imports.demoSource : source;

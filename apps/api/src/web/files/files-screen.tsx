import { fileAddress, pageAddress } from '@lib/markdown';
import type { FileRow } from '@lib/wiki';
import { ChangedBy } from '../history/change-line.js';
import { Icon } from '../layout/icon.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import type { Texts } from '../texts/texts.js';
import { aboutFile, filesAddress } from './file-addresses.js';
import { sizeOf, Thumbnail, typeOf } from './file-parts.js';
import { UploadForm } from './upload-form.js';

/** What became of a file that was sent; a fault when it was not taken. */
export interface Uploaded {
  name: string;
  path: string | null;
  fault: string | null;
}

export interface FilesScreenProps extends Omit<Frame, 'title' | 'path'> {
  /** The page whose files are shown; null for those of the wiki. */
  page: string | null;
  /** False where only the folder of that name is left. */
  isPage: boolean;
  files: readonly FileRow[];
  total: number;
  next: string | null;
  query: { q: string; state: 'all' | 'loose' | 'deleted' };
  uploaded: readonly Uploaded[];
  /** Null for whoever may not put files here. */
  formToken: string | null;
}

/** The files of a page or of a wiki. */
export function FilesScreen(props: FilesScreenProps) {
  const { page, isPage, files, total, next, query, uploaded, formToken, ...frame } = props;
  const { base, texts, wiki } = frame;
  const title = page === null ? texts.attachments.title : texts.attachments.of(page);
  return (
    <WikiFrame {...frame} path={page} title={`${title} · ${wiki.name}`} canonical={null} scripts={['files.js']}>
      {page !== null && <Crumbs path={isPage ? `${page}/` : page} base={base} texts={texts} />}
      <article class="site-page">
        <h1 dir="auto">{title}</h1>
        <Faults uploaded={uploaded} texts={texts} />
        {formToken !== null && <UploadForm {...{ page, formToken, base, texts, fileBytes: wiki.limits.fileBytes }} />}
        {page === null && <Narrowing query={query} base={base} texts={texts} />}
        <p class="site-soft">{texts.attachments.count(total)}</p>
        {files.length === 0 ? (
          <p class="files-none">{query.q === '' ? texts.attachments.none : texts.attachments.noneFound}</p>
        ) : (
          <ul class="files-list">
            {files.map((file) => (
              <File {...{ file, base, texts, isDeleted: query.state === 'deleted', isOfPage: page !== null }} />
            ))}
          </ul>
        )}
        <More {...{ page, query, next, base, texts }} />
      </article>
    </WikiFrame>
  );
}

function Faults({ uploaded, texts }: { uploaded: readonly Uploaded[]; texts: Texts }) {
  const refused = uploaded.filter(({ fault }) => fault !== null);
  if (refused.length === 0) return null;
  const taken = uploaded.flatMap(({ path }) => path ?? []);
  return (
    <div class="site-notice" role="alert">
      <ul class="files-faults">
        {refused.map(({ fault }) => (
          <li>{fault}</li>
        ))}
      </ul>
      {taken.length > 0 && <p>{texts.attachments.taken(taken.join(', '))}</p>}
    </div>
  );
}

/** Which of the files of a wiki are shown. */
function Narrowing({ query, base, texts }: Pick<FilesScreenProps, 'query' | 'base' | 'texts'>) {
  const { q, state } = query;
  const address = filesAddress(base, null);
  const rest = q === '' ? '' : `&q=${encodeURIComponent(q)}`;
  const views = [
    ['all', texts.attachments.all],
    ['loose', texts.attachments.loose],
    ['deleted', texts.attachments.deleted],
  ] as const;
  return (
    <>
      <nav class="files-views" aria-label={texts.attachments.title}>
        {views.map(([view, name]) => (
          <a
            class="site-button"
            href={`${address}?show=${view}${rest}`}
            aria-current={view === state ? 'true' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <form class="files-find" action={address} role="search" aria-label={texts.attachments.find}>
        <input type="hidden" name="show" value={state} />
        <label class="site-hidden" for="files-q">
          {texts.attachments.find}
        </label>
        <input id="files-q" name="q" type="search" value={q} placeholder={texts.attachments.find} />
        <button class="site-button" type="submit">
          {texts.search}
        </button>
      </form>
    </>
  );
}

interface FileProps {
  file: FileRow;
  isDeleted: boolean;
  /** The list is of one page, so its name need not be said. */
  isOfPage: boolean;
  base: string;
  texts: Texts;
}

function File({ file, isDeleted, isOfPage, base, texts }: FileProps) {
  const { path, page, usedBy, change } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    <li>
      <div class="files-thumb">
        {isDeleted ? (
          <span class="files-sign">
            <Icon name="page" />
          </span>
        ) : (
          <Thumbnail file={file} base={base} size={80} />
        )}
      </div>
      <div class="files-what">
        <a class="files-name" dir="auto" href={aboutFile(base, 'attachment', path)}>
          {isOfPage ? name : path}
        </a>
        <p class="site-soft">
          {typeOf(file)} · {sizeOf(file.size, texts)}
          {!isOfPage && page === null && !isDeleted && <> · {texts.attachments.withoutPage}</>}
        </p>
        <p class="site-soft">
          {isDeleted && `${texts.attachments.deletedBy} `}
          <ChangedBy change={change} base={base} texts={texts} />
        </p>
        {usedBy.length > 0 && <UsedBy paths={usedBy} base={base} texts={texts} />}
      </div>
      {!isDeleted && (
        <a class="site-button files-open" href={fileAddress(base, path)}>
          {texts.attachments.open}
          <span class="site-hidden"> {name}</span>
        </a>
      )}
    </li>
  );
}

const mostUsers = 5;

function UsedBy({ paths, base, texts }: { paths: readonly string[]; base: string; texts: Texts }) {
  const rest = paths.length - mostUsers;
  return (
    <p class="site-soft">
      {texts.attachments.usedBy}{' '}
      {paths.slice(0, mostUsers).map((path, at) => (
        <>
          {at > 0 && ', '}
          <a href={pageAddress(base, path)}>{path}</a>
        </>
      ))}
      {rest > 0 && ` ${texts.attachments.andMore(rest)}`}
    </p>
  );
}

function More({
  page,
  query,
  next,
  base,
  texts,
}: Pick<FilesScreenProps, 'page' | 'query' | 'next' | 'base' | 'texts'>) {
  if (next === null) return null;
  const { q, state } = query;
  const asked = new URLSearchParams({ ...(q !== '' && { q }), ...(state !== 'all' && { show: state }), cursor: next });
  return (
    <p>
      <a class="site-button" rel="next" href={`${filesAddress(base, page)}?${asked}`}>
        {texts.next}
      </a>
    </p>
  );
}

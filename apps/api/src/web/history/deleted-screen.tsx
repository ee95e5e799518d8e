import { pageAddress } from '@lib/markdown';
import type { DeletedPage } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { ChangedBy, subjectOf } from './change-line.js';
import { Next } from './history-screen.js';
import { FormToken } from '../layout/form-token.js';

interface DeletedScreenProps extends Omit<Frame, 'title' | 'path'> {
  pages: readonly DeletedPage[];
  next: string | null;
}

/** The pages that were deleted, with the way to bring each back. */
export function DeletedScreen({ pages, next, ...frame }: DeletedScreenProps) {
  const { base, texts, wiki } = frame;
  const said = texts.changesShown;
  return (
    <WikiFrame {...frame} title={`${said.deleted} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{said.deleted}</h1>
        {pages.length === 0 && <p>{said.noneDeleted}</p>}
        <ul class="site-list">
          {pages.map((page) => (
            <li>
              <Deleted page={page} frame={frame} />
            </li>
          ))}
        </ul>
        <Next address={`${base}/-/deleted`} cursor={next} label={texts.older} />
      </article>
    </WikiFrame>
  );
}

function Deleted({ page, frame }: { page: DeletedPage; frame: Omit<Frame, 'title' | 'path'> }) {
  const { path, last, deleted } = page;
  const { base, texts, mayWrite, ownFormToken } = frame;
  const said = texts.changesShown;
  return (
    <>
      <p>
        <strong>{path}</strong>{' '}
        <span class="site-soft">
          {subjectOf(deleted)} · <a href={pageAddress(`${base}/-/history`, path)}>{texts.history}</a>
          {last !== null && (
            <>
              {' · '}
              <a href={`${pageAddress(base, path)}?revision=${last}`}>{said.last}</a>
            </>
          )}
        </span>
      </p>
      <p>
        <span class="site-soft">{said.deletedBy} </span>
        <ChangedBy change={deleted} base={base} texts={texts} />
      </p>
      {mayWrite && ownFormToken !== null && last !== null && (
        <form method="post" action={pageAddress(`${base}/-/restore`, path)}>
          <FormToken token={ownFormToken} />
          <input type="hidden" name="revision" value={last} />
          <button class="site-button" type="submit" aria-label={`${texts.undoing.restoreShort}: ${path}`}>
            {texts.undoing.restoreShort}
          </button>
        </form>
      )}
    </>
  );
}

import { pageAddress } from '@lib/markdown';
import type { ChangeInfo } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { Crumbs } from '../reading/page-screen.js';
import { ChangedBy, subjectOf } from './change-line.js';
import { FormToken } from '../layout/form-token.js';

interface HistoryScreenProps extends Omit<Frame, 'title' | 'path'> {
  path: string;
  changes: readonly (ChangeInfo & { path: string })[];
  next: string | null;
  /** Whether the list begins with the newest change, which is what the page is already. */
  isNewest: boolean;
}

/** What happened to a page, newest first; any two of its revisions can be compared. */
export function HistoryScreen({ path, changes, next, isNewest, ...frame }: HistoryScreenProps) {
  const { base, texts, wiki } = frame;
  const title = texts.historyOf(path);
  const restorable = frame.mayWrite ? frame.ownFormToken : null;
  return (
    <WikiFrame {...{ ...frame, path }} title={`${title} · ${wiki.name}`} canonical={null}>
      <Crumbs path={`${path}/`} base={base} texts={texts} />
      <article class="site-page">
        <h1>{title}</h1>
        <form action={pageAddress(`${base}/-/diff`, path)}>
          <table class="site-table">
            <caption class="site-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.from}</th>
                <th scope="col">{texts.to}</th>
                <th scope="col">{texts.change}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change, at) => (
                <tr>
                  <td>
                    <input
                      type="radio"
                      name="from"
                      value={change.revision}
                      checked={at === 1}
                      aria-label={`${texts.from}: ${subjectOf(change)}`}
                    />
                  </td>
                  <td>
                    <input
                      type="radio"
                      name="to"
                      value={change.revision}
                      checked={at === 0}
                      aria-label={`${texts.to}: ${subjectOf(change)}`}
                    />
                  </td>
                  <td>
                    <a href={`${pageAddress(base, path)}?revision=${change.revision}`}>{subjectOf(change)}</a>
                    <br />
                    <ChangedBy change={change} base={base} texts={texts} />
                    {restorable !== null && !(isNewest && at === 0) && (
                      <button
                        class="site-restore"
                        form="site-restore"
                        name="revision"
                        value={change.revision}
                        type="submit"
                        title={texts.undoing.restore(subjectOf(change))}
                        aria-label={`${texts.undoing.restoreShort}: ${subjectOf(change)}`}
                      >
                        {texts.undoing.restoreShort}
                      </button>
                    )}
                    {change.path !== path && <span class="site-soft"> {texts.thenCalled(change.path)}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {changes.length > 1 && (
            <button class="site-button site-primary" type="submit">
              {texts.compare}
            </button>
          )}
        </form>
        {restorable !== null && (
          <form id="site-restore" method="post" action={pageAddress(`${base}/-/restore`, path)}>
            <FormToken token={restorable} />
          </form>
        )}
        <Next address={`${pageAddress(`${base}/-/history`, path)}`} cursor={next} label={texts.older} />
      </article>
    </WikiFrame>
  );
}

/** The way to the next part of a list. */
export function Next({ address, cursor, label }: { address: string; cursor: string | null; label: string }) {
  if (cursor === null) return null;
  return (
    <p>
      <a
        class="site-button"
        rel="next"
        href={`${address}${address.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}
      >
        {label}
      </a>
    </p>
  );
}

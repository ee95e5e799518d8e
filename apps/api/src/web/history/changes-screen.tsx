import { pageAddress } from '@lib/markdown';
import type { PageHistory } from '@lib/wiki';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { ChangedBy, subjectOf } from './change-line.js';
import { Next } from './history-screen.js';

type Entries = Awaited<ReturnType<PageHistory['changes']>>['entries'];

interface ChangesScreenProps extends Omit<Frame, 'title' | 'path'> {
  entries: Entries;
  next: string | null;
}

const mostNamed = 12;

/** What changed in the wiki, newest first. */
export function ChangesScreen({ entries, next, ...frame }: ChangesScreenProps) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...frame} title={`${texts.changes} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.changes}</h1>
        {entries.length === 0 && <p>{texts.emptyFolder}</p>}
        <ol class="site-list">
          {entries.map((entry) => (
            <li>
              <p>
                <a href={`${base}/-/commit/${entry.revision}`}>{subjectOf(entry)}</a>
              </p>
              <p>
                <ChangedBy change={entry} base={base} texts={texts} />
              </p>
              <Touched pages={entry.pages} base={base} />
            </li>
          ))}
        </ol>
        <Next address={`${base}/-/changes`} cursor={next} label={texts.older} />
      </article>
    </WikiFrame>
  );
}

function Touched({ pages, base }: { pages: readonly string[]; base: string }) {
  if (pages.length < 2) return null;
  return (
    <ul class="site-tags">
      {pages.slice(0, mostNamed).map((path) => (
        <li>
          <a href={pageAddress(base, path)}>{path}</a>
        </li>
      ))}
      {pages.length > mostNamed && <li>+ {pages.length - mostNamed}</li>}
    </ul>
  );
}

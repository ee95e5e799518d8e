import { pageAddress } from '@lib/markdown';
import type { PageHistory } from '@lib/wiki';
import { Fault } from '../layout/fault.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import { ChangedBy, subjectOf } from './change-line.js';
import { ChangesFilterForm, type ShownFilter } from './changes-filter.js';
import { Next } from './history-screen.js';

type Entries = Awaited<ReturnType<PageHistory['changes']>>['entries'];

interface ChangesScreenProps extends Omit<Frame, 'title' | 'path'> {
  entries: Entries;
  next: string | null;
  filter: ShownFilter;
  /** The agents that wrote lately. */
  agents: readonly string[];
  fault: string | null;
}

const mostNamed = 12;

/** What changed in the wiki, newest first. */
export function ChangesScreen({ entries, next, filter, agents, fault, ...frame }: ChangesScreenProps) {
  const { base, texts, wiki } = frame;
  const asked = new URLSearchParams(Object.entries(filter)).toString();
  return (
    <WikiFrame {...frame} title={`${texts.changes} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.changes}</h1>
        <ChangesFilterForm {...{ filter, agents, base, texts }} />
        <Fault text={fault} />
        {entries.length === 0 && fault === null && <p>{asked === '' ? texts.emptyFolder : texts.changesShown.none}</p>}
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
        <Next address={`${base}/-/changes${asked === '' ? '' : `?${asked}`}`} cursor={next} label={texts.older} />
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

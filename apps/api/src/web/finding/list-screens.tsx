import { pageAddress } from '@lib/markdown';
import type { PageRow } from '@lib/wiki';
import type { VNode } from 'preact';
import { Next } from '../history/history-screen.js';
import { type Frame, WikiFrame } from '../layout/wiki-frame.js';

interface PagesScreenProps extends Omit<Frame, 'title' | 'path'> {
  heading: string;
  pages: readonly PageRow[];
  total: number;
  /** Where the list goes on. */
  next: string | null;
  address: string;
}

/** Some of the pages of a wiki, by their first letters. */
export function PagesScreen({ heading, pages, total, next, address, ...frame }: PagesScreenProps) {
  const { base, texts, wiki } = frame;
  const groups = Map.groupBy(pages, ({ path }) => [...path][0]?.toLocaleUpperCase(texts.language) ?? '');
  return (
    <WikiFrame {...frame} title={`${heading} · ${wiki.name}`}>
      <article class="site-page">
        <h1>{heading}</h1>
        <p class="site-soft">{texts.found(total)}</p>
        {Array.from(groups, ([letter, some]) => (
          <section class="site-group">
            <h2>{letter}</h2>
            <ul>
              {some.map(({ path, name }) => (
                <li>
                  <a href={pageAddress(base, path)}>{path}</a>
                  {!path.endsWith(name) && <span class="site-soft"> {name}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
        <Next address={address} cursor={next} label={texts.next} />
      </article>
    </WikiFrame>
  );
}

interface LabelsScreenProps extends Omit<Frame, 'title' | 'path'> {
  tags: readonly { name: string; pages: number }[];
  categories: readonly { name: string; pages: number }[];
}

/** The tags and categories of a wiki, with the number of their pages. */
export function LabelsScreen({ tags, categories, ...frame }: LabelsScreenProps) {
  const { base, texts, wiki } = frame;
  const lists = [
    ['tag', texts.tags, tags],
    ['category', texts.categories, categories],
  ] as const;
  return (
    <WikiFrame {...frame} title={`${texts.tags} · ${wiki.name}`}>
      <article class="site-page">
        <h1>
          {texts.tags} · {texts.categories}
        </h1>
        {lists.map(([kind, heading, labels]) => (
          <section class="site-group">
            <h2>{heading}</h2>
            {labels.length === 0 && <p>{texts.emptyFolder}</p>}
            <ul class="site-tags">
              {labels.map(({ name, pages }) => (
                <li>
                  <a href={`${base}/-/${kind}/${encodeURIComponent(name)}`}>{name}</a>{' '}
                  <span class="site-soft">{pages}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </article>
    </WikiFrame>
  );
}

interface GardenScreenProps extends Omit<Frame, 'title' | 'path'> {
  orphans: readonly string[];
  brokenLinks: readonly { from: string; target: string; line: number }[];
  ambiguousLinks: readonly { from: string; target: string; line: number; candidates: readonly string[] }[];
  stale: readonly { path: string }[];
}

/** What needs care: pages nobody links to, links that lead nowhere or to several pages, and pages long untouched. */
export function GardenScreen({ orphans, brokenLinks, ambiguousLinks, stale, ...frame }: GardenScreenProps) {
  const { base, texts, wiki } = frame;
  const link = (path: string) => <a href={pageAddress(base, path)}>{path}</a>;
  return (
    <WikiFrame {...frame} title={`${texts.garden} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.garden}</h1>
        <Findings
          heading={texts.brokenLinks}
          none={texts.noneOfThem}
          items={brokenLinks.map(({ from, target }) => (
            <>
              {link(from)} → <code>{target}</code>
            </>
          ))}
        />
        <Findings
          heading={texts.ambiguousLinks}
          none={texts.noneOfThem}
          items={ambiguousLinks.map(({ from, target, candidates }) => (
            <>
              {link(from)} → <code>{target}</code> ({candidates.join(', ')})
            </>
          ))}
        />
        <Findings heading={texts.orphans} none={texts.noneOfThem} items={orphans.map(link)} />
        <Findings heading={texts.stale} none={texts.noneOfThem} items={stale.map(({ path }) => link(path))} />
      </article>
    </WikiFrame>
  );
}

function Findings({ heading, none, items }: { heading: string; none: string; items: readonly VNode[] }) {
  return (
    <section class="site-group">
      <h2>
        {heading} <span class="site-badge">{items.length}</span>
      </h2>
      {items.length === 0 ? (
        <p class="site-soft">{none}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

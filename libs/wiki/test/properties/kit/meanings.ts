import { pageLookup, resolveLink } from '../../../src/link-resolution.js';
import { type Link, type LinkOrder, linksOf } from '@lib/markdown';
import type { PageTexts } from './linked-wiki.js';

/** What a link leads to: a page, or no single one. */
export interface Meaning {
  link: Link;
  page: string | null;
}

/** What the links of every page lead to. */
export function meaningsIn(pages: PageTexts, order: LinkOrder): Map<string, Meaning[]> {
  const lookup = pageLookup([...pages.keys()].map((path) => ({ path })));
  const read = ([path, text]: [string, string]): [string, Meaning[]] => [
    path,
    linksOf(text, order).map((link) => {
      const meant = resolveLink(link.target, path, lookup);
      return { link, page: 'page' in meant ? meant.page : null };
    }),
  ];
  return new Map([...pages].map(read));
}

/** The text around its links, and what a link says besides where it leads. */
export function besidesTargets(text: string, order: LinkOrder): unknown[] {
  let at = 0;
  const links = linksOf(text, order).toSorted((a, b) => a.targetStart - b.targetStart);
  const parts = links.map(({ targetStart, targetEnd, kind }) => {
    const before = text.slice(at, targetStart);
    at = targetEnd;
    return { kind, before };
  });
  return [...parts, text.slice(at)];
}

import { type Heading, headingsOf, readHeading } from '@lib/markdown';
import { lineBreakOf, withLineBreaks } from './line-breaks.js';
import { WikiError } from './wiki-errors.js';

/** A heading with all that stands under it. */
export interface Section {
  title: string;
  level: number;
  /** The canonical path: `Alpha > Background`. */
  path: string;
  start: number;
  end: number;
  line: number;
  text: string;
}

const mostListed = 500;

/** Finds a section by its path, the end of its path, its title, or its anchor written `#anchor`; case does not count. */
export function findSection(text: string, query: string): Section {
  const headings = headingsOf(text);
  const index = indexOf(headings, query);
  const heading = headings[index];
  const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
  const { level, path, line, start } = heading;
  const end = next?.start ?? text.length;
  return { title: heading.text, level, path, line, start, end, text: text.slice(start, end) };
}

function indexOf(headings: readonly Heading[], query: string): number {
  const wanted = query.trim().toLowerCase();
  const paths = headings.map(({ path }) => path.toLowerCase());
  const tests: ((index: number) => boolean)[] = [
    (index) => paths[index] === wanted,
    (index) => paths[index]?.endsWith(` > ${wanted}`) ?? false,
    (index) => headings[index]?.text.toLowerCase() === wanted,
    (index) => `#${headings[index]?.slug}` === wanted,
  ];
  for (const test of tests) {
    const found = paths.flatMap((_, index) => (test(index) ? [index] : []));
    if (found.length === 1) return found[0];
    if (found.length > 1)
      throw notFound(
        query,
        found.map((index) => headings[index]),
      );
  }
  throw notFound(query, headings);
}

function notFound(query: string, candidates: readonly Heading[]): WikiError {
  const start = `Section not found: '${query}'.`;
  const sections = candidates.slice(0, mostListed).map(({ path }) => path);
  if (sections.length === 0)
    return new WikiError('section-not-found', `${start} This page has no sections.`, { sections });
  const list = candidates.slice(0, mostListed).map((heading) => `  - ${nameOf(heading, candidates)}`);
  return new WikiError('section-not-found', [`${start} Available sections:`, ...list].join('\n'), { sections });
}

/** The path of a section; where others have the same, the anchor it can be found by. */
function nameOf({ path, slug }: Heading, candidates: readonly Heading[]): string {
  const same = candidates.filter((other) => other.path === path);
  return same.length === 1 ? path : `${path} (#${slug})`;
}

/** Replaces what stands under a heading; the heading stays unless the new text begins with one of its own. */
export function replaceSection(text: string, query: string, newText: string): string {
  const { start, end, text: old } = findSection(text, query);
  const { heading, gap, tail } = anatomy(old, lineBreakOf(text));
  const fresh = withLineBreaks(newText, text).replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '');
  const body = withoutBlankEnd(fresh);
  const head = readHeading(body.split(/[\r\n]/, 1)[0] ?? '') === null ? heading + (body === '' ? '' : gap) : '';
  // At the end of a page without a last line break, the new text says how it ends.
  const close = tail === '' ? fresh.slice(body.length) : tail;
  return text.slice(0, start) + head + body + close + text.slice(end);
}

/** The heading line of a section, the blank lines below it, and those at its end. */
function anatomy(section: string, lineBreak: string): { heading: string; gap: string; tail: string } {
  const heading = section.split(/[\r\n]/, 1)[0] ?? '';
  const rest = section.slice(heading.length);
  if (rest.trim() === '') return { heading, gap: lineBreak.repeat(2), tail: rest };
  const gap = /^\s*[\r\n]/.exec(rest)?.[0] ?? '';
  return { heading, gap, tail: rest.slice(withoutBlankEnd(rest).length) };
}

/** Drops the blank lines at the end; blanks behind the last words stay with them, for two of them break a line. */
function withoutBlankEnd(text: string): string {
  const words = text.trimEnd().length;
  const lineEnd = text.slice(words).search(/[\r\n]/);
  if (words === 0) return '';
  return lineEnd === -1 ? text : text.slice(0, words + lineEnd);
}

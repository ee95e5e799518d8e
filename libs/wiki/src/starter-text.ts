import { stringify } from 'yaml';
import type { LinkOrder } from '@lib/markdown';

// Controls would break the line or turn the rest of it around.
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu;

/** A text that anyone may have chosen, on one line; empty when nothing is left of it. */
export function oneLine(text: string | null | undefined): string {
  return (text ?? '').replace(unwanted, ' ').replace(/\s+/gu, ' ').trim();
}

const syntax = /[\\`*[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~~|==|\{\{|\$|&(?=#?\w+;)|#+$/gu;

/** A text as markdown shows it, within a line: what would be read as markup is escaped. */
export function plainMarkdown(text: string | null | undefined): string {
  return oneLine(text).replace(syntax, (found) => found.replace(/[^]/g, '\\$&'));
}

/** A text as a code span, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** Frontmatter with its two lines, in the order of the keys; a list is written within its line, null is left out. */
export function frontmatterLines(keys: Record<string, string | string[] | null>): string[] {
  const written = Object.entries(keys).filter(([, value]) => value !== null);
  return ['---', ...written.map(([key, value]) => `${key}: ${yaml(value)}`), '---'];
}

function yaml(value: string | string[] | null): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}

/** A piped wikilink in the order this wiki writes it. */
export function pipedLink(page: string, label: string, order: LinkOrder): string {
  return order === 'label-first' ? `[[${label}|${page}]]` : `[[${page}|${label}]]`;
}

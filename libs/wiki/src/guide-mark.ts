import { createHash } from 'node:crypto';
import { frontmatterBlock } from '@lib/markdown';

const unknown = 'sha256-0000000000000000';
const line = /^generated_as: (sha256-[0-9a-f]{16})(?=\r?$)/m;

/** The frontmatter of a generated guide; `marked` fills in the digest. */
export const markKeys = { generated_by: 'wikibot', generated_as: unknown };

/** The digest a guide says it was generated with; null when it carries none. Changes by people leave it in place. */
export function markOf(guide: string): string | null {
  const block = frontmatterBlock(guide);
  return block === null ? null : (line.exec(guide.slice(block.start, block.end))?.[1] ?? null);
}

/** The guide with its own digest. */
export function marked(guide: string): string {
  return withMark(guide, digest(guide));
}

/** The guide with another digest; unchanged when it carries none. */
export function withMark(guide: string, mark: string): string {
  return markOf(guide) === null ? guide : guide.replace(line, `generated_as: ${mark}`);
}

/** The guide without what tells its versions apart although nothing else does: digest and Windows line breaks. */
export function unmarked(guide: string): string {
  return withMark(guide.replaceAll('\r\n', '\n'), unknown);
}

/** Whether a guide is, but for its line breaks, as it was generated. */
export function isAsMarked(guide: string): boolean {
  const mark = markOf(guide);
  return mark !== null && mark === digest(guide);
}

function digest(guide: string): string {
  return `sha256-${createHash('sha256').update(unmarked(guide)).digest('hex').slice(0, 16)}`;
}

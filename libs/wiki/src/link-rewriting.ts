import { encodeTarget, type Link, type LinkOrder, linksOf } from '@lib/markdown';

/** One replacement in a text. */
interface Patch {
  start: number;
  end: number;
  text: string;
}

/**
 * Gives links another target and leaves every other byte: labels, anchors, embed marks, code. `rename` answers with
 * the new target, or null for a link that stays; a plain page path is taken from the root (`retarget` makes one that
 * stays relative).
 */
export function rewriteLinks(text: string, order: LinkOrder, rename: (link: Link) => string | null): string {
  const patches: Patch[] = [];
  for (const link of linksOf(text, order)) {
    const target = rename(link);
    if (target === null || target === link.target) continue;
    patches.push(link.kind === 'markdown' ? markdownPatch(text, link, target) : wikiPatch(link, target));
  }
  return patched(
    text,
    patches.sort((a, b) => a.start - b.start),
  );
}

function patched(text: string, patches: readonly Patch[]): string {
  let result = '';
  let at = 0;
  for (const patch of patches) {
    result += text.slice(at, patch.start) + patch.text;
    at = patch.end;
  }
  return result + text.slice(at);
}

function markdownPatch(text: string, link: Link, target: string): Patch {
  const { targetStart: start, targetEnd: end } = link;
  const rooted = /^(?:\/|\.\.?\/)/.test(target) ? target : `/${target}`;
  const hadEnding = /\.md$/i.test(link.target);
  const written = hadEnding && !/\.md$/i.test(rooted) ? `${rooted}.md` : rooted;
  // A relative path is written without `./` where it was, unless it would then look like an address.
  const wasBare = !/^\.?\.?\//.test(text.slice(start, end));
  const short = wasBare && written.startsWith('./') && !/^\.\/[^/]*:/.test(written) ? written.slice(2) : written;
  return { start, end, text: encodeTarget(short, text[start - 1] === '<') };
}

function wikiPatch(link: Link, target: string): Patch {
  const page = target.startsWith('/') ? target.slice(1) : target;
  // `[[C##part]]` would be read as another page: what ends in # has no anchor of its own between brackets.
  const blursAnchor = page.endsWith('#') && link.anchor !== null;
  if (canBeWikiTarget(page) && !blursAnchor) return { start: link.targetStart, end: link.targetEnd, text: page };
  const label = link.label === null ? page.replace(/[\\[\]`<]/g, '\\$&') : link.label.replace(bracket, asText);
  const anchor = link.anchor === null ? '' : `#${encodeTarget(link.anchor, false)}`;
  const mark = link.kind === 'embed' ? '!' : '';
  const written = `${mark}[${label}](/${encodeTarget(page, false)}${anchor})`;
  return { start: link.start, end: link.end, text: written };
}

const bracket = /\\[^]|[[\]]/g;
const asText = (found: string): string => (found.length > 1 ? found : `\\${found}`);

/** Whether a path can stand between double brackets without being read as something else. */
function canBeWikiTarget(page: string): boolean {
  return !/[[\]|`\\<\n\r]|#(?!$)|(?:^|\/)#$|^\s|\s$/.test(page);
}

/** The target that makes `link` lead to `page` from page `from`, in the way it was written: relative stays relative. */
export function retarget(link: Link, page: string, from: string): string {
  if (link.kind !== 'markdown') return page;
  const file = /\.md$/i.test(link.target) && !page.endsWith('.md') ? `${page}.md` : page;
  if (link.target.startsWith('/')) return `/${file}`;
  const here = from.split('/').slice(0, -1);
  const there = file.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  const up = '../'.repeat(here.length - same);
  return `${up === '' ? './' : up}${there.slice(same).join('/')}`;
}

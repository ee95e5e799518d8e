import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import { headingSlug } from '../../heading-slugs.js';
import { markdownTarget } from '../../link-targets.js';
import { fileAddress, pageAddress } from '../../page-address.js';
import type { Place } from '../../page-text.js';
import { contextOf, type RuleContext } from './rule-context.js';

const outside = /^(?:https?:|mailto:|tel:)/i;
const pictureData = /^data:image\/(?:png|gif|jpeg|webp);base64,/i;

/** Makes the destinations of markdown links and pictures addresses of this wiki, and marks those that lead out of it. */
export function destinations(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'destinations', (state) => {
    const context = contextOf(state.env);
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        if (token.type === 'link_open') lead(token, context);
        else if (token.type === 'image') show(token, context);
      }
    }
  });
}

function lead(token: Token, context: RuleContext): void {
  // Wikilinks have led somewhere since they were read.
  if (token.meta !== null && (token.meta as { isWiki?: true }).isWiki === true) return;
  const written = context.links.restored(String(token.attrGet('href') ?? ''));
  for (const [name, value] of Object.entries(attributesOf(written, context))) token.attrSet(name, value);
}

function attributesOf(written: string, { page, showing }: RuleContext): Record<string, string> {
  if (written.startsWith('#')) return { href: `#${encodeURIComponent(headingSlug(decoded(written.slice(1))))}` };
  const read = markdownTarget(written);
  if (read === null) {
    return outside.test(written) ? { href: written, class: 'wb-outside', rel: 'nofollow ugc noopener' } : { href: '' };
  }
  return placeAttributes(page.places.get(read.target) ?? null, read.anchor, showing.base);
}

/** The attributes of a link to a place. */
export function placeAttributes(place: Place | null, anchor: string | null, base: string): Record<string, string> {
  switch (place?.kind) {
    case 'page':
      return { href: pageAddress(base, place.path, anchor === null ? null : anchorId(anchor)), class: 'wb-page' };
    case 'file':
      return { href: fileAddress(base, place.path), class: 'wb-file' };
    case 'missing':
      return { href: pageAddress(base, place.path), class: 'wb-missing', rel: 'nofollow' };
    default:
      return { class: 'wb-nowhere' };
  }
}

/** The `id` an anchor means: a block's as it stands, else that of the last heading in it. */
export function anchorId(anchor: string): string {
  return anchor.startsWith('^') ? anchor : headingSlug(anchor.split('#').at(-1) ?? anchor);
}

/** A picture of the wiki is shown; one from elsewhere is a link, since to fetch it would tell others who reads the page. */
function show(token: Token, context: RuleContext): void {
  const written = context.links.restored(String(token.attrGet('src') ?? ''));
  const size = token.meta as { width?: string; height?: string } | null;
  const { alt, width, height } = { ...pictureLabel(context.links.restored(token.content)), ...size };
  const read = markdownTarget(written);
  const place = read === null ? null : (context.page.places.get(read.target) ?? null);
  const isData = pictureData.test(written);
  if (isData || place?.kind === 'file') {
    token.attrSet('src', place?.kind === 'file' ? fileAddress(context.showing.base, place.path) : written);
    token.attrSet('loading', 'lazy');
    if (width !== null) token.attrSet('width', width);
    if (height !== null) token.attrSet('height', height);
    token.meta = { alt };
    return;
  }
  token.type = 'picture_link';
  const attributes =
    read === null ? attributesOf(written, context) : placeAttributes(place, null, context.showing.base);
  token.attrs = Object.entries({ ...attributes, class: `${attributes['class'] ?? ''} wb-picture`.trim() });
  token.meta = { alt: alt === '' ? written : alt };
}

/** What is said of a picture, and how large it should be: `label|300` or `label|300x200`. */
export function pictureLabel(label: string): { alt: string; width: string | null; height: string | null } {
  const size = /(?:^|\|)\s*(\d{1,4})(?:\s*x\s*(\d{1,4}))?\s*$/.exec(label);
  if (size === null) return { alt: label, width: null, height: null };
  return { alt: label.slice(0, size.index), width: size[1] ?? null, height: size[2] ?? null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { MarkdownIt } from 'markdown-it';
import type { StateInline, Token } from 'markdown-it';
import type { Link } from '../../link.js';
import { fileAddress, pageAddress } from '../../page-address.js';
import { embedKey, type Place } from '../../page-text.js';
import { anchorId, pictureLabel, placeAttributes } from './destinations.js';
import { contextOf, type RuleContext } from './rule-context.js';

const kinds = [
  ['img', /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i],
  ['video', /\.(?:mp4|webm|ogv|mov|m4v)$/i],
  ['audio', /\.(?:mp3|m4a|oga|ogg|opus|wav|flac)$/i],
] as const;

/** Wikilinks and embeds, which were read before. */
export function wikilinks(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'wikilink', (state, silent) => {
    const found = contextOf(state.env).links.at(state.src, state.pos);
    if (found === null) return false;
    if (!silent) (found.link.kind === 'embed' ? addEmbed : addLink)(state, found.link);
    state.pos += found.length;
    return true;
  });
  // `[[#Heading]]` leads to no other page, so the parser of links leaves it alone.
  md.inline.ruler.before('link', 'own-heading', (state, silent) => {
    const found = /\[\[#([^[\]|\n]+)(?:\|([^[\]\n]+))?\]\]/y;
    found.lastIndex = state.pos;
    const read = found.exec(state.src);
    if (read === null) return false;
    const [whole, anchor = '', label = anchor] = read;
    if (!silent) linkTokens(state, { href: `#${encodeURIComponent(anchorId(anchor))}` }, label);
    state.pos += whole.length;
    return true;
  });
  md.core.ruler.after('inline', 'embedded-pages', (state) => standAlone(state.tokens));
  md.renderer.rules['wiki_embed'] = (tokens, at, _options, env) =>
    embedded(tokens[at], contextOf(env), md.utils.escapeHtml);
}

const labelOf = ({ target, anchor, label }: Link): string =>
  label ?? (anchor === null ? target : `${target} › ${anchor.replace(/^\^/, '')}`);

function addLink(state: StateInline, link: Link): void {
  const { page, showing } = contextOf(state.env);
  const place = page.places.get(link.target) ?? null;
  if (place?.kind === 'ambiguous') return addAmbiguous(state, labelOf(link), place.paths);
  linkTokens(state, placeAttributes(place, link.anchor, showing.base), labelOf(link));
}

function linkTokens(state: StateInline, attributes: Record<string, string>, label: string): void {
  // A link within the label of another is no link.
  if (state.linkLevel > 0) return addText(state, label);
  const open = state.push('link_open', 'a', 1);
  open.attrs = Object.entries(attributes);
  open.meta = { isWiki: true };
  addText(state, label);
  state.push('link_close', 'a', -1);
}

function addText(state: StateInline, text: string): void {
  state.push('text', '', 0).content = text;
}

/** What may mean several pages leads to each of them, and to none by itself. */
function addAmbiguous(state: StateInline, label: string, paths: readonly string[]): void {
  const { showing } = contextOf(state.env);
  state.push('ambiguous_open', 'span', 1).attrSet('class', 'wb-ambiguous');
  addText(state, `${label} (`);
  for (const [at, path] of paths.entries()) {
    if (at > 0) addText(state, ', ');
    linkTokens(state, { href: pageAddress(showing.base, path), class: 'wb-page' }, path);
  }
  addText(state, ')');
  state.push('ambiguous_close', 'span', -1);
}

function addEmbed(state: StateInline, link: Link): void {
  const { page } = contextOf(state.env);
  const token = state.push('wiki_embed', '', 0);
  token.meta = { link, place: page.places.get(link.target) ?? null, isAlone: false };
  token.content = labelOf(link);
}

/** An embed that is all there is in a paragraph takes the place of the paragraph: a page does not fit into one. */
function standAlone(tokens: Token[]): void {
  for (const [at, inline] of tokens.entries()) {
    const [only] = inline.children ?? [];
    if (inline.type !== 'inline' || inline.children?.length !== 1 || only?.type !== 'wiki_embed') continue;
    const [open, close] = [tokens[at - 1], tokens[at + 1]];
    if (open?.type !== 'paragraph_open' || close?.type !== 'paragraph_close') continue;
    (only.meta as unknown as EmbedMeta).isAlone = true;
    if ((only.meta as unknown as EmbedMeta).place?.kind === 'page') open.hidden = close.hidden = true;
  }
}

interface EmbedMeta {
  link: Link;
  place: Place | null;
  isAlone: boolean;
}

function embedded(token: Token, context: RuleContext, escape: (text: string) => string): string {
  const { link, place, isAlone } = token.meta as unknown as EmbedMeta;
  const { base } = context.showing;
  if (place?.kind === 'file') return fileShown(fileAddress(base, place.path), link, escape);
  const text = escape(token.content);
  const attributes = Object.entries(placeAttributes(place, link.anchor, base));
  const anchor = `<a ${attributes.map(([name, value]) => `${name}="${escape(value)}"`).join(' ')}>${text}</a>`;
  const inner = place?.kind === 'page' && isAlone ? context.embed(embedKey(link.target, link.anchor)) : null;
  return inner === null ? anchor : `<div class="wb-embed"><p class="wb-embed-source">${anchor}</p>${inner}</div>\n`;
}

function fileShown(address: string, { target, label }: Link, escape: (text: string) => string): string {
  const kind = kinds.find(([, names]) => names.test(target))?.[0] ?? null;
  const { alt, width, height } = pictureLabel(label ?? '');
  const size = `${width === null ? '' : ` width="${width}"`}${height === null ? '' : ` height="${height}"`}`;
  const [source, name] = [escape(address), escape(target.split('/').at(-1) ?? target)];
  switch (kind) {
    case 'img':
      return `<img src="${source}" alt="${alt === '' ? name : escape(alt)}" loading="lazy"${size}>`;
    case 'video':
      return `<video src="${source}" controls preload="metadata" title="${name}"${size}></video>`;
    case 'audio':
      return `<audio src="${source}" controls preload="metadata" title="${name}"></audio>`;
    default:
      return `<a class="wb-file" href="${source}">${label === null ? name : escape(label)}</a>`;
  }
}

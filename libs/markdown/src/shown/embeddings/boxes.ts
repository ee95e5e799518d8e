import { type Embedding, isOn, optionOf, sourcesOf } from '../../embeddings.js';
import { fileAddress } from '../../page-address.js';
import { placeAttributes } from '../rules/destinations.js';
import { alignClass, sideClass, widthClass } from './measures.js';
import { type Parts, told } from './parts.js';

/** Options that say how a box looks, and not what is in it. */
const looks = new Set(['caption', 'width', 'float', 'position', 'pos', 'text-align', 'align', 'style']);

/** `{{InfoBox}}`: a caption, a text, and a table of names and values. */
export function infoBox(embedding: Embedding, parts: Parts): void {
  const { options, body } = embedding;
  const rows = options.filter(([name]) => !looks.has(name.toLowerCase()));
  const look = `${sideClass(embedding, 'right')} ${widthClass(embedding, 30)}`;
  parts.element('aside', { class: `wb-box ${look}` }, () => {
    captioned(embedding, 'p', parts);
    if (body !== '') {
      parts.element('div', { class: `wb-box-text${alignClass(embedding)}` }, () => parts.blocks(embedding));
    }
    if (rows.length === 0) return;
    parts.element('table', {}, () => parts.element('tbody', {}, () => rows.forEach((row) => boxRow(row, parts))));
  });
}

function boxRow([name, value]: [string, string], parts: Parts): void {
  parts.element('tr', {}, () => {
    parts.element('th', { scope: 'row' }, () => parts.inline(name.replace(/^_/, '')));
    parts.element('td', {}, () => parts.inline(value));
  });
}

/** `{{ImageFrame}}`: pictures in a frame at the side of the text. */
export function imageFrame(embedding: Embedding, parts: Parts): void {
  framed(embedding, parts, `${sideClass(embedding, 'right')} ${widthClass(embedding, 30)}`);
}

/** `{{Figure}}`: a picture with what is said of it, in the text. */
export function figure(embedding: Embedding, parts: Parts): void {
  framed(embedding, parts, `wb-figure ${sideClass(embedding, 'center')} ${widthClass(embedding, 100)}`);
}

function framed(embedding: Embedding, parts: Parts, look: string): void {
  parts.element('figure', { class: `wb-box ${look}${alignClass(embedding)}` }, () => {
    for (const source of sourcesOf(embedding)) pictured(source, embedding, parts);
    if (embedding.body !== '') parts.blocks(embedding);
    captioned(embedding, 'figcaption', parts);
  });
}

/** A picture of the wiki, which leads to itself; one from elsewhere is a link. */
function pictured(source: Source, embedding: Embedding, parts: Parts): void {
  const address = addressOf(source, parts);
  const alt = optionOf(embedding, 'alt') ?? optionOf(embedding, 'caption') ?? '';
  if (address === null) return linked(source, parts);
  parts.element('p', {}, () =>
    parts.element('a', { href: address, class: 'wb-file' }, () =>
      parts.single('img', { src: address, alt: parts.context.links.restored(alt), loading: 'lazy' }),
    ),
  );
}

/** `{{Video}}`: the first of its films that the wiki has; those of other sites are links, or they would know who reads. */
export function video(embedding: Embedding, parts: Parts): void {
  const sources = sourcesOf(embedding);
  if (sources.length === 0) return told(parts, 'Video: it names no film.', '');
  const own = sources.find((source) => addressOf(source, parts) !== null);
  if (own === undefined) return sources.forEach((source) => linked(source, parts));
  const flags = ['loop', 'muted'].filter((name) => isOn(embedding, name, false)).map((name) => [name, ''] as const);
  const address = addressOf(own, parts) ?? '';
  const isSound = /\.(?:mp3|m4a|oga|ogg|opus|wav|flac)$/i.test(own.written);
  parts.element('figure', { class: `wb-film wb-at-center ${widthClass(embedding, 100)}` }, () => {
    const flagged: Record<string, string> = Object.fromEntries(flags);
    const shown = { src: address, controls: '', preload: 'metadata', ...flagged };
    parts.element(isSound ? 'audio' : 'video', shown);
    captioned(embedding, 'figcaption', parts);
  });
}

type Source = ReturnType<typeof sourcesOf>[number];

/** Where a file of the wiki is found; null for what is none. */
function addressOf({ target }: Source, { context }: Parts): string | null {
  const place = target === null ? undefined : context.page.places.get(target);
  return place?.kind === 'file' ? fileAddress(context.showing.base, place.path) : null;
}

function linked({ written, target }: Source, parts: Parts): void {
  const { page, showing } = parts.context;
  const address = parts.context.links.restored(written);
  const isOutside = target === null && /^https?:/i.test(address);
  const attributes: Record<string, string> = isOutside
    ? { href: address, class: 'wb-outside', rel: 'nofollow ugc noopener' }
    : placeAttributes(page.places.get(target ?? '') ?? null, null, showing.base);
  parts.element('p', {}, () => parts.element('a', attributes, () => parts.plain(address)));
}

/** The caption of an embedding, if it has one. */
export function captioned(embedding: Embedding, tag: string, parts: Parts): void {
  const caption = optionOf(embedding, 'caption');
  if (caption !== null) parts.element(tag, { class: 'wb-caption' }, () => parts.inline(caption));
}

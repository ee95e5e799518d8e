import { type Access, mayTouch, reaches } from '@lib/acl';
import {
  blocksOf,
  embedKey,
  embeddingsIn,
  type Link,
  linksOf,
  type LinkOrder,
  type PageText,
  parseFrontmatter,
  type Place,
} from '@lib/markdown';
import { Listings, type Reading, sourceLinks } from './listings.js';
import { LinkResolver, linkRow } from './link-rows.js';
import { fileOf } from './page-path.js';
import type { ReaderOptions } from './page-reader.js';
import { findSection } from './sections.js';
import { WikiError } from './wiki-errors.js';

/** So many pages may lie within each other. */
const deepest = 5;
/** What all pages within a page come to at the most. */
const most = { pages: 200, bytes: 1024 * 1024 };

interface Gathering extends Reading {
  order: LinkOrder;
}

/** Gathers what showing a page needs to know of others: where its links lead, and the pages it holds within itself. */
export class PageTexts {
  constructor(private readonly given: Pick<ReaderOptions, 'database' | 'repositories' | 'catalogue' | 'settings'>) {}

  /** A text as the page of this path, as it is to be shown; links lead to the pages of today. */
  async of(access: Access<'page.read'>, { path, text }: { path: string; text: string }): Promise<PageText> {
    mayTouch(access, path);
    await this.given.catalogue.fresh(access.wiki.id);
    const repository = await this.given.repositories.open(access.wiki.id);
    const [{ linkOrder: order }, commit] = await Promise.all([
      this.given.settings.of(access.wiki.id),
      repository.tip(),
    ]);
    return this.gather({ access, repository, commit, order, left: { ...most } }, { path, text }, [path]);
  }

  /** The one page that somebody means by a path that no page has: other letters case, blanks for hyphens, or its last part. */
  async meant(access: Access<'page.read'>, path: string): Promise<string | null> {
    const link = { kind: 'wiki', target: path, anchor: null, label: null, line: 1 } as const;
    const places = await this.places(access, '', [{ ...link, start: 0, end: 0, targetStart: 0, targetEnd: 0 }]);
    const place = places.get(path);
    return place?.kind === 'page' && place.path !== path ? place.path : null;
  }

  private async gather(
    gathering: Gathering,
    { path, text }: { path: string; text: string },
    around: readonly string[],
  ): Promise<PageText> {
    const links = linksOf(text, gathering.order);
    const embeddings = embeddingsIn(text);
    const places = await this.places(gathering.access, path, [...links, ...sourceLinks(embeddings)]);
    const listed = await new Listings(this.given.database, gathering).of(path, embeddings, places);
    const embeds = new Map<string, PageText>();
    for (const { kind, target, anchor } of links) {
      const place = places.get(target);
      const key = embedKey(target, anchor);
      if (kind !== 'embed' || place?.kind !== 'page' || embeds.has(key)) continue;
      if (around.length > deepest || around.includes(place.path)) continue;
      const part = await embeddedPart(gathering, place.path, anchor);
      if (part === null) continue;
      embeds.set(key, await this.gather(gathering, { path: place.path, text: part }, [...around, place.path]));
    }
    return { path, text, order: gathering.order, places, embeds, ...(listed !== null && { listed }) };
  }

  private async places(access: Access, path: string, links: readonly Link[]): Promise<Map<string, Place>> {
    const byTarget = [...new Map(links.map((link) => [link.target, link])).values()];
    const { id } = access.wiki;
    const rows = byTarget.map((link, at) => linkRow(id, path, at, link));
    const resolved = await new LinkResolver(this.given.database.manager, id).resolve(rows);
    const places = new Map<string, Place>();
    for (const [at, { state, page, file, candidates }] of resolved.entries()) {
      const target = byTarget[at]?.target ?? '';
      const paths = candidates.filter((candidate) => reaches(access, candidate));
      if (state === 'file' && file !== null && reaches(access, file)) places.set(target, { kind: 'file', path: file });
      else if (state === 'ambiguous' && paths.length > 0) places.set(target, { kind: 'ambiguous', paths });
      else if (state === 'page' && page !== null && reaches(access, page))
        places.set(target, { kind: 'page', path: page });
      else places.set(target, { kind: 'missing', path: page ?? target });
    }
    return places;
  }
}

/** The text of a page, or of the part of it that an anchor names; null when it is not there, or is too much. */
async function embeddedPart(
  { repository, commit, left }: Gathering,
  path: string,
  anchor: string | null,
): Promise<string | null> {
  const item = commit === null ? null : await repository.entry(commit, fileOf(path));
  if (item === null || left.pages === 0) return null;
  const text = (await repository.blob(item.oid)).toString('utf8');
  const part = anchor === null ? text : partOf(text, anchor);
  if (part === null || Buffer.byteLength(part) > left.bytes) return null;
  left.pages -= 1;
  left.bytes -= Buffer.byteLength(part);
  return part;
}

function partOf(text: string, anchor: string): string | null {
  if (anchor.startsWith('^')) {
    const blocks = blocksOf(text, parseFrontmatter(text)).map(({ start, end }) => text.slice(start, end));
    return blocks.find((block) => block.trimEnd().endsWith(` ${anchor}`)) ?? null;
  }
  try {
    return findSection(text, anchor.split('#').join(' > ')).text;
  } catch (error) {
    if (error instanceof WikiError && error.code === 'section-not-found') return null;
    throw error;
  }
}

import type { WikiId } from '@lib/acl';
import { GitError, type Objects, type TreeChange } from '@lib/git';
import type { EntityManager } from 'typeorm';
import type { Touch } from './commit-rows.js';
import type { KeywordPage } from './keyword-page.js';
import { linkRow, type LinkRow } from './link-rows.js';
import { type LinkOrder, storable } from '@lib/markdown';
import { parsePage, type ParsedPage } from './page.js';
import { pageName } from './page-name.js';
import { pageOfFile } from './page-path.js';
import { foldPath } from './path-folding.js';
import { plainChanges } from './plain-changes.js';
import { insertions, together } from './statements.js';

/** Pages above this are listed, and not read. */
const readableBytes = 4 << 20;
const mostHeadings = 2_000;
const mostLinks = 20_000;
const mostAliases = 500;
const mostTags = 500;
// A page may say anything; these are as long as lists show and indexes hold.
const longestTitle = 500;
const longestLabel = 255;
const longestNameBytes = 1_100;

const pageColumns =
  'wiki uuid, path text, blob text, name text, title text, category text, words int, bytes bigint, revision text, seq bigint, updated_at timestamptz, folded text, headings jsonb';
const fileColumns = 'wiki uuid, path text, blob text, bytes bigint, seq bigint, updated_at timestamptz';

/** One page as the catalogue keeps it, with what goes into other tables. */
export interface PageEntry {
  page: { name: string; category: string | null; [column: string]: unknown };
  names: { wiki: WikiId; key: string; path: string }[];
  tags: { wiki: WikiId; path: string; tag: string; tag_key: string; position: number }[];
  links: LinkRow[];
  keywords: KeywordPage;
}

/** Reads changed files and writes the rows of pages, their names and tags, and of other files. */
export class PageRows {
  constructor(
    private readonly objects: Pick<Objects, 'blob' | 'blobSize'>,
    private readonly wiki: WikiId,
    private readonly order: LinkOrder,
  ) {}

  async entry(path: string, blob: string, touch: Touch): Promise<PageEntry> {
    const { text, bytes } = await this.text(blob);
    const parsed = parsePage(text, this.order);
    const { wiki } = this;
    const title = parsed.title === null ? null : storable(parsed.title.slice(0, longestTitle));
    const tags = new Set(
      parsed.tags
        .slice(0, mostTags)
        .filter((tag) => tag.length <= longestLabel)
        .map(storable),
    );
    const headings = parsed.headings.slice(0, mostHeadings).map(({ level, text: title, path: at, slug }) => {
      return { level, text: storable(title), path: storable(at), slug: storable(slug) };
    });
    return {
      page: {
        ...{ wiki, path, blob, bytes, headings },
        name: pageName(path, parsed.frontmatter),
        title,
        category: parsed.category === null ? null : storable(parsed.category.slice(0, longestLabel)),
        words: parsed.words,
        revision: touch.revision,
        seq: touch.seq,
        updated_at: touch.updatedAt,
        folded: foldPath(path),
      },
      names: namesOf(path, parsed).map((key) => ({ wiki, key, path })),
      tags: [...tags].map((tag, position) => ({ wiki, path, tag, tag_key: foldPath(tag), position })),
      links: parsed.links.slice(0, mostLinks).map((link, position) => linkRow(wiki, path, position, link)),
      keywords: keywordsOf(path, title ?? path.split('/').at(-1) ?? path, parsed),
    };
  }

  async insert(manager: EntityManager, entries: PageEntry[]): Promise<void> {
    const pages = entries.map(({ page }) => page);
    const names = entries.flatMap((entry) => entry.names);
    const tags = entries.flatMap((entry) => entry.tags);
    await together(manager, [
      ...insertions('pages', pageColumns, pages),
      ...insertions('page_names', 'wiki uuid, key text, path text', names),
      ...insertions('page_tags', 'wiki uuid, path text, tag text, tag_key text, position int', tags),
    ]);
  }

  async insertFiles(manager: EntityManager, files: { path: string; blob: string; touch: Touch }[]): Promise<void> {
    const rows: object[] = [];
    for (const { path, blob, touch } of files) {
      const bytes = await this.objects.blobSize(blob);
      rows.push({ wiki: this.wiki, path, blob, bytes, seq: touch.seq, updated_at: touch.updatedAt });
    }
    await together(manager, insertions('files', fileColumns, rows));
  }

  private async text(blob: string): Promise<{ text: string; bytes: number }> {
    const bytes = await this.objects.blobSize(blob);
    if (bytes > readableBytes) return { text: '', bytes };
    try {
      return { text: (await this.objects.blob(blob, readableBytes)).toString('utf8'), bytes };
    } catch (error) {
      // One damaged page must not keep the others out of the lists; whoever reads it is told.
      if (error instanceof GitError && error.code === 'object-corrupt') return { text: '', bytes };
      throw error;
    }
  }
}

function namesOf(path: string, { aliases }: ParsedPage): string[] {
  const last = path.split('/').at(-1) ?? path;
  const keys = new Set([last, ...aliases.slice(0, mostAliases)].map((name) => storable(foldPath(name))));
  return [...keys].filter((key) => Buffer.byteLength(key) <= longestNameBytes);
}

function keywordsOf(path: string, title: string, parsed: ParsedPage): KeywordPage {
  const headings = parsed.headings.map(({ text }) => text);
  return { path, title, aliases: parsed.aliases, headings, body: parsed.body };
}

/** Which pages and other files came, changed or went; the blob is null where one went. */
export function splitChanges(changes: readonly TreeChange[]) {
  const pages: { path: string; blob: string | null }[] = [];
  const files: { path: string; blob: string | null }[] = [];
  for (const { path, after: blob } of plainChanges(changes)) {
    const page = pageOfFile(path);
    if (page === null) files.push({ path, blob });
    else pages.push({ path: page, blob });
  }
  return { pages, files };
}

import { createHash } from 'node:crypto';
import type { Access, WikiId } from '@lib/acl';
import { parseFrontmatter } from '@lib/markdown';
import type { KeywordPort, PageContent, PagesPort, PageToChunk, PageVersion, PastPort, ReachedPage } from '@lib/search';
import type { DataSource } from 'typeorm';
import { KeywordPast } from './keyword-past.js';
import { KeywordVersions } from './keyword-versions.js';
import type { PeopleByName } from './narrowing.js';
import { pageName } from './page-name.js';
import { pageToChunk } from './page-to-chunk.js';
import { VersionsSource } from './versions-source.js';

/** A text by the path under which it is found. */
export interface LooseText {
  path: string;
  text: string;
}

interface Given {
  database: DataSource;
  people: PeopleByName;
  /** By which they are asked for, as pages of a wiki are. */
  wiki: WikiId;
  /** Reads them all; asked once, and not before something is looked for. */
  texts: () => readonly LooseText[];
}

interface Kept {
  /** Made of all the texts: another one when any of them changes. */
  position: string;
  pages: readonly (PageVersion & { name: string; revision: null })[];
  bytes: ReadonlyMap<string, Buffer>;
}

/** Pages that lie in no repository, for the search that finds those of wikis. Nothing narrows them, for they say nothing of themselves. */
export class LoosePages implements PagesPort {
  readonly wiki: WikiId;
  /** Their words, where those of pages of the past are kept: they can be read again at any time. */
  readonly words: KeywordPort;
  /** They have none. */
  readonly past: PastPort = { at: async () => null };
  private known: Kept | null = null;

  constructor(private readonly given: Given) {
    const { database, people, wiki } = given;
    this.wiki = wiki;
    const texts = { id: wiki, blob: async (oid: string) => this.bytes(oid), blobSize: this.size.bind(this) };
    const versions = new KeywordVersions(database);
    const options = {
      ...{ database, people, repositories: { open: async () => texts } },
      catalogue: { fresh: async () => ({ commit: this.kept.position, behind: 0 }) },
    };
    this.words = new KeywordPast(options, async (_access, work) => {
      const { pages } = this.kept;
      await versions.read(texts, pages);
      return work(
        new VersionsSource(
          wiki,
          pages.map((page) => ({ ...page, updated_at: null, actor: null })),
        ),
      );
    });
  }

  async position(): Promise<string> {
    return this.kept.position;
  }

  async sequence(_wiki: WikiId, commit: string): Promise<number | null> {
    return commit === this.kept.position ? 1 : null;
  }

  async all(): Promise<{ commit: string; pages: PageVersion[] }> {
    const { position, pages } = this.kept;
    return { commit: position, pages: pages.map(({ path, blob }) => ({ path, blob })) };
  }

  async content(_wiki: WikiId, { path, blob }: PageVersion): Promise<PageContent> {
    return { page: this.read(path, this.bytes(blob).toString('utf8')) };
  }

  read(path: string, text: string): PageToChunk {
    return pageToChunk(path, text);
  }

  async among(): Promise<null> {
    return null;
  }

  async reached(_access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]> {
    return this.kept.pages.filter(({ path }) => paths.includes(path));
  }

  private bytes(oid: string): Buffer {
    return this.kept.bytes.get(oid) ?? Buffer.alloc(0);
  }

  private async size(oid: string): Promise<number> {
    return this.bytes(oid).length;
  }

  private get kept(): Kept {
    return (this.known ??= keptOf(this.given.texts()));
  }
}

function keptOf(texts: readonly LooseText[]): Kept {
  const read = texts.map(({ path, text }) => {
    return { path, bytes: Buffer.from(text), blob: sha256(text), name: pageName(path, parseFrontmatter(text)) };
  });
  return {
    position: sha256(JSON.stringify(read.map(({ path, blob }) => [path, blob]))),
    pages: read.map(({ path, blob, name }) => ({ path, blob, name, revision: null })),
    bytes: new Map(read.map(({ blob, bytes }) => [blob, bytes])),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

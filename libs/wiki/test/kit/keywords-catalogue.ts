import { createHash, randomUUID } from 'node:crypto';
import type { Access } from '@lib/acl';
import { Search, type SearchQuery } from '@lib/search';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { anAccess } from '../../../acl/src/testing/an-access.js';
import { aDatabase } from '../../../postgres/testing/a-database.js';
import { foldPath, KeywordIndex, type KeywordPage, parsePage, PostgresKeywordTables } from '../../src/index.js';
import { Keywords1764000003000 } from '../../src/migrations/keywords.js';

/** The two tables of the catalogue that search joins. */
class CatalogueTables1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE pages (wiki uuid, path text COLLATE "C", blob text, name text, title text,
      category text, words int, bytes int, revision text, seq bigint, updated_at timestamptz, created_at timestamptz,
      folded text, headings jsonb, PRIMARY KEY (wiki, path))`);
    await runner.query(
      'CREATE TABLE page_tags (wiki uuid, path text COLLATE "C", tag text, tag_key text, PRIMARY KEY (wiki, path, tag))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pages, page_tags');
  }
}

/** A database of wikis filled by hand, and a search over it. */
export class KeywordsCatalogue {
  private readonly blobs = new Map<string, Buffer>();
  readonly tables = new PostgresKeywordTables();
  readonly index: KeywordIndex;
  readonly search: Search;

  private constructor(readonly database: DataSource) {
    const blob = async (oid: string) => this.blobs.get(oid) ?? Buffer.alloc(0);
    this.index = new KeywordIndex({
      database,
      repositories: { open: async () => ({ blob }) },
      catalogue: { fresh: async () => ({ commit: null, behind: 0 }) },
      people: { find: async () => null },
    });
    this.search = new Search({ index: this.index, meaning: null, past: { at: async () => null } });
  }

  static async open(): Promise<KeywordsCatalogue> {
    const migrations = [CatalogueTables1764000001000, Keywords1764000003000];
    return new KeywordsCatalogue(await aDatabase({ migrations }));
  }

  newWiki(): WikiOfTest {
    return new WikiOfTest(this, randomUUID());
  }

  keep(text: string): string {
    const oid = createHash('sha1').update(text).digest('hex');
    this.blobs.set(oid, Buffer.from(text));
    return oid;
  }
}

/** One wiki of the catalogue. */
export class WikiOfTest {
  constructor(
    private readonly catalogue: KeywordsCatalogue,
    readonly id: string,
  ) {}

  /** Writes pages as the catalogue does: rows and words in one transaction. */
  async write(pages: Record<string, string>): Promise<void> {
    await this.catalogue.database.transaction(async (manager) => {
      const words: KeywordPage[] = [];
      for (const [path, text] of Object.entries(pages)) {
        const { title, aliases, headings, tags, category, body, words: count } = parsePage(text, 'target-first');
        const name = title ?? path.split('/').at(-1) ?? path;
        const blob = this.catalogue.keep(text);
        await manager.query('DELETE FROM page_tags WHERE wiki = $1 AND path = $2', [this.id, path]);
        await manager.query(
          `INSERT INTO pages (wiki, path, blob, name, title, category, words, revision) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
           ON CONFLICT (wiki, path) DO UPDATE SET blob = $3, name = $4, title = $5, category = $6, words = $7, revision = $8`,
          [this.id, path, blob, name, title, category, count, blob.slice(0, 10)],
        );
        for (const tag of tags)
          await manager.query('INSERT INTO page_tags VALUES ($1, $2, $3, $4)', [this.id, path, tag, foldPath(tag)]);
        words.push({ path, title: name, aliases, headings: headings.map((heading) => heading.text), body });
      }
      await this.catalogue.tables.replace(manager, this.id, words);
    });
  }

  async remove(...paths: string[]): Promise<void> {
    await this.catalogue.database.transaction(async (manager) => {
      await manager.query('DELETE FROM pages WHERE wiki = $1 AND path = ANY($2)', [this.id, paths]);
      await this.catalogue.tables.remove(manager, this.id, paths);
    });
  }

  access(paths: readonly string[] | null = null): Access<'search.use'> {
    return anAccess('search.use', { wiki: { id: this.id }, paths });
  }

  find(query: string, more: Partial<SearchQuery> & { paths?: readonly string[] } = {}) {
    const { paths = null, ...rest } = more;
    return this.catalogue.search.find(this.access(paths), { query, ...rest });
  }

  /** The paths found, best first. */
  async paths(query: string, more: Partial<SearchQuery> & { paths?: readonly string[] } = {}): Promise<string[]> {
    return (await this.find(query, more)).results.map(({ path }) => path);
  }
}

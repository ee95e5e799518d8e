import type { WikiId } from '@lib/acl';
import type { DataSource, EntityManager } from 'typeorm';
import type { KeywordPage } from './keyword-page.js';
import { keywordRow, type KeywordRow } from './keyword-vector.js';
import { createKeywordTables } from './migrations/keywords.js';
import { together } from './statements.js';

/** The keyword tables as the catalogue writes them, in its own transaction. */
export interface KeywordTables {
  /** Writes these pages, new or changed. */
  replace(manager: EntityManager, wiki: WikiId, pages: KeywordPage[]): Promise<void>;
  /** The same for many of a wiki's pages, which leaves counting to `recount`. */
  replaceUncounted(manager: EntityManager, wiki: WikiId, pages: KeywordPage[]): Promise<void>;
  /** Counts all words of a wiki anew: for most of its pages at once that is far less work than counting what changed. */
  recount(manager: EntityManager, wiki: WikiId): Promise<void>;
  /** Marks a wiki as one that the tables know, before its first page. */
  begin(manager: EntityManager, wiki: WikiId): Promise<void>;
  /** Makes the tables again when somebody dropped one; all they held can be read again. */
  restore(database: DataSource): Promise<void>;
  /**
   * Takes what the indexes have put aside into them. They do it themselves when it has grown to megabytes, and then
   * some write waits half a second for all that were before it.
   */
  tidy(database: DataSource): Promise<void>;
  /** How many pages the tables hold. */
  pages(manager: EntityManager, wiki: WikiId): Promise<number>;
  remove(manager: EntityManager, wiki: WikiId, paths: string[]): Promise<void>;
  clear(manager: EntityManager, wiki: WikiId): Promise<void>;
}

const tableNames = ['keyword_pages', 'keyword_words', 'keyword_totals'];
const indexNames = ['keyword_pages_tsv', 'keyword_words_similar'];
// Pages of one statement: enough to count each word once for many pages, few enough to send.
const atOnce = 1_000;
const lettersAtOnce = 8_000_000;

/** Keeps the keyword tables in PostgreSQL; takes one writer of a wiki at a time, as the catalogue is. */
export class PostgresKeywordTables implements KeywordTables {
  async replace(manager: EntityManager, wiki: WikiId, pages: KeywordPage[]): Promise<void> {
    const last = new Map(pages.map((page) => [page.path, page]));
    for (const batch of batches([...last.values()])) await write(manager, wiki, batch.map(keywordRow));
  }

  async replaceUncounted(manager: EntityManager, wiki: WikiId, pages: KeywordPage[]): Promise<void> {
    const last = new Map(pages.map((page) => [page.path, page]));
    for (const batch of batches([...last.values()])) {
      await manager.query(insertSql, [wiki, JSON.stringify(batch.map(keywordRow))]);
    }
  }

  async recount(manager: EntityManager, wiki: WikiId): Promise<void> {
    for (const table of ['keyword_words', 'keyword_totals'])
      await manager.query(`DELETE FROM ${table} WHERE wiki = $1`, [wiki]);
    for (const sql of recountSql) await manager.query(sql, [wiki]);
  }

  async begin(manager: EntityManager, wiki: WikiId): Promise<void> {
    await manager.query('INSERT INTO keyword_totals VALUES ($1, 0, 0) ON CONFLICT DO NOTHING', [wiki]);
  }

  async restore(database: DataSource): Promise<void> {
    const there = `SELECT bool_and(to_regclass(name) IS NOT NULL) AS whole FROM unnest($1::text[]) name`;
    const [row] = await database.query<{ whole: boolean }[]>(there, [tableNames]);
    if (row?.whole === true) return;
    await database.transaction(async (manager) => {
      await manager.query(`DROP TABLE IF EXISTS ${tableNames.join(', ')}`);
      await createKeywordTables(manager);
    });
  }

  async tidy(database: DataSource): Promise<void> {
    for (const index of indexNames) await database.query('SELECT gin_clean_pending_list($1::regclass)', [index]);
  }

  async pages(manager: EntityManager, wiki: WikiId): Promise<number> {
    const rows = await manager.query<{ pages: number }[]>('SELECT pages FROM keyword_totals WHERE wiki = $1', [wiki]);
    return rows[0]?.pages ?? 0;
  }

  async remove(manager: EntityManager, wiki: WikiId, paths: string[]): Promise<void> {
    if (paths.length > 0) await forgetGone(manager, wiki, await manager.query<Gone[]>(removeSql, [wiki, paths]));
  }

  async clear(manager: EntityManager, wiki: WikiId): Promise<void> {
    for (const table of tableNames) await manager.query(`DELETE FROM ${table} WHERE wiki = $1`, [wiki]);
  }
}

interface Gone {
  word: string;
}

// Counts the words that pages gained and lost; rows that did not change are left alone.
const count = `
  delta AS (
    SELECT word, sum(n)::int AS n FROM (
      SELECT unnest(tsvector_to_array(tsv)) AS word, 1 AS n FROM fresh
      UNION ALL SELECT unnest(tsvector_to_array(tsv)), -1 FROM old
    ) changes GROUP BY word HAVING sum(n) <> 0
  ),
  sums AS (
    SELECT sum(n)::int AS pages, sum(words * n)::bigint AS words
    FROM (SELECT words, 1 AS n FROM fresh UNION ALL SELECT words, -1 FROM old) changes
  ),
  totals AS (
    INSERT INTO keyword_totals AS t (wiki, pages, words)
    SELECT $1::uuid, coalesce(pages, 0), coalesce(words, 0) FROM sums
    ON CONFLICT (wiki) DO UPDATE SET pages = t.pages + excluded.pages, words = t.words + excluded.words
  ),
  counted AS (
    INSERT INTO keyword_words AS k (wiki, word, pages)
    SELECT $1::uuid, word, n FROM delta ORDER BY word
    ON CONFLICT (wiki, word) DO UPDATE SET pages = k.pages + excluded.pages
    RETURNING word, pages
  )
  SELECT word FROM counted WHERE pages <= 0`;

const fresh = `
  WITH fresh AS MATERIALIZED (
    SELECT path, words, names, tsv::tsvector AS tsv
    FROM json_to_recordset($2::json) AS row (path text, words int, names text[], tsv text)
  )`;
const insert = `
    INSERT INTO keyword_pages (wiki, path, words, names, tsv) SELECT $1::uuid, path, words, names, tsv FROM fresh
    ON CONFLICT (wiki, path) DO UPDATE SET words = excluded.words, names = excluded.names, tsv = excluded.tsv`;
const insertSql = `${fresh}${insert}`;

const replaceSql = `${fresh},
  old AS (SELECT tsv, words FROM keyword_pages WHERE wiki = $1 AND path IN (SELECT path FROM fresh)),
  written AS (${insert}
  ),${count}`;

const recountSql = [
  `INSERT INTO keyword_words (wiki, word, pages)
   SELECT $1::uuid, word, count(*)::int FROM keyword_pages k, unnest(tsvector_to_array(k.tsv)) AS word
   WHERE k.wiki = $1 GROUP BY word ORDER BY word`,
  `INSERT INTO keyword_totals (wiki, pages, words)
   SELECT $1::uuid, count(*), coalesce(sum(words), 0) FROM keyword_pages WHERE wiki = $1`,
];

const removeSql = `
  WITH fresh AS (SELECT NULL::tsvector AS tsv, 0 AS words WHERE false),
  old AS (DELETE FROM keyword_pages WHERE wiki = $1 AND path = ANY($2::text[]) RETURNING tsv, words),${count}`;

async function write(manager: EntityManager, wiki: WikiId, rows: KeywordRow[]): Promise<void> {
  const [gone] = await together(manager, [{ sql: replaceSql, values: [wiki, JSON.stringify(rows)] }]);
  await forgetGone(manager, wiki, gone as Gone[]);
}

/** Words that no page has any more must not be suggested to anyone. */
async function forgetGone(manager: EntityManager, wiki: WikiId, gone: Gone[]): Promise<void> {
  if (gone.length === 0) return;
  const words = gone.map(({ word }) => word);
  await manager.query('DELETE FROM keyword_words WHERE wiki = $1 AND word = ANY($2::text[]) AND pages <= 0', [
    wiki,
    words,
  ]);
}

function* batches(pages: KeywordPage[]): Generator<KeywordPage[]> {
  let batch: KeywordPage[] = [];
  let letters = 0;
  for (const page of pages) {
    batch.push(page);
    letters += page.body.length;
    if (batch.length < atOnce && letters < lettersAtOnce) continue;
    yield batch;
    [batch, letters] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

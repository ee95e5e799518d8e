import type { MigrationInterface, QueryRunner } from 'typeorm';

// Slim, so that ranking many pages reads little: no text, and vectors stay in the row up to a whole block,
// uncompressed, because each word of a query reads the vector once.
const tables = `
  CREATE TABLE keyword_pages (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    words int NOT NULL,
    names text[] NOT NULL,
    tsv tsvector NOT NULL,
    PRIMARY KEY (wiki, path)
  ) WITH (toast_tuple_target = 8160);
  ALTER TABLE keyword_pages ALTER COLUMN tsv SET STORAGE EXTERNAL;
  CREATE TABLE keyword_words (
    wiki uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    pages int NOT NULL,
    PRIMARY KEY (wiki, word)
  ) WITH (fillfactor = 80);
  CREATE TABLE keyword_totals (
    wiki uuid PRIMARY KEY,
    pages int NOT NULL,
    words bigint NOT NULL
  );`;

const indexes = `
  CREATE INDEX keyword_pages_tsv ON keyword_pages USING gin (wiki, tsv);
  CREATE INDEX keyword_words_similar ON keyword_words USING gin (wiki, word gin_trgm_ops);`;

/** Which words each page has, in how many pages each word is, and how long pages are: all rebuilt from git. */
export class Keywords1764000003000 implements MigrationInterface {
  name = 'Keywords1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gin');
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query(tables);
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keyword_pages, keyword_words, keyword_totals');
  }
}

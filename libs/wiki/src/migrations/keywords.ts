import type { MigrationInterface, QueryRunner } from 'typeorm';

// Whether pg_trgm sees letters beyond a-z depends on the locale of the database. So that mistyped words are found in
// other alphabets everywhere, their letters are written as one of a-z and 0-9 each; two that fall together do no harm.
const alphabets = [
  [0x3b1, 0x3ce], // Greek
  [0x430, 0x45f], // Cyrillic
  [0x561, 0x586], // Armenian
  [0x5d0, 0x5ea], // Hebrew
  [0x621, 0x64a], // Arabic
  [0x905, 0x94d], // Devanagari
  [0x10d0, 0x10f0], // Georgian
] as const;
const codes = alphabets.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, place) => first + place),
);
const foreign = String.fromCodePoint(...codes);
const spelled = codes.map((code) => (code % 36).toString(36)).join('');

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
    spelling text COLLATE "C" GENERATED ALWAYS AS (keyword_spelling(word)) STORED,
    PRIMARY KEY (wiki, word)
  ) WITH (fillfactor = 80);
  CREATE TABLE keyword_totals (
    wiki uuid PRIMARY KEY,
    pages int NOT NULL,
    words bigint NOT NULL
  );`;

const spelling = `
  CREATE OR REPLACE FUNCTION keyword_spelling(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN octet_length(word) = char_length(word) THEN word ELSE translate(word, '${foreign}', '${spelled}') END`;

const indexes = `
  CREATE INDEX keyword_pages_tsv ON keyword_pages USING gin (wiki, tsv);
  CREATE INDEX keyword_words_similar ON keyword_words USING gin (wiki, spelling gin_trgm_ops);`;

/** Makes the tables, empty; what of them is there already has to be gone. */
export async function createKeywordTables(runner: Pick<QueryRunner, 'query'>): Promise<void> {
  await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gin');
  await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  await runner.query(spelling);
  await runner.query(tables);
  await runner.query(indexes);
}

/** Which words each page has, in how many pages each word is, and how long pages are: all rebuilt from git. */
export class Keywords1764000003000 implements MigrationInterface {
  name = 'Keywords1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await createKeywordTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keyword_pages, keyword_words, keyword_totals');
    await runner.query('DROP FUNCTION keyword_spelling(text)');
  }
}

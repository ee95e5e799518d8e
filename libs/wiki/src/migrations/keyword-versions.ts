import type { MigrationInterface, QueryRunner } from 'typeorm';

// Made of pages that git has, as somebody searches the past: nothing is lost with it, so nothing waits for the disk.
const table = `
  CREATE UNLOGGED TABLE keyword_versions (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    blob text COLLATE "C" NOT NULL,
    name text NOT NULL,
    category text,
    tags text[] NOT NULL,
    words int NOT NULL,
    names text[] NOT NULL,
    tsv tsvector NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (wiki, path, blob)
  ) WITH (toast_tuple_target = 8160)`;

/** What pages said in the past, as far as somebody searched there lately. */
export class KeywordVersions1764000004000 implements MigrationInterface {
  name = 'KeywordVersions1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query('ALTER TABLE keyword_versions ALTER COLUMN tsv SET STORAGE EXTERNAL');
    await runner.query('CREATE INDEX keyword_versions_read ON keyword_versions (wiki, read_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keyword_versions');
  }
}

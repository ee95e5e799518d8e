import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people were writing and have not saved. It is nowhere else, so it is part of a backup. */
export class Drafts1764000006000 implements MigrationInterface {
  name = 'Drafts1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drafts (
        wiki uuid NOT NULL,
        user_id uuid NOT NULL,
        path text COLLATE "C" NOT NULL,
        content text NOT NULL,
        revision text,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (wiki, user_id, path)
      )`);
    await runner.query('CREATE INDEX drafts_of_user ON drafts (user_id, updated_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE drafts');
  }
}

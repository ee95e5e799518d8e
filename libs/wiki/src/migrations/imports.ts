import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports that people began in the browser: what was looked at, what was asked for, and what came of it. */
export class Imports1764000007000 implements MigrationInterface {
  name = 'Imports1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imports (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        kind text NOT NULL,
        source text NOT NULL,
        state text NOT NULL,
        progress jsonb,
        report jsonb,
        wanted jsonb,
        fault jsonb,
        attempts integer NOT NULL DEFAULT 0,
        wiki uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz
      )`);
    await runner.query('CREATE INDEX imports_of_user ON imports (user_id, created_at)');
    await runner.query(`CREATE INDEX imports_unfinished ON imports (state) WHERE state <> 'done'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE imports');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to where people had seen the changes of their wikis. It is nowhere else, so it is part of a backup. */
export class Visits1764000007100 implements MigrationInterface {
  name = 'Visits1764000007100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE visits (
        user_id uuid PRIMARY KEY,
        looked_at timestamptz NOT NULL,
        seen jsonb NOT NULL,
        looked_before timestamptz,
        seen_before jsonb
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE visits');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds where a page got its name from without going through all that happened to it. */
export class Renames1764000005000 implements MigrationInterface {
  name = 'Renames1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE INDEX commit_paths_renames ON commit_paths (wiki, path, seq) WHERE kind = 'rename'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX commit_paths_renames');
  }
}

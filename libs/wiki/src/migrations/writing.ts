import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The answers to writes with an Idempotency-Key, for a day. */
export class Writing1764000002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE idempotency_keys (
        wiki uuid NOT NULL,
        key_hash text NOT NULL,
        request_hash text NOT NULL,
        answer text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (wiki, key_hash)
      )`);
    await queryRunner.query('CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotency_keys');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sha256 text NOT NULL UNIQUE,
    agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX sessions_user ON sessions (user_id);
  CREATE INDEX sessions_expiry ON sessions (expires_at);
  CREATE TABLE sign_in_failures (
    key text PRIMARY KEY,
    failures int NOT NULL,
    until timestamptz NOT NULL
  );
  CREATE TABLE known_browsers (
    account text NOT NULL,
    sha256 text NOT NULL,
    last_used timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, sha256)
  );`;

/** Sessions of browsers, how often somebody failed to sign in, and the browsers in which they did not. */
export class SignIn1764400000000 implements MigrationInterface {
  name = 'SignIn1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(`
      CREATE TRIGGER sessions_changed AFTER DELETE ON sessions
        FOR EACH STATEMENT EXECUTE FUNCTION tell_access_changed()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions, sign_in_failures, known_browsers');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const sessions = `
  ALTER TABLE sessions
    ADD COLUMN parent uuid REFERENCES sessions (id) ON DELETE CASCADE,
    ADD COLUMN host text,
    ADD COLUMN network text,
    ADD COLUMN proved_at timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT sessions_host_has_parent CHECK ((parent IS NULL) = (host IS NULL));
  UPDATE sessions SET proved_at = created_at;
  CREATE INDEX sessions_parent ON sessions (parent);`;

const tables = `
  CREATE TABLE passkeys (
    id text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL,
    public_key bytea NOT NULL,
    counter bigint NOT NULL,
    transports text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used timestamptz
  );
  CREATE INDEX passkeys_user ON passkeys (user_id);
  CREATE TABLE passkey_challenges (
    sha256 text PRIMARY KEY,
    browser text NOT NULL,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at);
  CREATE INDEX passkey_challenges_browser ON passkey_challenges (browser);
  CREATE TABLE host_codes (
    sha256 text PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    host text NOT NULL,
    next text NOT NULL,
    state text NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX host_codes_session ON host_codes (session_id);
  CREATE INDEX host_codes_expiry ON host_codes (expires_at);`;

/** Passkeys, sessions on the hosts of wikis, and what the list of sessions shows. */
export class Security1764520000000 implements MigrationInterface {
  name = 'Security1764520000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sessions);
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE passkeys, passkey_challenges, host_codes');
    await runner.query('DELETE FROM sessions WHERE parent IS NOT NULL');
    await runner.query(
      'ALTER TABLE sessions DROP COLUMN parent, DROP COLUMN host, DROP COLUMN network, DROP COLUMN proved_at',
    );
  }
}

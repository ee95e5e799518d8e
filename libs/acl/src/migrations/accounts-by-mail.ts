import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE invitations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sha256 text NOT NULL UNIQUE,
    wiki_id uuid REFERENCES wikis (id) ON DELETE CASCADE,
    role text CHECK (role IN ('editor', 'viewer')),
    is_first boolean NOT NULL DEFAULT false,
    invited_by uuid REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_by uuid REFERENCES users (id) ON DELETE SET NULL,
    CHECK ((wiki_id IS NULL) = (role IS NULL) AND (wiki_id IS NULL) = (invited_by IS NULL))
  );
  CREATE INDEX invitations_wiki ON invitations (wiki_id);
  CREATE TABLE sign_ups (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username text NOT NULL,
    display_name text NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    invitation_id uuid REFERENCES invitations (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE account_links (
    sha256 text PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('sign-up', 'email', 'password')),
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    sign_up_id uuid REFERENCES sign_ups (id) ON DELETE CASCADE,
    email text,
    expires_at timestamptz NOT NULL,
    CHECK ((purpose = 'sign-up') = (sign_up_id IS NOT NULL) AND (sign_up_id IS NULL) = (user_id IS NOT NULL))
  );
  CREATE INDEX account_links_user ON account_links (user_id);
  CREATE TABLE mails (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    sign_up_id uuid REFERENCES sign_ups (id) ON DELETE CASCADE,
    email text,
    language text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX mails_due ON mails (due_at);`;

/** Invitations, accounts that wait to be confirmed, links that are sent to people, and the mails that carry them. */
export class AccountsByMail1764510000000 implements MigrationInterface {
  name = 'AccountsByMail1764510000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mails, account_links, sign_ups, invitations');
  }
}

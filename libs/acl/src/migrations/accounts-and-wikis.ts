import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE names (
    name text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('user', 'wiki')),
    user_id uuid NOT NULL,
    wiki_id uuid,
    released_at timestamptz
  );
  CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username text NOT NULL UNIQUE REFERENCES names (name),
    display_name text NOT NULL,
    email text,
    password_hash text,
    is_admin boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    suspended_at timestamptz
  );
  CREATE TABLE identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
  );
  CREATE TABLE wikis (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL REFERENCES users (id),
    slug text NOT NULL,
    name text NOT NULL,
    purpose text,
    visibility text NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'public')),
    plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'premium')),
    payment_status text NOT NULL DEFAULT 'free' CHECK (payment_status IN ('free', 'active', 'lapsed')),
    state text NOT NULL DEFAULT 'creating' CHECK (state IN ('creating', 'active', 'deleted')),
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_accessed timestamptz,
    CONSTRAINT wikis_owner_slug UNIQUE (owner_id, slug),
    CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
  );
  ALTER TABLE names ADD FOREIGN KEY (wiki_id) REFERENCES wikis (id) ON DELETE SET NULL;
  CREATE TABLE grants (
    wiki_id uuid NOT NULL REFERENCES wikis (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('editor', 'viewer')),
    granted_by uuid REFERENCES users (id) ON DELETE SET NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (wiki_id, user_id)
  );
  CREATE TABLE tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('personal', 'wiki')),
    wiki_id uuid REFERENCES wikis (id) ON DELETE CASCADE,
    sha256 text NOT NULL,
    prefix text NOT NULL,
    label text NOT NULL,
    verbs text[] NOT NULL CHECK (verbs <@ ARRAY['read', 'write', 'admin']),
    wikis uuid[],
    paths text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used timestamptz,
    revoked_at timestamptz,
    CHECK ((kind = 'wiki') = (wiki_id IS NOT NULL))
  );`;

const indexes = `
  CREATE UNIQUE INDEX names_one_slug_per_wiki ON names (wiki_id) WHERE released_at IS NULL;
  CREATE UNIQUE INDEX users_local_email ON users (lower(email)) WHERE password_hash IS NOT NULL;
  CREATE INDEX identities_user ON identities (user_id);
  CREATE INDEX wikis_deleted ON wikis (deleted_at) WHERE state = 'deleted';
  CREATE INDEX grants_user ON grants (user_id);
  CREATE UNIQUE INDEX tokens_sha256 ON tokens (sha256);
  CREATE UNIQUE INDEX tokens_one_per_wiki ON tokens (wiki_id) WHERE kind = 'wiki' AND revoked_at IS NULL;
  CREATE INDEX tokens_user ON tokens (user_id);`;

// Triggers cannot be forgotten by a query. The columns that batches write on every visit are left out.
const watched = {
  users: 'username, display_name, is_admin, suspended_at',
  names: 'kind, user_id, wiki_id, released_at',
  wikis: 'owner_id, slug, name, purpose, visibility, plan, payment_status, state, deleted_at',
  grants: 'role',
  tokens: 'label, verbs, wikis, paths, expires_at, revoked_at',
};

const triggers = Object.entries(watched)
  .map(
    ([table, columns]) => `
  CREATE TRIGGER ${table}_changed AFTER INSERT OR DELETE OR UPDATE OF ${columns} ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION tell_access_changed();`,
  )
  .join('');

/** Users, identities, names, wikis, grants and tokens, and the notification of every change of a right. */
export class AccountsAndWikis1764000000000 implements MigrationInterface {
  name = 'AccountsAndWikis1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(indexes);
    await runner.query(`
      CREATE FUNCTION tell_access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_notify('wikibot_access', TG_TABLE_NAME); RETURN NULL; END $$`);
    await runner.query(triggers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tokens, grants, identities, wikis, users, names CASCADE');
    await runner.query('DROP FUNCTION tell_access_changed()');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE wiki_settings (
    wiki uuid PRIMARY KEY,
    link_order text NOT NULL DEFAULT 'target-first' CHECK (link_order IN ('target-first', 'label-first')),
    categories text[] NOT NULL
  );
  CREATE TABLE catalogue_positions (
    wiki uuid PRIMARY KEY,
    commit_oid text NOT NULL,
    seq bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE pages (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    blob text NOT NULL,
    name text NOT NULL,
    title text,
    category text,
    words int NOT NULL,
    bytes bigint NOT NULL,
    revision text NOT NULL,
    seq bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    folded text NOT NULL,
    headings jsonb NOT NULL,
    PRIMARY KEY (wiki, path)
  );
  CREATE TABLE page_names (wiki uuid NOT NULL, key text NOT NULL, path text COLLATE "C" NOT NULL, PRIMARY KEY (wiki, path, key));
  CREATE TABLE page_tags (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    tag text NOT NULL,
    tag_key text NOT NULL,
    position int NOT NULL,
    PRIMARY KEY (wiki, path, tag)
  );
  CREATE TABLE page_links (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    position int NOT NULL,
    kind text NOT NULL,
    target text NOT NULL,
    anchor text,
    line int NOT NULL,
    key text NOT NULL,
    full_key text NOT NULL,
    state text NOT NULL CHECK (state IN ('page', 'file', 'missing', 'ambiguous')),
    page text COLLATE "C",
    candidates text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (wiki, path, position)
  );
  CREATE TABLE files (
    wiki uuid NOT NULL,
    path text COLLATE "C" NOT NULL,
    blob text NOT NULL,
    bytes bigint NOT NULL,
    seq bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (wiki, path)
  );
  CREATE TABLE commits (
    wiki uuid NOT NULL,
    seq bigint NOT NULL,
    oid text NOT NULL,
    parents text[] NOT NULL,
    author_name text NOT NULL,
    author_email text NOT NULL,
    authored_at timestamptz NOT NULL,
    committed_at timestamptz NOT NULL,
    message text NOT NULL,
    actor uuid,
    door text,
    agent text,
    PRIMARY KEY (wiki, seq)
  );
  CREATE TABLE commit_paths (
    wiki uuid NOT NULL,
    seq bigint NOT NULL,
    path text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('add', 'change', 'remove', 'rename')),
    from_path text COLLATE "C",
    old_blob text,
    new_blob text,
    PRIMARY KEY (wiki, seq, path)
  );`;

const indexes = `
  CREATE INDEX page_names_key ON page_names (wiki, key);
  CREATE INDEX page_tags_key ON page_tags (wiki, tag_key);
  CREATE INDEX page_links_page ON page_links (wiki, page);
  CREATE INDEX page_links_key ON page_links (wiki, key);
  CREATE INDEX page_links_full_key ON page_links (wiki, full_key);
  CREATE INDEX pages_updated ON pages (wiki, updated_at, path);
  CREATE UNIQUE INDEX commits_oid ON commits (wiki, oid);
  CREATE INDEX commit_paths_path ON commit_paths (wiki, path, seq);`;

const names = [
  ...['wiki_settings', 'catalogue_positions', 'pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits'],
  'commit_paths',
];

/** Settings of wikis, and everything that lists, links and history are answered from: rebuilt from git but settings. */
export class Catalogue1764000001000 implements MigrationInterface {
  name = 'Catalogue1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${names.join(', ')}`);
  }
}

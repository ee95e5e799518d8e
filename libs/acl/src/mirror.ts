import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { readJson, writeJson } from './mirror-file.js';
import { Reconstruction, type Reconstructed } from './reconstruction.js';
import type { UserFile, WikiFile } from './mirror-shapes.js';

interface Given {
  database: DataSource;
  /** The data folder. */
  root: string;
}

/**
 * Keeps a copy of who is who and who may do what beside the repositories, so that a lost database can be rebuilt.
 * It holds no secrets: no password, no token.
 */
export class Mirror {
  constructor(private readonly given: Given) {}

  /** Writes what there is to know of a wiki beside its repository. */
  async wiki(id: string): Promise<void> {
    const file = await this.wikiFile(id);
    const folder = join(this.given.root, 'repositories', id);
    if (file === null) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeJson(join(folder, 'wikibot.json'), file);
  }

  /** Writes what there is to know of a person. */
  async user(id: string): Promise<void> {
    const file = await this.userFile(id);
    const folder = join(this.given.root, 'users');
    if (file === null) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeJson(join(folder, `${id}.json`), file);
  }

  /** Compares every file with the database and writes those that differ; how many those were. */
  async compareAll(): Promise<{ written: number }> {
    const ids = async (sql: string) => (await this.given.database.query<{ id: string }[]>(sql)).map(({ id }) => id);
    let written = 0;
    for (const id of await ids('SELECT id FROM users')) {
      written += await this.renew(join('users', `${id}.json`), await this.userFile(id), () => this.user(id));
    }
    for (const id of await ids(`SELECT id FROM wikis WHERE state <> 'creating'`)) {
      const file = join('repositories', id, 'wikibot.json');
      written += await this.renew(file, await this.wikiFile(id), () => this.wiki(id));
    }
    return { written };
  }

  /** Brings people, wikis and roles back into an empty database. */
  async reconstruct(): Promise<Reconstructed> {
    const users = await namesIn(join(this.given.root, 'users'));
    const wikis = await namesIn(join(this.given.root, 'repositories'));
    return new Reconstruction(this.given.database).run({
      users: users.filter((name) => name.endsWith('.json')).map((name) => join(this.given.root, 'users', name)),
      wikis: wikis.filter(isId).map((name) => join(this.given.root, 'repositories', name, 'wikibot.json')),
    });
  }

  private async renew(file: string, wanted: object | null, write: () => Promise<void>): Promise<number> {
    const held = await readJson(join(this.given.root, file)).catch(() => null);
    if (wanted === null || JSON.stringify(held) === JSON.stringify(wanted)) return 0;
    await write();
    return 1;
  }

  private async userFile(id: string): Promise<UserFile | null> {
    const [row] = await this.given.database.query<{ file: UserFile }[]>(
      `SELECT jsonb_build_object('id', u.id, 'username', u.username, 'display_name', u.display_name, 'email', u.email,
         'is_admin', u.is_admin, 'created_at', u.created_at, 'identities', coalesce((
           SELECT jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject) ORDER BY i.issuer, i.subject)
           FROM identities i WHERE i.user_id = u.id), '[]')) AS file
       FROM users u WHERE u.id = $1`,
      [id],
    );
    return row?.file ?? null;
  }

  private async wikiFile(id: string): Promise<WikiFile | null> {
    const [row] = await this.given.database.query<{ file: WikiFile }[]>(
      `SELECT jsonb_build_object('id', w.id, 'owner', u.username, 'slug', w.slug, 'custom_slug', n.name, 'name', w.name,
         'purpose', w.purpose, 'visibility', w.visibility, 'plan', w.plan, 'payment_status', w.payment_status,
         'state', w.state, 'deleted_at', w.deleted_at, 'created_at', w.created_at, 'grants', coalesce((
           SELECT jsonb_agg(jsonb_build_object('username', gu.username, 'role', g.role, 'granted_by', gb.username,
             'granted_at', g.granted_at) ORDER BY gu.username)
           FROM grants g JOIN users gu ON gu.id = g.user_id LEFT JOIN users gb ON gb.id = g.granted_by
           WHERE g.wiki_id = w.id), '[]')) AS file
       FROM wikis w JOIN users u ON u.id = w.owner_id
       LEFT JOIN names n ON n.wiki_id = w.id AND n.kind = 'wiki' AND n.released_at IS NULL
       WHERE w.id = $1 AND w.state <> 'creating'`,
      [id],
    );
    return row?.file ?? null;
  }
}

const isId = (name: string): boolean => /^[0-9a-f-]{36}$/.test(name);

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

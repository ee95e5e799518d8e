import type { DataSource, EntityManager } from 'typeorm';
import { readJson } from './mirror-file.js';
import type { UserFile, WikiFile } from './mirror-shapes.js';

/** What came back, and what could not. */
export interface Reconstructed {
  users: number;
  wikis: number;
  grants: number;
  problems: string[];
}

/** Rebuilds accounts, wikis and roles from the files beside the repositories. What is there already stays as it is. */
export class Reconstruction {
  private readonly result: Reconstructed = { users: 0, wikis: 0, grants: 0, problems: [] };

  constructor(private readonly database: DataSource) {}

  async run(files: { users: string[]; wikis: string[] }): Promise<Reconstructed> {
    for (const file of files.users) await this.each(file, (manager, value) => this.user(manager, value as UserFile));
    for (const file of files.wikis) await this.each(file, (manager, value) => this.wiki(manager, value as WikiFile));
    return this.result;
  }

  /** One damaged file must not keep the others from coming back. */
  private async each(file: string, work: (manager: EntityManager, value: unknown) => Promise<void>): Promise<void> {
    try {
      const value = await readJson(file);
      await this.database.transaction((manager) => work(manager, value));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.result.problems.push(`${file.split('/').slice(-2).join('/')}: ${reason}`);
    }
  }

  private async user(manager: EntityManager, file: UserFile): Promise<void> {
    const { id, username, display_name: displayName, email, is_admin: isAdmin, created_at: createdAt } = file;
    await manager.query(`INSERT INTO names (name, kind, user_id) VALUES ($1, 'user', $2) ON CONFLICT DO NOTHING`, [
      username,
      id,
    ]);
    const made = await manager.query<unknown[]>(
      `INSERT INTO users (id, username, display_name, email, is_admin, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING id`,
      [id, username, displayName, email, isAdmin, createdAt],
    );
    for (const { issuer, subject } of file.identities) {
      await manager.query(
        'INSERT INTO identities (issuer, subject, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [issuer, subject, id],
      );
    }
    this.result.users += made.length;
  }

  private async wiki(manager: EntityManager, file: WikiFile): Promise<void> {
    const made = await manager.query<unknown[]>(
      `INSERT INTO wikis (id, owner_id, slug, name, purpose, visibility, plan, payment_status, state, deleted_at, created_at)
       SELECT $1, u.id, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM users u WHERE u.username = $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        ...[file.id, file.owner, file.slug, file.name, file.purpose, file.visibility, file.plan, file.payment_status],
        ...[file.state, file.deleted_at, file.created_at],
      ],
    );
    const [wiki] = await manager.query<unknown[]>('SELECT 1 FROM wikis WHERE id = $1', [file.id]);
    if (wiki === undefined) throw new Error(`its owner ${file.owner} is missing, or the slug is taken`);
    this.result.wikis += made.length;
    await this.customSlug(manager, file);
    for (const grant of file.grants) await this.grant(manager, file, grant);
  }

  private async customSlug(manager: EntityManager, { id, owner, custom_slug: slug }: WikiFile): Promise<void> {
    if (slug === null) return;
    await manager.query(
      `INSERT INTO names (name, kind, user_id, wiki_id) SELECT $1, 'wiki', u.id, $2 FROM users u WHERE u.username = $3
       ON CONFLICT DO NOTHING`,
      [slug, id, owner],
    );
  }

  private async grant(manager: EntityManager, file: WikiFile, grant: WikiFile['grants'][number]): Promise<void> {
    const made = await manager.query<unknown[]>(
      `INSERT INTO grants (wiki_id, user_id, role, granted_by, granted_at)
       SELECT $1, u.id, $3, giver.id, $5 FROM users u LEFT JOIN users giver ON giver.username = $4 WHERE u.username = $2
       ON CONFLICT DO NOTHING RETURNING wiki_id`,
      [file.id, grant.username, grant.role, grant.granted_by, grant.granted_at],
    );
    this.result.grants += made.length;
  }
}

import { randomUUID } from 'node:crypto';
import type { AccountAccess, UserId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { ImportJobs } from './import-jobs.js';
import { importColumns, importStarted, type ImportRecord, type ImportWanted } from './import-rows.js';
import { importRefused } from './import-refusal.js';
import { WikiError } from './wiki-errors.js';

/** An import that begins. */
export interface NewImport {
  id?: string;
  kind: ImportRecord['kind'];
  source: string;
  wanted?: ImportWanted;
}

type Account = AccountAccess<'wiki.create'>;

/** So many imports of one person may wait or run at a time: each may hold an upload. */
const mostOpen = 5;
const keptHours = 24;
const mostListed = 20;

/** The imports that people began in the browser. Each is seen by whoever began it and by nobody else. */
export class ImportRecords extends ImportJobs {
  private wake: (id: string) => void = () => {};

  constructor(given: { database: DataSource }) {
    super(given.database);
  }

  /** Who is told of an import that waits for its job. */
  onWaiting(wake: (id: string) => void): void {
    this.wake = wake;
  }

  /** Refuses somebody who has too many imports open already. */
  async requireRoom({ actor }: Account): Promise<void> {
    const sql = `SELECT count(*)::int AS open FROM imports WHERE user_id = $1 AND state <> 'done'`;
    const [row] = await this.database.query<{ open: number }[]>(sql, [actor.userId]);
    if ((row?.open ?? 0) < mostOpen) return;
    throw importRefused([`You have ${mostOpen} imports that are not finished. Finish or discard one of them first.`]);
  }

  /** Begins an import. Of an address it waits until it is fetched; the demo has nothing to look at first. */
  async begin(access: Account, { id = randomUUID(), kind, source, wanted }: NewImport): Promise<ImportRecord> {
    await this.requireRoom(access);
    const state = { upload: 'looking', url: 'fetching', demo: 'running' }[kind];
    const [row] = await this.database.query<ImportRecord[]>(
      `INSERT INTO imports (id, user_id, kind, source, state, wanted, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + interval '${keptHours} hours') RETURNING ${importColumns}`,
      [id, access.actor.userId, kind, shown(source), state, json(wanted)],
    );
    if (row === undefined) throw importNotFound();
    if (state !== 'fetching') this.wake(id);
    return row;
  }

  /** One of one's own imports. Throws `import-not-found`. */
  async read({ actor }: Account, id: string): Promise<ImportRecord> {
    const sql = `SELECT ${importColumns} FROM imports WHERE id = $1 AND user_id = $2`;
    const [row] = uuid.test(id) ? await this.database.query<ImportRecord[]>(sql, [id, actor.userId]) : [];
    if (row === undefined) throw importNotFound();
    return row;
  }

  /** One's own imports, the newest first. */
  async list({ actor }: Account): Promise<ImportRecord[]> {
    const sql = `SELECT ${importColumns} FROM imports WHERE user_id = $1 ORDER BY created_at DESC LIMIT ${mostListed}`;
    return this.database.query(sql, [actor.userId]);
  }

  /** Asks for the wiki, once it was looked at. */
  async start(access: Account, id: string, wanted: ImportWanted): Promise<void> {
    await this.read(access, id);
    const [, count] = await this.database.query<[unknown, number]>(importStarted, [id, json(wanted)]);
    // Sent twice, it runs once.
    if (count > 0) this.wake(id);
  }

  /** Tries again what failed before it was looked at to its end. */
  async again(access: Account, id: string): Promise<void> {
    const { kind } = await this.read(access, id);
    const state = kind === 'demo' ? 'running' : 'looking';
    const [, count] = await this.database.query<[unknown, number]>(
      `UPDATE imports SET state = $2, fault = NULL, progress = NULL, attempts = 0, updated_at = now()
       WHERE id = $1 AND state = 'failed' AND report IS NULL AND kind <> 'url'`,
      [id, state],
    );
    if (count > 0) this.wake(id);
  }

  /** Forgets an import nobody works on; the wiki of one that is done stays. */
  async discard(access: Account, id: string): Promise<void> {
    const { state } = await this.read(access, id);
    const isBusy = state === 'fetching' || state === 'looking' || state === 'running';
    if (isBusy) throw importRefused(['It is being worked on. Wait until that has ended.']);
    await this.database.query('DELETE FROM imports WHERE id = $1 AND state = $2', [id, state]);
  }

  /** Forgets the imports of somebody who is no more; what they uploaded goes with the next sweep. */
  async dropAll(user: UserId): Promise<void> {
    await this.database.query('DELETE FROM imports WHERE user_id = $1', [user]);
  }

  /** It was fetched, and can be looked at. */
  async fetched(id: string): Promise<void> {
    const sql = `UPDATE imports SET state = 'looking', progress = NULL, updated_at = now() WHERE id = $1 AND state = 'fetching'`;
    await this.database.query(sql, [id]);
  }

  /** Asks for the job of an import that waits for one. */
  call(id: string): void {
    this.wake(id);
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
/** What people and programs call a file may hold what the database cannot. */
const shown = (source: string): string =>
  source
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\uFFFD')
    .slice(0, 500);

const importNotFound = () => new WikiError('import-not-found', 'There is no such import.');

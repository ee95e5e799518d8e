import type { WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import type { ImportReport } from './import-report.js';
import { importColumns, type ImportFault, type ImportRecord } from './import-rows.js';
import type { ImportProgress } from './import-wiki.js';

/** What brought a process down so often is not tried once more. */
const mostAttempts = 3;

/** Imports as those who work on them see them: in a process that holds the lock of the one it works on. */
export class ImportJobs {
  constructor(protected readonly database: DataSource) {}

  /** Takes up an import that waits, or that a process left behind; null when there is nothing to do. */
  async takeUp(id: string): Promise<ImportRecord | null> {
    const [rows] = await this.database.query<[ImportRecord[], number]>(
      `UPDATE imports SET attempts = attempts + 1, updated_at = now()
       WHERE id = $1 AND state IN ('looking', 'running') RETURNING ${importColumns}`,
      [id],
    );
    const [record = null] = rows;
    if (record === null || record.attempts <= mostAttempts) return record;
    await this.failed(id, { code: 'interrupted', detail: 'It was interrupted several times and has been given up.' });
    return null;
  }

  /** Leaves an import to whoever takes it up next: it was not its fault. */
  async putBack(id: string): Promise<void> {
    await this.set(id, 'attempts = greatest(attempts - 1, 0)');
  }

  async progress(id: string, progress: ImportProgress): Promise<void> {
    await this.set(id, 'progress = $2', JSON.stringify(progress));
  }

  /** Notes the wiki that is being made, so that whoever takes the import up again can clear it away first. */
  async making(id: string, wiki: WikiId | null): Promise<void> {
    await this.set(id, 'wiki = $2', wiki);
  }

  async looked(id: string, report: ImportReport): Promise<void> {
    await this.set(id, `state = 'looked', progress = NULL, attempts = 0, report = $2`, JSON.stringify(report));
  }

  async done(id: string, report: ImportReport | null): Promise<void> {
    const set = `state = 'done', progress = NULL, fault = NULL, expires_at = NULL, report = coalesce($2, report)`;
    await this.set(id, set, report === null ? null : JSON.stringify(report));
  }

  async failed(id: string, fault: ImportFault): Promise<void> {
    await this.set(id, `state = 'failed', progress = NULL, fault = $2`, JSON.stringify(fault));
  }

  /** Those that wait for a job, or that nobody works on any more. */
  async waiting(state: 'fetching' | 'looking' | 'running'): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>('SELECT id FROM imports WHERE state = $1', [state]);
    return rows.map(({ id }) => id);
  }

  /** The wikis that are being made of imports: half-made ones are cleared away by whoever takes the import up again. */
  async makings(): Promise<Set<WikiId>> {
    const sql = `SELECT wiki FROM imports WHERE state = 'running' AND wiki IS NOT NULL`;
    return new Set((await this.database.query<{ wiki: WikiId }[]>(sql)).map(({ wiki }) => wiki));
  }

  /** A fetch whose process is gone, or that its end stopped. */
  async fetchLost(id: string): Promise<void> {
    const fault = {
      code: 'interrupted',
      detail: 'The server was stopped while it fetched the repository. Begin again.',
    };
    const sql = `UPDATE imports SET state = 'failed', progress = NULL, fault = $2 WHERE id = $1 AND state = 'fetching'`;
    await this.database.query(sql, [id, JSON.stringify(fault)]);
  }

  /** Those that were not finished in time, which nobody works on. */
  async expired(now: Date): Promise<string[]> {
    const sql = `SELECT id FROM imports WHERE expires_at < $1 AND state NOT IN ('fetching', 'looking', 'running', 'done')`;
    return (await this.database.query<{ id: string }[]>(sql, [now])).map(({ id }) => id);
  }

  /** Whether an import needs what was uploaded for it. */
  async needsUpload(id: string): Promise<boolean> {
    const sql = `SELECT 1 FROM imports WHERE id = $1 AND state <> 'done'`;
    return (await this.database.query<unknown[]>(sql, [id])).length > 0;
  }

  async forget(id: string): Promise<void> {
    await this.database.query('DELETE FROM imports WHERE id = $1', [id]);
  }

  private async set(id: string, set: string, value?: unknown): Promise<void> {
    const sql = `UPDATE imports SET ${set}, updated_at = now() WHERE id = $1`;
    await this.database.query(sql, value === undefined ? [id] : [id, value]);
  }
}

import type { UserId, WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';

/** Whoever comes back within this time has not been away. */
const awayMs = 30 * 60_000;

/** Up to which change somebody had seen each of their wikis when they were here the time before. */
export interface LastVisit {
  at: Date;
  seen: ReadonlyMap<WikiId, number>;
}

interface Row {
  looked_before: Date | null;
  seen_before: Record<WikiId, number> | null;
}

/*
 * What was seen at the last look of a visit is what one is told the changes since, all through the next visit: not since
 * the page was loaded a minute ago. What happened is counted and not timed, for commits bring times of their own.
 */
const look = `
  INSERT INTO visits AS v (user_id, looked_at, seen) VALUES ($1, $2, $3)
  ON CONFLICT (user_id) DO UPDATE SET
    looked_before = CASE WHEN v.looked_at < $4 THEN v.looked_at ELSE v.looked_before END,
    seen_before = CASE WHEN v.looked_at < $4 THEN v.seen ELSE v.seen_before END,
    looked_at = greatest(v.looked_at, excluded.looked_at), seen = excluded.seen
  RETURNING looked_before, seen_before`;

/** When people looked at what changed, and how far that had come. */
export class Visits {
  constructor(private readonly given: { database: DataSource; onError?: (error: unknown) => void }) {}

  /** Somebody looks now, and sees all up to these changes; what they had seen when they were here before, if ever. */
  async look(user: UserId, newest: ReadonlyMap<WikiId, number>, now = new Date()): Promise<LastVisit | null> {
    const parameters = [user, now, JSON.stringify(Object.fromEntries(newest)), new Date(now.getTime() - awayMs)];
    try {
      const [row] = await this.given.database.query<Row[]>(look, parameters);
      if (row?.looked_before == null || row.seen_before === null) return null;
      return { at: row.looked_before, seen: new Map(Object.entries(row.seen_before)) };
    } catch (error) {
      // Where nothing can be written one still wants to read.
      this.given.onError?.(error);
      return null;
    }
  }

  /** Forgets the visits of somebody who is no more. */
  async dropAll(user: UserId): Promise<void> {
    await this.given.database.query('DELETE FROM visits WHERE user_id = $1', [user]);
  }
}

import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import type { Actor } from './actor.js';
import { rowsOf } from './rows.js';
import type { WikiRef } from './wiki-ref.js';

const columns = { tokens: 'last_used', wikis: 'last_accessed', sessions: 'last_seen' } as const;

type Table = keyof typeof columns;

const mostKnown = 10_000;

/** Where and how often it is written down; `onError` is told when that fails, which loses nothing else. */
export interface UsageOptions {
  database: DataSource;
  everyMs?: number;
  /** How soon a token is written down that this process has not seen before: somebody may wait for its first call. */
  soonMs?: number;
  onError?: (error: unknown) => void;
}

/** Remembers when tokens and sessions were used and wikis visited, and writes it down in batches, off the way of requests. */
export class Usage {
  private readonly database: DataSource;
  private readonly everyMs: number;
  private readonly soonMs: number;
  private readonly onError: (error: unknown) => void;
  private seen = nothingSeen();
  private readonly known = new LRUCache<string, true>({ max: mostKnown });
  private timer: { due: number; handle: NodeJS.Timeout } | null = null;
  private closed = false;

  constructor({ database, everyMs = 15_000, soonMs = 200, onError = () => {} }: UsageOptions) {
    this.database = database;
    this.everyMs = everyMs;
    this.soonMs = soonMs;
    this.onError = onError;
  }

  /** Someone just did something, perhaps on a wiki. What the system does is no visit. */
  saw(actor: Actor, wiki?: WikiRef): void {
    if (actor.kind === 'system' || this.closed) return;
    const now = new Date();
    const isNew = actor.token !== null && !this.known.has(actor.token.id);
    if (actor.token !== null) this.seen.tokens.set(actor.token.id, now);
    if (actor.token !== null) this.known.set(actor.token.id, true);
    if (wiki !== undefined) this.seen.wikis.set(wiki.id, now);
    if (actor.session !== undefined) this.seen.sessions.set(actor.session, now);
    if (Object.values(this.seen).some(({ size }) => size > 0)) this.schedule(isNew ? this.soonMs : this.everyMs);
  }

  /** Writes down what was seen since the last time. */
  async flush(): Promise<void> {
    const { tokens, wikis, sessions } = this.seen;
    this.seen = nothingSeen();
    await this.write('tokens', tokens);
    await this.write('sessions', sessions);
    await this.writeParents(sessions);
    await this.write('wikis', wikis);
  }

  /** Writes down the rest; a database that is gone by now loses no more than some seconds of "last used". */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer.handle);
    await this.flush().catch(this.onError);
  }

  private schedule(afterMs: number): void {
    const due = performance.now() + afterMs;
    if (this.timer !== null && this.timer.due <= due) return;
    if (this.timer !== null) clearTimeout(this.timer.handle);
    const write = () => {
      this.timer = null;
      this.flush().catch(this.onError);
    };
    this.timer = { due, handle: setTimeout(write, afterMs).unref() };
  }

  private async write(table: Table, seen: ReadonlyMap<string, Date>): Promise<void> {
    if (seen.size === 0) return;
    const column = columns[table];
    // Locked in one order, or two processes could wait for each other.
    const sql = `
      WITH seen AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) AS s (id, at)),
        held AS (SELECT id FROM ${table} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE)
      UPDATE ${table} t SET ${column} = greatest(t.${column}, s.at) FROM seen s JOIN held USING (id) WHERE t.id = s.id`;
    await rowsOf(this.database, sql, [[...seen.keys()], [...seen.values()]]);
  }

  private async writeParents(seen: ReadonlyMap<string, Date>): Promise<void> {
    if (seen.size > 0) await rowsOf(this.database, parentsSeen, [[...seen.keys()]]);
  }
}

// A session on the host of a wiki keeps that of the platform alive, with which it would end.
const parentsSeen = `
  WITH seen AS (
      SELECT parent AS id, max(last_seen) AS at FROM sessions WHERE id = ANY($1) AND parent IS NOT NULL GROUP BY parent),
    held AS (SELECT id FROM sessions WHERE id IN (SELECT id FROM seen) ORDER BY id FOR NO KEY UPDATE)
  UPDATE sessions t SET last_seen = greatest(t.last_seen, s.at) FROM seen s JOIN held USING (id) WHERE t.id = s.id`;

const nothingSeen = (): Record<Table, Map<string, Date>> => ({
  ...{ tokens: new Map(), wikis: new Map(), sessions: new Map() },
});

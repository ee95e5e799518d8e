import type { DataSource } from 'typeorm';
import type { Actor } from './actor.js';
import type { WikiId, WikiRef } from './wiki-ref.js';

interface Given {
  database: DataSource;
  /** How often what was gathered is written, in milliseconds. */
  everyMs?: number;
  onError?: (error: unknown) => void;
}

/** Gathers when tokens were last used and wikis last visited, and writes it in batches, off the way of requests. */
export class Usage {
  private tokens = new Map<string, Date>();
  private wikis = new Map<WikiId, Date>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly given: Given) {
    this.timer = setInterval(
      () => void this.flush().catch((error: unknown) => given.onError?.(error)),
      given.everyMs ?? 15_000,
    );
    this.timer.unref();
  }

  /** Notes that somebody was here. */
  saw(actor: Actor, wiki?: WikiRef): void {
    const now = new Date();
    if (actor.token !== null) this.tokens.set(actor.token.id, now);
    if (wiki !== undefined) this.wikis.set(wiki.id, now);
  }

  /** Writes what was gathered. */
  async flush(): Promise<void> {
    const [tokens, wikis] = [this.tokens, this.wikis];
    this.tokens = new Map();
    this.wikis = new Map();
    await this.write('tokens', 'last_used', tokens);
    await this.write('wikis', 'last_accessed', wikis);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    // Whoever stops is not kept from it by a database that is gone.
    await this.flush().catch((error: unknown) => this.given.onError?.(error));
  }

  private async write(table: 'tokens' | 'wikis', column: string, seen: Map<string, Date>): Promise<void> {
    if (seen.size === 0) return;
    await this.given.database.query(
      `UPDATE ${table} SET ${column} = seen.at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS seen (id, at)
       WHERE ${table}.id = seen.id AND (${table}.${column} IS NULL OR ${table}.${column} < seen.at)`,
      [[...seen.keys()], [...seen.values()]],
    );
  }
}

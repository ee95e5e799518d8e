import { createHash } from 'node:crypto';
import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { WikiError } from './wiki-errors.js';

interface Asked {
  key: string | undefined;
  /** Everything that makes the write what it is. */
  request: unknown;
}

const hourMs = 3_600_000;
const day = `interval '24 hours'`;

/**
 * Lets a write with an Idempotency-Key happen once. The truth is the trailer of the commit; the table knows the
 * answer that was given and what was asked, and a row is claimed before the write so that a crash leaves a trace.
 */
export class Idempotency {
  private readonly inFlight = new Map<string, Promise<unknown>>();
  private sweptAt = 0;

  constructor(private readonly database: DataSource) {}

  /** Runs the work with the hash of the key, or answers what it answered before. */
  async once<T>(access: Access, { key, request }: Asked, work: (hash: string | undefined) => Promise<T>): Promise<T> {
    if (key === undefined) return work(undefined);
    const { id: wiki } = access.wiki;
    const hash = sha256(`${access.actor.userId ?? ''}\n${wiki}\n${key}`);
    while (this.inFlight.has(hash)) await this.inFlight.get(hash)?.catch(() => {});
    const running = this.claimed({ wiki, hash, request: sha256(JSON.stringify(request)) }, () => work(hash));
    this.inFlight.set(hash, running);
    try {
      return await running;
    } finally {
      this.inFlight.delete(hash);
    }
  }

  private async claimed<T>(claim: { wiki: string; hash: string; request: string }, work: () => Promise<T>): Promise<T> {
    const known = await this.claim(claim);
    if (known !== null) return JSON.parse(known) as T;
    try {
      const answer = await work();
      await this.settle('UPDATE idempotency_keys SET answer = $3 WHERE wiki = $1 AND key_hash = $2', claim, [
        JSON.stringify(answer),
      ]);
      return answer;
    } catch (error) {
      // What was refused may be tried again under the same key, mended.
      await this.settle('DELETE FROM idempotency_keys WHERE wiki = $1 AND key_hash = $2 AND answer IS NULL', claim);
      throw error;
    }
  }

  /** Takes the key for this request; gives the answer of a request that was done before. */
  private async claim({
    wiki,
    hash,
    request,
  }: {
    wiki: string;
    hash: string;
    request: string;
  }): Promise<string | null> {
    await this.sweep();
    const taken = await this.rows(
      `INSERT INTO idempotency_keys (wiki, key_hash, request_hash) VALUES ($1, $2, $3)
       ON CONFLICT (wiki, key_hash) DO UPDATE SET request_hash = $3, answer = NULL, created_at = now()
       WHERE idempotency_keys.created_at < now() - ${day} RETURNING request_hash, answer`,
      [wiki, hash, request],
    );
    const known = await this.rows(
      'SELECT request_hash, answer FROM idempotency_keys WHERE wiki = $1 AND key_hash = $2',
      [wiki, hash],
    );
    const [row] = taken.length > 0 ? taken : known;
    if (row === undefined || row.request_hash === request) return row?.answer ?? null;
    throw new WikiError(
      'idempotency-mismatch',
      'This Idempotency-Key was used for another request within the last 24 hours. Use a new key for a new request.',
    );
  }

  private rows(sql: string, values: unknown[]): Promise<{ request_hash: string; answer: string | null }[]> {
    return this.database.query(sql, values);
  }

  /** The write is done or refused whatever the table says; the trailer remembers what it does not. */
  private async settle(
    sql: string,
    { wiki, hash }: { wiki: string; hash: string },
    more: string[] = [],
  ): Promise<void> {
    await this.database.query(sql, [wiki, hash, ...more]).catch(() => {});
  }

  private async sweep(): Promise<void> {
    if (Date.now() - this.sweptAt < hourMs) return;
    this.sweptAt = Date.now();
    await this.database.query(`DELETE FROM idempotency_keys WHERE created_at < now() - ${day}`);
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

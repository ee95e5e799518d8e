import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { AclError } from './acl-errors.js';
import { rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';
import type { UserId } from './wiki-ref.js';

/** For whom a challenge is: the browser that asked for it, and the person who adds a passkey; null for whoever signs in. */
export interface Challenged {
  browser: string;
  userId: UserId | null;
}

const minutes = 10;
/** A browser has a page open in so many tabs at once; what it asked for before those is forgotten. */
const most = 10;

const kept = `
  DELETE FROM passkey_challenges WHERE expires_at <= now() OR sha256 IN (
    SELECT sha256 FROM passkey_challenges WHERE browser = $1 ORDER BY expires_at DESC OFFSET ${most - 1})`;
const insert = `
  INSERT INTO passkey_challenges (sha256, browser, user_id, expires_at)
  VALUES ($1, $2, $3, now() + interval '${minutes} minutes')`;
const take = `
  DELETE FROM passkey_challenges WHERE sha256 = $1
  RETURNING browser, user_id AS "userId", expires_at > now() AS "isFresh"`;

/** What authenticators sign: random, good once, for one browser and a few minutes. */
export class PasskeyChallenges {
  constructor(private readonly database: DataSource) {}

  async make({ browser, userId }: Challenged): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = new Uint8Array(randomBytes(32));
    await rowsOf(this.database, kept, [hashSecret(browser)]);
    await rowsOf(this.database, insert, [hashSecret(base64url(challenge)), hashSecret(browser), userId]);
    return challenge;
  }

  /** Uses up the challenge that an answer was made for, and refuses one that was not made for this browser and person. */
  async take(challenge: string, { browser, userId }: Challenged): Promise<void> {
    const row = await rowOf<{ browser: string; userId: UserId | null; isFresh: boolean }>(this.database, take, [
      hashSecret(challenge),
    ]);
    if (row?.isFresh === true && row.browser === hashSecret(browser) && row.userId === userId) return;
    throw new AclError('passkey-not-valid', 'That took too long, or was sent twice. Try again.');
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

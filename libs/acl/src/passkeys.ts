import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { DataSource } from 'typeorm';
import type { AccountAccess } from './access.js';
import { AclError } from './acl-errors.js';
import { parseDisplayName } from './names.js';
import { algorithms, passkeyFailed, readAnswer, type RelyingParty, verified } from './passkey-answers.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { rowOf, rowsOf } from './rows.js';
import { ownSession, requireProof } from './session-proof.js';
import { inOurWords } from './violations.js';
import type { UserId } from './wiki-ref.js';

export type { RelyingParty } from './passkey-answers.js';

/** A passkey as the person whose it is sees it. */
export interface PasskeyRow {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

interface StoredPasskey {
  id: string;
  userId: UserId;
  username: string;
  publicKey: Buffer;
  counter: string;
  isSuspended: boolean;
}

const mostPasskeys = 25;
const columns = 'id, name, created_at AS "createdAt", last_used AS "lastUsedAt"';
const insert = `
  INSERT INTO passkeys (id, user_id, name, public_key, counter, transports) VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING ${columns}`;
const byId = `
  SELECT p.id, p.user_id AS "userId", u.username, p.public_key AS "publicKey", p.counter,
    u.suspended_at IS NOT NULL AS "isSuspended"
  FROM passkeys p JOIN users u ON u.id = p.user_id WHERE p.id = $1`;
// Of two answers that were made at the same count, one comes too late.
const used = `
  UPDATE passkeys SET counter = $2, last_used = now() WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))
  RETURNING id`;
const otherWays = `
  SELECT password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM identities WHERE user_id = $1)
    OR EXISTS (SELECT 1 FROM passkeys WHERE user_id = $1 AND id <> $2) AS "areThere"
  FROM users WHERE id = $1`;

/** Signing in with what a device or a password manager keeps, instead of a password. */
export class Passkeys {
  private readonly database: DataSource;
  private readonly party: RelyingParty;
  private readonly challenges: PasskeyChallenges;

  constructor({ database, party }: { database: DataSource; party: RelyingParty }) {
    this.database = database;
    this.party = party;
    this.challenges = new PasskeyChallenges(database);
  }

  /** One's own passkeys, the oldest first. */
  list({ actor }: AccountAccess<'account.read'>): Promise<PasskeyRow[]> {
    const sql = `SELECT ${columns} FROM passkeys WHERE user_id = $1 ORDER BY created_at, id`;
    return rowsOf<PasskeyRow>(this.database, sql, [actor.userId]);
  }

  /** What an authenticator is asked for a new passkey of this person. */
  async registration(
    { actor }: AccountAccess<'account.write'>,
    browser: string,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    await requireProof(this.database, actor);
    const sql = 'SELECT id, transports FROM passkeys WHERE user_id = $1';
    const known = await rowsOf<{ id: string; transports: string[] }>(this.database, sql, [actor.userId]);
    if (known.length >= mostPasskeys) throw tooMany();
    const challenge = await this.challenges.make({ browser, userId: actor.userId });
    const { generateRegistrationOptions } = await import('@simplewebauthn/server');
    return generateRegistrationOptions({
      ...{ rpID: this.party.id, rpName: this.party.name, challenge, excludeCredentials: known },
      userID: new Uint8Array(handleOf(actor.userId)),
      userName: actor.username,
      userDisplayName: actor.displayName,
      supportedAlgorithmIDs: algorithms,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Keeps the passkey that an authenticator made. */
  async add(
    { actor }: AccountAccess<'account.write'>,
    { name, answer: given, browser }: { name: string; answer: unknown; browser: string },
  ): Promise<PasskeyRow> {
    await requireProof(this.database, actor);
    const shown = parseDisplayName(name, 'The name of a passkey');
    const { answer, challenge } = readAnswer(given);
    await this.challenges.take(challenge, { browser, userId: actor.userId });
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { registrationInfo } = await verified(() =>
      verifyRegistrationResponse({
        ...this.expected(challenge),
        response: answer,
        supportedAlgorithmIDs: algorithms,
      }),
    );
    if (registrationInfo === undefined) throw passkeyFailed();
    const { id, publicKey, counter } = registrationInfo.credential;
    const transports = transportsOf(answer.response.transports);
    const row = await inOurWords(() =>
      rowOf<PasskeyRow>(this.database, insert, [
        ...[id, actor.userId, shown, Buffer.from(publicKey), counter, transports],
      ]),
    );
    if (row === null) throw new Error('No passkey was kept.');
    return row;
  }

  /** Calls a passkey something else. */
  async rename({ actor }: AccountAccess<'account.write'>, id: string, name: string): Promise<void> {
    ownSession(actor);
    const shown = parseDisplayName(name, 'The name of a passkey');
    const sql = 'UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING id';
    const row = await rowOf(this.database, sql, [named(id), actor.userId, shown]);
    if (row === null) throw notFound();
  }

  /** Removes a passkey, unless nothing would be left to sign in with. */
  async remove({ actor }: AccountAccess<'account.write'>, id: string): Promise<void> {
    await requireProof(this.database, actor);
    await this.database.transaction(async (manager) => {
      // Held before anything is counted: of two who remove the last two at once, one has to see that the other did.
      await rowsOf(manager, 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [actor.userId]);
      const others = await rowOf<{ areThere: boolean }>(manager, otherWays, [actor.userId, named(id)]);
      const sql = 'DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING id';
      if ((await rowOf(manager, sql, [named(id), actor.userId])) === null) throw notFound();
      if (others?.areThere !== true) {
        const message = 'This passkey is the only way to sign in to your account, so it stays.';
        throw new AclError('last-way-in', message);
      }
    });
  }

  /** What an authenticator is asked of whoever signs in; which person it is, is in its answer. */
  async assertion(browser: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const challenge = await this.challenges.make({ browser, userId: null });
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
    return generateAuthenticationOptions({ rpID: this.party.id, challenge, userVerification: 'required' });
  }

  /** Whom the answer of an authenticator proves to sit at the browser. */
  async signIn(given: unknown, browser: string): Promise<{ userId: UserId; username: string }> {
    const { answer, challenge } = readAnswer(given);
    await this.challenges.take(challenge, { browser, userId: null });
    const row = await rowOf<StoredPasskey>(this.database, byId, [named(answer.id)]);
    if (row === null || row.isSuspended) throw passkeyFailed();
    if (answer.response.userHandle !== handleOf(row.userId).toString('base64url')) throw passkeyFailed();
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { authenticationInfo } = await verified(() =>
      verifyAuthenticationResponse({
        ...this.expected(challenge),
        response: answer,
        credential: { id: row.id, publicKey: new Uint8Array(row.publicKey), counter: Number(row.counter) },
      }),
    );
    const isFirst = await rowOf(this.database, used, [row.id, authenticationInfo.newCounter]);
    if (isFirst === null) throw passkeyFailed();
    return { userId: row.userId, username: row.username };
  }

  private expected(challenge: string) {
    return {
      expectedChallenge: challenge,
      expectedOrigin: this.party.origin,
      expectedRPID: this.party.id,
      requireUserVerification: true,
    };
  }
}

/** By which authenticators know a person: the bytes of the id, which says nothing of them. */
const handleOf = (user: UserId): Buffer => Buffer.from(user.replaceAll('-', ''), 'hex');

// PostgreSQL takes no NUL; no passkey has one in its id.
const named = (id: string): string => id.replaceAll('\0', '');

const transportsOf = (given: unknown): string[] =>
  Array.isArray(given)
    ? given
        .filter((one) => /^[a-z-]{1,20}$/.test(String(one)))
        .slice(0, 8)
        .map(String)
    : [];

const notFound = () => new AclError('passkey-not-found', 'You have no such passkey; it may have been removed.');

const tooMany = () =>
  new AclError('limit-reached', `An account has at most ${mostPasskeys} passkeys. Remove one first.`, {
    limit: 'passkeys',
  });

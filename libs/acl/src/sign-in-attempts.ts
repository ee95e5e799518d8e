import type { DataSource } from 'typeorm';
import { AclError } from './acl-errors.js';
import { type Counter, countUp, network } from './counts.js';
import { rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';

/** Who tries to sign in as whom. */
export interface Attempt {
  /** The username or e-mail address that was given. */
  login: string;
  /** Where the request came from. */
  address: string;
  /** The secret by which the browser is known; null when it has none. */
  browser: string | null;
}

const minutes = 15;
/** So many failures in that time are let through, from strangers, a known browser, and an address. */
const most = { stranger: 10, known: 20, address: 60 } as const;
const browserDays = 365;

/**
 * Counts failed sign-ins, in the database, since there may be many servers; before they are made, since there may be
 * many at once. Strangers who guess cannot lock out the rightful person: a browser in which the account was signed in
 * before is counted by itself.
 */
export class SignInAttempts {
  constructor(private readonly database: DataSource) {}

  /** Counts an attempt as failed and lets it through, or refuses it with the seconds until the next one is; says nothing of whether the account exists. */
  async begin(attempt: Attempt): Promise<void> {
    const keys = await this.keysOf(attempt);
    const full = await countUp(this.database, keys, minutes);
    if (full.size === 0) return;
    const seconds = Math.max(...full.values());
    const message = `Too many failed attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`;
    throw new AclError('too-many-failures', message, { retry_after: seconds });
  }

  /** Forgets the failures of whoever has succeeded, of those of the address this one, and knows the browser from now on. */
  async succeeded(attempt: Attempt): Promise<void> {
    const [own, address] = await this.keysOf(attempt);
    await rowsOf(this.database, 'DELETE FROM sign_in_failures WHERE key = $1', [own.key]);
    await rowsOf(this.database, 'UPDATE sign_in_failures SET failures = failures - 1 WHERE key = $1', [address.key]);
    if (attempt.browser === null) return;
    const sql = `INSERT INTO known_browsers (account, sha256) VALUES ($1, $2)
      ON CONFLICT (account, sha256) DO UPDATE SET last_used = now()`;
    await rowsOf(this.database, sql, [accountOf(attempt), hashSecret(attempt.browser)]);
    await rowsOf(this.database, `DELETE FROM known_browsers WHERE last_used < now() - interval '${browserDays} days'`);
  }

  private async keysOf(attempt: Attempt): Promise<[own: Counter, address: Counter]> {
    const account = accountOf(attempt);
    const sql = 'SELECT 1 FROM known_browsers WHERE account = $1 AND sha256 = $2';
    const isKnown =
      attempt.browser !== null && (await rowOf(this.database, sql, [account, hashSecret(attempt.browser)])) !== null;
    return [
      isKnown ? { key: `known ${account}`, most: most.known } : { key: `stranger ${account}`, most: most.stranger },
      { key: `address ${network(attempt.address)}`, most: most.address },
    ];
  }
}

/** Hashed: what people type into the wrong field may be a password. */
const accountOf = ({ login }: Attempt): string => hashSecret(login.trim().toLowerCase());

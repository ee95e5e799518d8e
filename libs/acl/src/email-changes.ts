import type { DataSource } from 'typeorm';
import type { AccountAccess } from './access.js';
import { readLink, takeLink, withdrawLinks } from './account-links.js';
import { AclError, fieldsRefused, linkNotValid } from './acl-errors.js';
import { Changes, type Followers } from './changes.js';
import { parseEmail } from './email.js';
import { type Asking, mayMail } from './mail-limits.js';
import type { Outbox } from './outbox.js';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import { inOurWords } from './violations.js';

/** An address that is to be confirmed for an account. */
export interface NewAddress {
  username: string;
  email: string;
}

interface Account {
  id: string;
  username: string;
  email: string | null;
}

/** New e-mail addresses: one stands in an account once whoever reads its mails has confirmed it. */
export class EmailChanges {
  private readonly changes: Changes;

  constructor(private readonly given: { database: DataSource; outbox: Outbox } & Followers) {
    this.changes = new Changes(given);
  }

  /** Sends a link to a new address; that it belongs to another account is told to that address alone. */
  async request({ actor }: AccountAccess<'account.write'>, email: string, asking: Asking): Promise<void> {
    const { database, outbox } = this.given;
    const address = parseEmail(email);
    const now = await accountOf(database, actor.userId);
    if (now?.email?.toLowerCase() === address.toLowerCase()) throw fieldsRefused({ email: 'same' });
    if (await mayMail(database, address, asking)) {
      const { language } = asking;
      await outbox.put(database, { kind: 'email', user: actor.userId, email: address, language });
    }
    outbox.announce();
  }

  /** What a link confirms; it stays good. */
  async read(secret: string): Promise<NewAddress> {
    const link = await readLink(this.given.database, 'email', secret);
    const account = link?.user == null ? null : await accountOf(this.given.database, link.user);
    if (account === null || link?.email == null) throw linkNotValid();
    return { username: account.username, email: link.email };
  }

  /** Confirms the address of a link. The one before is told, and gets no more links. */
  async finish(secret: string, { language }: Pick<Asking, 'language'>): Promise<NewAddress> {
    const { database, outbox } = this.given;
    const { before, email } = await inOurWords(() =>
      database.transaction(async (manager) => {
        const link = await takeLink(manager, 'email', secret);
        const account = link?.user == null ? null : await accountOf(manager, link.user);
        if (account === null || link?.email == null) throw linkNotValid();
        await rowsOf(manager, 'UPDATE users SET email = $2 WHERE id = $1', [account.id, link.email]);
        await withdrawLinks(manager, account.id);
        if (account.email !== null)
          await outbox.put(manager, { kind: 'email-changed', user: account.id, email: account.email, language });
        return { before: account, email: link.email };
      }),
    ).catch((error: unknown) => {
      // Another account was confirmed with it since the mail went.
      throw error instanceof AclError && error.code === 'name-taken' ? linkNotValid() : error;
    });
    outbox.announce();
    await this.changes.user(before.id);
    return { username: before.username, email };
  }
}

function accountOf(database: Queryable, id: string): Promise<Account | null> {
  const sql = 'SELECT id, username, email FROM users WHERE id = $1 AND suspended_at IS NULL FOR NO KEY UPDATE';
  return rowOf<Account>(database, sql, [id]);
}

import type { DataSource, EntityManager } from 'typeorm';
import type { AccountAccess } from './access.js';
import { readLink, takeLink } from './account-links.js';
import { linkNotValid } from './acl-errors.js';
import { Changes, type Followers } from './changes.js';
import { type Asking, mayMail } from './mail-limits.js';
import type { Outbox } from './outbox.js';
import { hashPassword, parsePassword } from './passwords.js';
import { storePassword } from './person-rows.js';
import { rowOf } from './rows.js';
import { inOurWords } from './violations.js';
import type { UserId } from './wiki-ref.js';

interface Whose {
  id: UserId;
  username: string;
}

// Whom a sign-in provider vouches for has no password with us, and gets none by an address that the provider gave. Who
// was brought back after the database was lost has none either, and gets one.
const whose = `
  SELECT id FROM users u
  WHERE (username = $1 OR lower(email) = lower($1)) AND suspended_at IS NULL
    AND (password_hash IS NOT NULL OR NOT EXISTS (SELECT 1 FROM identities WHERE user_id = u.id))
  ORDER BY username = $1 DESC, password_hash IS NOT NULL DESC, created_at LIMIT 1`;

/** New passwords: for whoever forgot theirs, by a link, and for whoever is signed in. */
export class PasswordChanges {
  private readonly changes: Changes;

  constructor(private readonly given: { database: DataSource; outbox: Outbox } & Followers) {
    this.changes = new Changes(given);
  }

  /** Sends a link to whoever has this username or e-mail address, if anybody; the same is done when nobody has. */
  async request(login: string, asking: Asking): Promise<void> {
    const { database, outbox } = this.given;
    const may = await mayMail(database, login, asking);
    const wanted = login.trim();
    const found = may && !wanted.includes('\0') ? await rowOf<{ id: string }>(database, whose, [wanted]) : null;
    // A mail for nobody is put to the others too, and found to be none when its turn comes.
    await outbox.put(database, { kind: 'password', user: found?.id ?? null, language: asking.language });
    outbox.announce();
  }

  /** Whose password a link changes; it stays good. */
  async read(secret: string): Promise<Whose> {
    const { database } = this.given;
    const link = await readLink(database, 'password', secret);
    const sql = 'SELECT id, username FROM users WHERE id = $1 AND suspended_at IS NULL';
    const row = link === null ? null : await rowOf<Whose>(database, sql, [link.user]);
    if (row === null) throw linkNotValid();
    return row;
  }

  /** Changes the password by a link, and says whose it was; sessions and other links of theirs end with it. */
  async finish(secret: string, password: string, { language }: Pick<Asking, 'language'>): Promise<Whose> {
    const person = await this.read(secret);
    const hash = await hashPassword(parsePassword(password));
    await this.store(async (manager) => {
      const user = (await takeLink(manager, 'password', secret))?.user;
      if (user == null) throw linkNotValid();
      await storePassword(manager, { user, hash });
      return user;
    }, language);
    return person;
  }

  /** Changes the own password; other sessions end, this one goes on. */
  async change(
    { actor }: AccountAccess<'account.write'>,
    password: string,
    { language }: Pick<Asking, 'language'>,
  ): Promise<void> {
    const hash = await hashPassword(parsePassword(password));
    await this.store(async (manager) => {
      await storePassword(manager, { user: actor.userId, hash, keep: actor.session ?? null });
      return actor.userId;
    }, language);
  }

  private async store(work: (manager: EntityManager) => Promise<string>, language: string): Promise<void> {
    const { database, outbox } = this.given;
    await inOurWords(() =>
      database.transaction(async (manager) => {
        const user = await work(manager);
        await outbox.put(manager, { kind: 'password-changed', user, language });
      }),
    );
    this.changes.rights();
    outbox.announce();
  }
}

import type { Letter } from '@lib/acl';
import { Addresses } from '../http/addresses.js';
import type { Rooms } from '../rooms/rooms.js';
import { linkOf, mailText } from './mail-texts.js';
import { type Mailer, UndeliverableError } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

type Needed = Pick<Rooms, 'config' | 'outbox' | 'log'>;

/** Sends the mails that wait, or tells the operator what is in them where there is no mail server. */
export class Mailing {
  private readonly addresses: Addresses;
  private readonly mailer: Mailer | null;

  constructor(private readonly rooms: Needed) {
    const { config } = rooms;
    this.addresses = new Addresses(config);
    this.mailer = config.smtpUrl === null ? null : new SmtpMailer(config.smtpUrl, config);
  }

  /** Sends all that is due. Where the mail server does not do its part, the rest waits until the next time. */
  async sendAll(): Promise<void> {
    for (;;) {
      const letter = await this.rooms.outbox.next();
      if (letter === null) return;
      if (this.mailer === null) await this.tell(letter);
      else if (!(await this.send(letter, this.mailer))) return;
    }
  }

  close(): void {
    this.mailer?.close();
  }

  private async send(letter: Letter, mailer: Mailer): Promise<boolean> {
    const { outbox, log } = this.rooms;
    const { id, kind, to, username: user, attempts } = letter;
    // An account without an address; the operator gives it a password.
    if (to === null) {
      log.info({ mail: kind, user }, 'a mail was not sent: the account has no e-mail address');
      await outbox.done(id);
      return true;
    }
    try {
      await mailer.send({ to, ...mailText(letter, this.addresses) });
    } catch (err) {
      if (!(err instanceof UndeliverableError)) {
        const isKept = await outbox.retry(letter);
        log.error({ err, mail: kind, user, attempts }, `mail server: ${isKept ? 'will be tried again' : 'given up'}`);
        return false;
      }
      log.error({ err, mail: kind, user }, 'the mail server does not take a mail; it is given up');
    }
    await outbox.done(id);
    return true;
  }

  private async tell(letter: Letter): Promise<void> {
    const { outbox, log } = this.rooms;
    const { id, kind, to, username: user, link } = letter;
    const address = linkOf(letter, this.addresses);
    const whom = to === null ? user : `${user} <${to}>`;
    if (address !== null) {
      const hours = `${link?.hours} h`;
      log.warn(
        { mail: kind, user },
        `No mail server is set up. Pass this link on to ${whom}, good for ${hours}: ${address}`,
      );
    } else if (kind === 'has-account') {
      log.warn(
        { mail: kind, user },
        `No mail server is set up. Tell ${whom}: there is an account with this address already`,
      );
    }
    await outbox.done(id);
  }
}

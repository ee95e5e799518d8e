import type { Letter } from '@lib/acl';
import type { Addresses } from '../http/addresses.js';
import { textsFor } from '../web/texts/texts.js';
import type { AccountTexts } from '../web/texts/accounts-english.js';
import type { KeepingTexts } from '../web/texts/keeping-english.js';

/** The address of the page on which a link is followed; null for mails without one. */
export function linkOf({ kind, link }: Letter, addresses: Addresses): string | null {
  if (link === null) return null;
  if (kind === 'invitation') return addresses.invitation(link.secret);
  const page = { password: '/auth/reset', email: '/auth/confirm-email' }[kind as string] ?? '/auth/confirm';
  return addresses.platform(`${page}?token=${link.secret}`);
}

/**
 * What a mail says. It quotes nothing that others typed but usernames, whose letters are few: a name shown to people could
 * make our mails those of somebody else.
 */
export function mailText(letter: Letter, addresses: Addresses): { subject: string; text: string } {
  const texts = textsFor(letter.language);
  const { mails } = texts.accounts;
  // Who is invited may have no name here yet.
  const { subject, lines } =
    letter.kind === 'invitation'
      ? invitationOf(letter, texts.keeping.mail, addresses)
      : linesOf({ ...letter, kind: letter.kind }, mails, addresses);
  const greeting = letter.kind === 'invitation' ? texts.keeping.mail.greeting : mails.greeting(letter.username);
  const paragraphs = [greeting, ...lines, addresses.origin];
  return { subject: `${addresses.hostName}: ${subject}`, text: `${paragraphs.join('\n\n')}\n` };
}

function invitationOf(letter: Letter, mail: KeepingTexts['mail'], addresses: Addresses) {
  const { username: by, wiki = '', link } = letter;
  const good = mail.good(Math.round((link?.hours ?? 0) / 24));
  return {
    subject: mail.subject(wiki),
    lines: [mail.text(by, wiki, addresses.origin), linkOf(letter, addresses) ?? '', good, mail.ignore],
  };
}

type AboutAccounts = Letter & { kind: Exclude<Letter['kind'], 'invitation'> };

function linesOf(letter: AboutAccounts, mails: AccountTexts['mails'], addresses: Addresses) {
  const [site, forgotten] = [addresses.origin, addresses.platform('/auth/forgotten')];
  const { hasAccount, emailChanged, passwordChanged } = mails;
  switch (letter.kind) {
    case 'has-account': {
      const signIn = [hasAccount.signIn, addresses.platform('/auth/sign-in')];
      return { ...hasAccount, lines: [hasAccount.text(site), ...signIn, hasAccount.forgotten, forgotten] };
    }
    case 'email-changed':
      return { ...emailChanged, lines: [emailChanged.text(site), emailChanged.notYou] };
    case 'password-changed':
      return { ...passwordChanged, lines: [passwordChanged.text(site), passwordChanged.notYou, forgotten] };
    default: {
      const said = letter.kind === 'sign-up' ? mails.signUp : mails[letter.kind];
      const link = linkOf(letter, addresses) ?? '';
      return { ...said, lines: [said.text(site), link, mails.good(letter.link?.hours ?? 0), mails.ignore] };
    }
  }
}

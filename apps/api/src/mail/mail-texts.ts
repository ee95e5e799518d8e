import type { Letter } from '@lib/acl';
import type { Addresses } from '../http/addresses.js';
import { textsFor } from '../web/texts/texts.js';
import type { AccountTexts } from '../web/texts/accounts-english.js';

/** The address of the page on which a link is followed; null for mails without one. */
export function linkOf({ kind, link }: Letter, addresses: Addresses): string | null {
  if (link === null) return null;
  const page = { password: '/auth/reset', email: '/auth/confirm-email' }[kind as string] ?? '/auth/confirm';
  return addresses.platform(`${page}?token=${link.secret}`);
}

/**
 * What a mail says. It quotes nothing that others typed but usernames, whose letters are few: a name shown to people could
 * make our mails those of somebody else.
 */
export function mailText(letter: Letter, addresses: Addresses): { subject: string; text: string } {
  const { mails } = textsFor(letter.language).accounts;
  const { subject, lines } = linesOf(letter, mails, addresses);
  const paragraphs = [mails.greeting(letter.username), ...lines, addresses.origin];
  return { subject: `${addresses.hostName}: ${subject}`, text: `${paragraphs.join('\n\n')}\n` };
}

function linesOf(letter: Letter, mails: AccountTexts['mails'], addresses: Addresses) {
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

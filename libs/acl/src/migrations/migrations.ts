import { AccountsAndWikis1764000000000 } from './accounts-and-wikis.js';
import { AccountsByMail1764510000000 } from './accounts-by-mail.js';
import { InvitationsByMail1764540000000 } from './invitations-by-mail.js';
import { Security1764520000000 } from './security.js';
import { SignIn1764400000000 } from './sign-in.js';

/** The migrations of this room, for the DataSource. */
export const aclMigrations = [
  AccountsAndWikis1764000000000,
  SignIn1764400000000,
  AccountsByMail1764510000000,
  Security1764520000000,
  InvitationsByMail1764540000000,
];

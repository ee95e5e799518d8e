import { AclError } from './acl-errors.js';
import { countUp, network } from './counts.js';
import type { Queryable } from './rows.js';
import { hashSecret } from './secrets.js';

/** Where a request came from, and in which language its mails are written. */
export interface Asking {
  address: string;
  language: string;
}

const minutes = 60;
/** So many mails in that time may be asked for from one network, to one recipient, and from the one to the other. */
const most = { from: 60, to: 10, between: 3 } as const;

/**
 * Counts a request for a mail. Whoever asks for too many is refused; that a recipient has got enough is told to nobody,
 * since that would say who has an account. The links that a recipient has got already stay good.
 */
export async function mayMail(database: Queryable, recipient: string, { address }: Asking): Promise<boolean> {
  // Hashed: what people type into the wrong field may be a password.
  const [from, to] = [network(address), hashSecret(recipient.trim().toLowerCase())];
  const counters = [
    { key: `mail from ${from}`, most: most.from },
    { key: `mail to ${to}`, most: most.to },
    { key: `mail to ${to} from ${from}`, most: most.between },
  ];
  const full = await countUp(database, counters, minutes);
  const seconds = full.get(`mail from ${from}`);
  if (seconds === undefined) return full.size === 0;
  const message = `Too many requests. Try again in ${Math.ceil(seconds / 60)} minutes.`;
  throw new AclError('too-many-failures', message, { retry_after: seconds });
}

import {
  EmailChanges,
  Invitations,
  Outbox,
  PasswordChanges,
  Sessions,
  SignUp,
  type SignUpMode,
  WikiInvitations,
} from '../../src/index.js';
import { aRoom } from './a-room.js';

export type AccountRoom = Awaited<ReturnType<typeof anAccountRoom>>;

/** Where every request of a test comes from, unless it matters. */
export const asking = { address: '192.0.2.1', language: 'en' };

/** A room with people in it, and the ways to accounts. */
export async function anAccountRoom(
  usernames: readonly string[],
  { mode = 'open', hasMail = true }: { mode?: SignUpMode; hasMail?: boolean } = {},
) {
  const room = await aRoom(usernames);
  const { database } = room;
  const outbox = new Outbox(database);
  const invitations = new Invitations(room);
  const given = { database, invitations, outbox };
  return {
    ...room,
    outbox,
    invitations,
    invited: new WikiInvitations({ ...given, members: room.members, hasMail }),
    sessions: new Sessions({ database }),
    signUp: new SignUp({ ...given, mode, hasMail }),
    signUpAs: (mode: SignUpMode, hasMail: boolean) => new SignUp({ ...given, mode, hasMail }),
    passwords: new PasswordChanges(given),
    emails: new EmailChanges(given),
    /** Everything that is due, as it would be sent. */
    mails: async () => {
      const letters = [];
      for (let letter = await outbox.next(); letter !== null; letter = await outbox.next()) {
        letters.push(letter);
        await outbox.done(letter.id);
      }
      return letters;
    },
  };
}

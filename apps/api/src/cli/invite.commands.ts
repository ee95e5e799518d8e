import { AclError } from '@lib/acl';
import type { Command } from 'commander';
import { Addresses } from '../http/addresses.js';
import type { Rooms } from '../rooms/rooms.js';
import { parseWiki, type Said, session, UsageError } from './session.js';

interface InviteOptions {
  wiki?: string;
  role: string;
  days: string;
}

/** `wikibot invite`. */
export function inviteCommands(program: Command): void {
  program
    .command('invite')
    .description('print a link with which one person can make an account')
    .option('--wiki <@user/wiki>', 'and gets a role on this wiki, from its owner')
    .option('--role <role>', 'editor or viewer', 'editor')
    .option('--days <days>', 'how long the link is good', '7')
    .action((options: InviteOptions, command: Command) => session(command, (rooms) => invite(rooms, options)));
}

async function invite(rooms: Rooms, { wiki, role, days: text }: InviteOptions): Promise<Said> {
  const { config, invitations } = rooms;
  if (config.signUp === 'closed') {
    throw new AclError('sign-up-closed', 'SIGN_UP is closed here: an invitation would let nobody in.');
  }
  if (role !== 'editor' && role !== 'viewer') throw new UsageError(`"${role}" is none of editor and viewer.`);
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(`"${text}" is no number of days.`);
  const days = Number(text);
  const made =
    wiki === undefined
      ? await invitations.toPlatform({ days })
      : await invitations.toWiki(await byOwner(rooms, wiki), { days, role });
  const link = new Addresses(config).invitation(made.secret);
  const until = made.expiresAt.toISOString();
  const what = wiki === undefined ? 'to make an account' : `to ${wiki} as ${role}`;
  const lines = [`An invitation ${what}, for one person, until ${until}, shown this once:`, '', `  ${link}`];
  return { lines, data: { link, wiki: wiki ?? null, role: wiki === undefined ? null : role, expires_at: until } };
}

async function byOwner({ acl, actors }: Rooms, name: string) {
  const address = parseWiki(name);
  return acl.require('members.manage', await actors.byUsername(address.owner, 'cli'), address);
}

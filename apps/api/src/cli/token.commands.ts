import type { Verb } from '@lib/acl';
import type { Command } from 'commander';
import type { Rooms } from '../rooms/rooms.js';
import { parseUser, parseWiki, type Said, session, UsageError } from './session.js';

interface CreateOptions {
  label: string;
  verbs: string;
  wiki: string[];
  path: string[];
  expires?: string;
}

const gather = (value: string, all: string[]): string[] => [...all, value];

/** `wikibot token …`. */
export function tokenCommands(program: Command): void {
  program
    .command('token')
    .description('tokens')
    .command('create')
    .argument('<username>')
    .description('make a token for a person; its secret is printed this once')
    .option('--label <text>', 'named in the history of what it writes', 'command line')
    .option('--verbs <list>', 'read, write and admin, with commas', 'read,write')
    .option('--wiki <@user/wiki>', 'only this wiki (may be repeated)', gather, [])
    .option('--path <folder>', 'only below this folder (may be repeated)', gather, [])
    .option('--expires <days>', 'after so many days')
    .action((username: string, options: CreateOptions, command: Command) =>
      session(command, (rooms) => create(rooms, parseUser(username), options)),
    );
}

async function create(rooms: Rooms, username: string, options: CreateOptions): Promise<Said> {
  const actor = await rooms.actors.byUsername(username, 'cli');
  const wikis: string[] = [];
  for (const name of options.wiki) wikis.push((await rooms.acl.require('wiki.read', actor, parseWiki(name))).wiki.id);
  const token = await rooms.tokens.createFor(username, {
    label: options.label,
    verbs: verbsOf(options.verbs),
    wikis: wikis.length === 0 ? null : wikis,
    paths: options.path.length === 0 ? null : options.path,
    expiresAt: options.expires === undefined ? null : expiry(options.expires),
  });
  const { id, secret, verbs, expiresAt } = token;
  const until = expiresAt === null ? '' : ` until ${expiresAt.toISOString()}`;
  const lines = [`A token of ${username} to ${verbs.join(' and ')}${until}, shown this once:`, '', `  ${secret}`];
  return { lines, data: { id, secret, verbs, wikis: options.wiki, expires_at: expiresAt?.toISOString() ?? null } };
}

function verbsOf(text: string): Verb[] {
  return text.split(',').map((word) => {
    const verb = word.trim();
    if (verb === 'read' || verb === 'write' || verb === 'admin') return verb;
    throw new UsageError(`"${verb}" is none of read, write and admin.`);
  });
}

function expiry(days: string): Date {
  if (!/^\d{1,5}$/.test(days) || Number(days) === 0) throw new UsageError(`"${days}" is no number of days.`);
  return new Date(Date.now() + Number(days) * 86_400_000);
}

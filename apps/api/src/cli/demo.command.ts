import type { Command } from 'commander';
import { makeDemo } from '../demo/demo-wiki.js';
import type { Rooms } from '../rooms/rooms.js';
import { progress, reportLines, tokenLines } from './import-told.js';
import { parseUser, type Said, session, UsageError } from './session.js';

interface DemoOptions {
  owner?: string;
}

/** `wikibot demo`. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .option('--owner <username>', 'whose wiki it is; the first operator unless given')
    .description('make a public wiki to look around in, with accounts of its invented people')
    .action((options: DemoOptions, command: Command) => session(command, (rooms) => demo(rooms, options)));
}

async function demo(rooms: Rooms, options: DemoOptions): Promise<Said> {
  const owner = options.owner === undefined ? await firstOperator(rooms) : parseUser(options.owner);
  const { made, address, report, accounts } = await makeDemo(rooms, owner, { onProgress: progress() });
  const { added, taken } = accounts;
  const lines = [
    `@${owner}/${made.wiki.slug} is made: ${address}`,
    ...(report === null ? [] : reportLines(report)),
    ...(added.length === 0 ? [] : [`  accounts without a password: ${added.join(', ')}`]),
    ...(taken.length === 0 ? [] : [`  names that somebody else has, written without an account: ${taken.join(', ')}`]),
    '',
    ...tokenLines(made),
  ];
  return { lines, data: { ...made, address, report, accounts } };
}

async function firstOperator({ people }: Rooms): Promise<string> {
  const operators = (await people.list()).filter(({ isAdmin }) => isAdmin);
  const [first] = operators.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  if (first !== undefined) return first.username;
  throw new UsageError('There is no operator yet: make one with wikibot user add <username> --admin, or name --owner.');
}

import type { Command } from 'commander';
import { removeAccount } from '../account/account-removal.js';
import type { Rooms } from '../rooms/rooms.js';
import { askPassword } from './password.js';
import { parseUser, type Said, session, UsageError } from './session.js';

interface AddOptions {
  email?: string;
  displayName?: string;
  admin?: boolean;
  passwordStdin?: boolean;
  token: boolean;
}

/** `wikibot user …`. */
export function userCommands(program: Command): void {
  const user = program.command('user').description('accounts');
  user
    .command('add')
    .argument('<username>')
    .description('make an account; asks for a password, and prints a first token')
    .option('--email <address>')
    .option('--display-name <name>', 'shown in history instead of the username')
    .option('--admin', 'may operate the platform')
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-token', 'make no token')
    .action((username: string, options: AddOptions, command: Command) =>
      session(command, (rooms) => add(rooms, parseUser(username), options)),
    );
  user
    .command('list')
    .description('all accounts')
    .action((_options, command: Command) => session(command, list));
  user
    .command('reset-password')
    .argument('<username>')
    .option('--password-stdin', 'read the password from standard input')
    .description('give an account a new password')
    .action((username: string, options: { passwordStdin?: boolean }, command: Command) =>
      session(command, (rooms) => resetPassword(rooms, parseUser(username), options)),
    );
  ending(user);
}

/** How somebody is shut out, let in again, and removed. */
function ending(user: Command): void {
  user
    .command('suspend')
    .argument('<username>')
    .description('shut somebody out: sessions end and tokens do not work; what they wrote stays')
    .action((named: string, _options: object, command: Command) =>
      session(command, async ({ people }) => {
        const { username } = await people.suspend(parseUser(named));
        return { lines: [`${username} is shut out.`], data: { username, suspended: true } };
      }),
    );
  user
    .command('readmit')
    .argument('<username>')
    .description('let somebody in again who was shut out')
    .action((named: string, _options: object, command: Command) =>
      session(command, async ({ people }) => {
        const { username } = await people.readmit(parseUser(named));
        return { lines: [`${username} may sign in again.`], data: { username, suspended: false } };
      }),
    );
  user
    .command('remove')
    .argument('<username>')
    .requiredOption('--confirm <username>', 'the same name again, for this cannot be taken back')
    .description('remove an account that owns no wiki; what it wrote in wikis of others stays')
    .action((username: string, { confirm }: { confirm: string }, command: Command) =>
      session(command, (rooms) => remove(rooms, parseUser(username), confirm)),
    );
}

async function remove(rooms: Rooms, username: string, confirm: string): Promise<Said> {
  if (confirm !== username) throw new UsageError(`To remove the account, give --confirm ${username}.`);
  const { id } = await removeAccount(rooms, username);
  return { lines: [`The account ${username} is removed.`], data: { username, id, removed: true } };
}

async function add({ people, tokens }: Rooms, username: string, options: AddOptions): Promise<Said> {
  const password = await askPassword(options);
  const { email, displayName, admin: isAdmin = false } = options;
  const person = await people.create({ username, password, email, displayName, isAdmin });
  const verbs = ['read', 'write', 'admin'] as const;
  const token = options.token ? await tokens.createFor(username, { label: 'first token', verbs: [...verbs] }) : null;
  const lines = [
    `Account ${username} is made${isAdmin ? ', an operator of this platform' : ''}.`,
    ...(token === null ? [] : ['', 'A token for it, shown this once:', '', `  ${token.secret}`]),
    '',
    `Make a wiki: npm run wikibot -- wiki create @${username}/notes`,
  ];
  return { lines, data: { username, id: person.id, is_admin: isAdmin, token: token?.secret ?? null } };
}

async function list({ people }: Rooms): Promise<Said> {
  const everyone = await people.list();
  const lines = everyone.map(({ username, displayName, isAdmin, createdAt }) =>
    [username.padEnd(30), createdAt.toISOString().slice(0, 10), isAdmin ? 'operator' : '        ', displayName].join(
      '  ',
    ),
  );
  const data = everyone.map(({ id, username, displayName, email, isAdmin, createdAt }) => {
    return { id, username, display_name: displayName, email, is_admin: isAdmin, created_at: createdAt.toISOString() };
  });
  return { lines: lines.length === 0 ? ['There is no account yet: wikibot user add <username>'] : lines, data };
}

async function resetPassword({ people }: Rooms, username: string, options: { passwordStdin?: boolean }): Promise<Said> {
  const password = await askPassword(options);
  if (password === undefined) throw new UsageError('Give the password with --password-stdin.');
  await people.setPassword(username, password);
  return { lines: [`${username} has a new password.`], data: { username, changed: true } };
}

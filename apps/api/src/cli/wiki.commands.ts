import type { Command } from 'commander';
import { snippetsFor } from '../connect/snippets.js';
import { Addresses } from '../http/addresses.js';
import type { Rooms } from '../rooms/rooms.js';
import { openingOf } from '../wikis/opening-of.js';
import { parseWiki, type Said, session } from './session.js';
import { readWikiOptions, type WikiOptions } from './wiki-options.js';

interface CreateOptions extends WikiOptions {
  public?: boolean;
}

/** `wikibot wiki …`. */
export function wikiCommands(program: Command): void {
  const wiki = program.command('wiki').description('wikis');
  wiki
    .command('create')
    .argument('<@user/wiki>')
    .description('make a wiki with its starter pages; prints how to connect')
    .option('--name <text>', 'shown to readers')
    .option('--purpose <text>', 'what it is for; agents read it first')
    .option('--categories <list>', 'with commas')
    .option('--wikilinks <order>', 'target-first or label-first', 'target-first')
    .option('--public', 'anyone may read it')
    .action((name: string, options: CreateOptions, command: Command) =>
      session(command, (rooms) => create(rooms, name, options)),
    );
  wiki
    .command('list')
    .description('all wikis of this server')
    .action((_options, command: Command) => session(command, list));
  wiki
    .command('delete')
    .argument('<@user/wiki>')
    .requiredOption('--confirm <user/wiki>', 'its name once more')
    .description('close every door of a wiki; it can be restored for 7 days')
    .action((name: string, options: { confirm: string }, command: Command) =>
      session(command, (rooms) => remove(rooms, name, options.confirm.replace(/^@/, ''))),
    );
  wiki
    .command('restore')
    .argument('<@user/wiki>')
    .description('take a deletion back')
    .action((name: string, _options, command: Command) => session(command, (rooms) => restore(rooms, name)));
}

async function create(rooms: Rooms, name: string, options: CreateOptions): Promise<Said> {
  const { owner, slug } = parseWiki(name);
  const wanted = readWikiOptions(options);
  const access = rooms.acl.requireAccount('wiki.create', await rooms.actors.byUsername(owner, 'cli'));
  const made = await openingOf(rooms).open(access, {
    ...wanted,
    slug,
    name: wanted.name ?? slug,
    visibility: options.public === true ? 'public' : 'private',
  });
  return { lines: connectLines(made), data: made };
}

interface Made {
  mcp_token: string;
  mcp_endpoint: string;
  git_url: string;
  rest_url: string;
  wiki: { owner: string; slug: string };
}

function connectLines({ wiki, mcp_token: token, mcp_endpoint: mcp, git_url: git, rest_url: rest }: Made): string[] {
  const credential = { username: wiki.owner, token };
  const snippets = snippetsFor({ name: wiki.slug, mcp, rest, git, credential });
  return [
    `Wiki @${wiki.owner}/${wiki.slug} is made. Its token, shown this once:`,
    '',
    `  ${token}`,
    '',
    'Claude Code:',
    `  ${snippets.claudeCode}`,
    'git (it asks for a password, which is the token):',
    `  ${snippets.git}`,
    'curl:',
    `  ${snippets.curl}`,
  ];
}

async function list(rooms: Rooms): Promise<Said> {
  const addresses = new Addresses(rooms.config);
  const all = await rooms.wikis.all();
  const lines = all.map(({ wiki, state }) =>
    [
      `@${wiki.owner.username}/${wiki.slug}`.padEnd(40),
      state.padEnd(8),
      wiki.visibility.padEnd(7),
      addresses.wiki(wiki),
    ].join('  '),
  );
  const data = all.map(({ wiki, state, deletedAt }) => {
    const { id, owner, slug, name, visibility, plan } = wiki;
    const address = addresses.wiki(wiki);
    return { id, owner: owner.username, slug, name, visibility, plan, state, deleted_at: deletedAt, address };
  });
  return { lines: lines.length === 0 ? ['There is no wiki yet: wikibot wiki create @user/wiki'] : lines, data };
}

async function remove({ acl, actors, wikis }: Rooms, name: string, confirmation: string): Promise<Said> {
  const address = parseWiki(name);
  const access = await acl.require('wiki.delete', await actors.byUsername(address.owner, 'cli'), address);
  const { restorableUntil } = await wikis.remove(access, confirmation);
  const until = restorableUntil.toISOString();
  return { lines: [`Deleted. It can be restored until ${until}.`], data: { deleted: true, restorable_until: until } };
}

async function restore({ acl, actors, wikis }: Rooms, name: string): Promise<Said> {
  const address = parseWiki(name);
  const access = await acl.restorable(await actors.byUsername(address.owner, 'cli'), address);
  const wiki = await wikis.restore(access);
  return { lines: [`@${wiki.owner.username}/${wiki.slug} is back.`], data: { restored: true, id: wiki.id } };
}

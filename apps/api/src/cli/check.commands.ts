import type { Command } from 'commander';
import { type Config, readConfig } from '../config.js';
import type { Rooms } from '../rooms/rooms.js';
import { Doctor, type Finding } from './doctor.js';
import { databaseFinding, examineMachine } from './machine-check.js';
import { parseWiki, type Said, session, speak, UsageError, withRooms } from './session.js';

/** `wikibot reindex`, `reconstruct` and `doctor`. */
export function checkCommands(program: Command): void {
  program
    .command('reindex')
    .argument('[@user/wiki]')
    .option('--all', 'every wiki')
    .description('build lists, links and search anew from the repository')
    .action((name: string | undefined, options: { all?: boolean }, command: Command) =>
      session(command, (rooms) => reindex(rooms, name, options.all === true)),
    );
  program
    .command('reconstruct')
    .description('after the database was lost: bring people, wikis and roles back from the data folder')
    .action((_options, command: Command) => session(command, reconstruct));
  program
    .command('doctor')
    .option('--deep', 'also let git check every object')
    .description('look for what is wrong, and say how to mend it; exits with 4 when something is')
    .action((options: { deep?: boolean }, command: Command) => speak(command, () => examine(options.deep === true)));
}

async function reindex(rooms: Rooms, name: string | undefined, all: boolean): Promise<Said> {
  if ((name === undefined) !== all) throw new UsageError('Name one wiki, or say --all.');
  const ids = all ? await activeWikis(rooms) : [(await systemRead(rooms, name ?? '')).id];
  const done: Reindexed[] = [];
  for (const id of ids) {
    const started = performance.now();
    await rooms.catalogue.rebuild(id);
    const chunks = await readAnew(rooms, id);
    done.push({ id, pages: await rooms.pages.count(id), chunks, ms: Math.round(performance.now() - started) });
  }
  return { lines: done.map(reindexedLine), data: { reindexed: done } };
}

interface Reindexed {
  id: string;
  pages: number;
  /** Pieces that were read for their meaning; null when they were not. */
  chunks: number | null;
  ms: number;
}

/** Without a model words are found all the same; a server reads the rest when it has one. */
async function readAnew({ meanings }: Rooms, id: string): Promise<number | null> {
  if (meanings === null || (await meanings.tryModel()).state !== 'ready') return null;
  await meanings.indexer.rebuild(id);
  return (await meanings.indexer.status(id)).chunks;
}

function reindexedLine({ id, pages, chunks, ms }: Reindexed): string {
  return `${id}: ${pages} pages in ${ms} ms${chunks === null ? '' : `, ${chunks} pieces read for their meaning`}`;
}

async function reconstruct(rooms: Rooms): Promise<Said> {
  const { users, wikis, grants, problems } = await rooms.mirror.reconstruct();
  for (const id of await activeWikis(rooms)) await rooms.catalogue.catchUp(id);
  const lines = [
    `${users} people, ${wikis} wikis and ${grants} roles are back.`,
    ...problems.map((problem) => `  ! ${problem}`),
    'Passwords and tokens were not kept: give people new ones with `user reset-password` and `token create`.',
  ];
  return { lines, data: { users, wikis, grants, problems }, exitCode: problems.length === 0 ? 0 : 4 };
}

async function examine(deep: boolean): Promise<Said> {
  const config = readConfig();
  const machine = await examineMachine(config);
  // Without git the rooms do not open, and the database would be blamed for it.
  const wikis = machine.every(({ ok, subject }) => ok || subject === 'disk') ? await examineWikis(config, deep) : [];
  const findings = [...machine, ...wikis];
  const bad = findings.filter(({ ok }) => !ok);
  const lines = [...findings.map(line), '', bad.length === 0 ? 'All is well.' : `${bad.length} to mend.`];
  return { lines, data: { ok: bad.length === 0, findings }, exitCode: bad.length === 0 ? 0 : 4 };
}

async function examineWikis(config: Config, deep: boolean): Promise<Finding[]> {
  const opened: Finding = { subject: 'database', ok: true, detail: 'answers' };
  let isOpen = false;
  try {
    return await withRooms(config, async (rooms) => {
      isOpen = true;
      return [opened, ...(await new Doctor(rooms).examine({ deep }))];
    });
  } catch (error) {
    if (isOpen) throw error;
    return [databaseFinding(error)];
  }
}

function line({ ok, subject, detail, mend }: Finding): string {
  return `${ok ? '  ok ' : '  !! '} ${subject}: ${detail}${mend === undefined ? '' : `\n      ${mend}`}`;
}

async function activeWikis(rooms: Rooms): Promise<string[]> {
  const all = await rooms.wikis.all();
  return all.filter(({ state }) => state === 'active').map(({ wiki }) => wiki.id);
}

async function systemRead({ acl, actors }: Rooms, name: string) {
  return (await acl.require('wiki.read', actors.system('cli'), parseWiki(name))).wiki;
}

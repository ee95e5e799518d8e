import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { exportBundle } from '@lib/git';
import { importSource } from '@lib/wiki';
import type { Command } from 'commander';
import { Addresses } from '../http/addresses.js';
import { bringWiki, lookAt } from '../imports/bring-wiki.js';
import type { Rooms } from '../rooms/rooms.js';
import { progress, reportLines, tokenLines } from './import-told.js';
import { parseWiki, type Said, session } from './session.js';
import { readWikiOptions, type WikiOptions } from './wiki-options.js';

interface ImportOptions extends Pick<WikiOptions, 'name' | 'wikilinks'> {
  as: string;
  below?: string;
  dryRun?: boolean;
}

/** `wikibot import` and `wikibot export`. */
export function copyCommands(program: Command): void {
  program
    .command('import')
    .argument('<source>', 'a git bundle, a repository or folder, a .tar, .tar.gz or .zip, or an https git address')
    .requiredOption('--as <@user/wiki>', 'the new wiki')
    .option('--name <text>', 'shown to readers')
    .option('--wikilinks <order>', 'target-first or label-first; found out when not given')
    .option('--below <folder>', 'only what is in this folder of a source without history')
    .option('--dry-run', 'only tell what would come')
    .description('make a wiki from elsewhere, with its history where it has one')
    .action((source: string, options: ImportOptions, command: Command) =>
      session(command, (rooms) => bring(rooms, source, options)),
    );
  program
    .command('export')
    .argument('<@user/wiki>')
    .requiredOption('--to <file>', 'the bundle to write; git clones from it')
    .description('write the whole history of a wiki as a git bundle')
    .action((name: string, options: { to: string }, command: Command) =>
      session(command, (rooms) => send(rooms, name, options.to)),
    );
}

async function bring(rooms: Rooms, from: string, options: ImportOptions): Promise<Said> {
  const { owner, slug } = parseWiki(options.as);
  const { name = slug, link_order: linkOrder } = readWikiOptions(options);
  const source = await importSource(from);
  const told = { onProgress: progress(), ...(options.below !== undefined && { below: options.below }) };
  const wanted = { ...told, ...(linkOrder !== undefined && { linkOrder }) };
  const access = rooms.acl.requireAccount('wiki.create', await rooms.actors.byUsername(owner, 'cli'));
  if (options.dryRun === true) {
    const report = await lookAt(rooms, source, wanted);
    return {
      lines: ['Nothing was changed. This would come:', ...reportLines(report)],
      data: { dry_run: true, ...report },
    };
  }
  const { made, report } = await bringWiki(rooms, access, { source, wanted: { slug, name }, options: wanted });
  const lines = [`Imported as @${owner}/${slug}.`, ...reportLines(report), '', ...tokenLines(made)];
  return { lines, data: { ...made, report } };
}

async function send({ acl, actors, repositories, runner, config }: Rooms, name: string, to: string): Promise<Said> {
  const { wiki } = await acl.require('wiki.export', actors.system('cli'), parseWiki(name));
  const bundle = await exportBundle(await repositories.open(wiki.id), runner);
  const unfinished = `${to}.unfinished`;
  try {
    await pipeline(bundle.stdout, createWriteStream(unfinished, { mode: 0o600 }));
    if ((await bundle.exit) !== 0) throw new Error('git could not write the bundle.');
    await rename(unfinished, to);
  } finally {
    await rm(unfinished, { force: true });
  }
  const from = new Addresses(config).wiki(wiki);
  return { lines: [`${to} holds ${from} with its history: git clone ${to}`], data: { file: to, wiki: wiki.id } };
}

import { join } from 'node:path';
import { expect } from 'vitest';
import { RestClient } from '../../../apps/api/test/kit/rest-client.js';
import { rowsOf } from './catalogue.js';
import { type Door, mcpDoor, restDoor } from './door.js';
import { Gate } from './gate.js';
import { Ledger } from './ledger.js';
import { Pusher } from './pusher.js';
import { disagreements, faultsIn, git, keepTidying, lookedFor } from './repository.js';
import type { Site } from './site.js';
import { firstLine, linesPage, logPage, turnPages, Writer } from './writer.js';

interface Wanted {
  writers: number;
  edits: number;
  pushers: number;
  pushes: number;
}

const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Lets many write one wiki by every door while git tidies it, and holds what is left against what they were told. */
export async function manyWriters(site: Site, { writers, edits, pushers, pushes }: Wanted): Promise<Ledger> {
  const { id, token } = await sharedWiki(site, { lines: [...names('w', writers), ...names('p', pushers)], writers });
  const gitDir = join(site.dataDir, 'repositories', id, 'repo.git');
  const begun = (await git(gitDir, 'rev-parse', 'main')).trim();
  const given = { ledger: new Ledger(), gate: new Gate() };
  const at = (number: number) => `${site.urls[number % site.urls.length]}/@alice/notes`;
  const doors: Door[] = await Promise.all(
    // Four by one door, then four by the other, so that each of four servers is written to by both.
    times(writers).map(async (n) => ((n >> 2) % 2 === 0 ? restDoor(at(n), token) : mcpDoor(at(n), token))),
  );
  const cloners = await Promise.all(times(pushers).map((n) => Pusher.create(`p${n}`, at(n), token, given)));
  const turns = turnsOf(writers);
  const lookFor = (mark: string) => lookedFor(gitDir, mark);
  const tidying = keepTidying(gitDir, given.ledger);

  await Promise.all([
    ...doors.map((door, n) => inTurn(edits, new Writer({ name: `w${n}`, door, turns, lookFor, ...given }))),
    ...cloners.map((pusher) => inTurn(pushes, pusher)),
  ]);

  const tidied = await tidying.stop();
  expect(tidied.times).toBeGreaterThan(tidied.failures.length);
  given.ledger.tidied = tidied;
  for (const one of [...doors, ...cloners]) await one.close();
  expect(given.ledger.entries).toHaveLength(writers * edits + pushers * pushes);
  expect(await faultsIn(gitDir)).toBe('');
  expect(await disagreements(gitDir, begun, given.ledger.entries)).toEqual([]);
  await expectCatalogueOf(site, id, (await git(gitDir, 'rev-parse', 'main')).trim());
  return given.ledger;
}

const names = (kind: string, count: number) => times(count).map((n) => `${kind}${n}`);
const turnsOf = (writers: number): string[] => turnPages(Math.ceil(writers / 8));

async function inTurn(count: number, one: { step(round: number): Promise<void> }): Promise<void> {
  for (const round of times(count)) await one.step(round);
}

async function sharedWiki(site: Site, { lines, writers }: { lines: string[]; writers: number }) {
  const token = await site.addUser('alice');
  const platform = new RestClient(site.urls[0] ?? '', token);
  const { body, status } = await platform.post('/api/v1/wikis', { slug: 'notes', name: 'Notes' });
  expect(status, JSON.stringify(body)).toBe(201);
  const pages = [
    [linesPage, `${lines.map(firstLine).join('\n\n')}\n`],
    [logPage, '# Log\n\n'],
    ...turnsOf(writers).map((page) => [page, 'Nobody had a turn.\n']),
  ];
  const operations = pages.map(([path, content]) => ({ op: 'write', path, content }));
  const made = await platform.post('/@alice/notes/api/v1/batch', { operations });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return { token, id: (body.wiki as { id: string }).id };
}

async function expectCatalogueOf(site: Site, wiki: string, tip: string): Promise<void> {
  const live = await rowsOf(site.databaseUrl, wiki);
  expect(live[0]).toBe(tip);
  await site.rebuild(wiki);
  const rebuilt = await rowsOf(site.databaseUrl, wiki);
  const [before, after] = [new Set(live), new Set(rebuilt)];
  expect(live.filter((row) => !after.has(row))).toEqual([]);
  expect(rebuilt.filter((row) => !before.has(row))).toEqual([]);
}

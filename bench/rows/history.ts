import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pagePath, pageText } from '../kit/generated-wiki.ts';
import { git } from '../kit/git-plumbing.ts';
import { type Access, accessTo, type Rooms, roomsOn } from '../kit/own-rooms.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { type Compared, interleaved, median, timed, timedEach } from '../kit/pairs.ts';
import { RestLane } from '../kit/rest.ts';
import { atMost, type Part, type Result, result } from '../kit/row.ts';

const turns = 10;
const edited = pagePath(3);
const renames = 6;

/** History as the room tells it, without a door, beside the git command that tells the same. */
export const history: Part = {
  name: 'history',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    const lane = await RestLane.open(ground, wiki);
    const path = await makePast(lane, wiki);
    const clone = `${ground.folder}/history.git`;
    await git(['clone', '--quiet', '--bare', wiki.remote, clone]);
    await git(['--git-dir', clone, 'commit-graph', 'write', '--reachable', '--changed-paths']);
    lane.close();
    const rooms = await roomsOn(ground.server.dataDir);
    try {
      const access = await accessTo(rooms, wiki.slug);
      return [...(await compareAll(ground, { rooms, access, path, clone })), await rebuild(ground, wiki, clone)];
    } finally {
      await rooms.close();
    }
  },
};

/** A page with fifty revisions and some names behind it. */
async function makePast(lane: RestLane, wiki: BenchWiki): Promise<string> {
  await lane.open(edited);
  for (let turn = 0; turn < 50; turn += 1) await lane.edit(edited, `${pageText(3, wiki.pages)}\nTurn ${turn}.\n`);
  let path = edited;
  for (let turn = 1; turn <= renames; turn += 1) {
    const to = `Renamed/Page${turn}`;
    await lane.rename(path, to);
    path = to;
  }
  return path;
}

interface Sides {
  rooms: Rooms;
  access: Access<'history.read'>;
  path: string;
  clone: string;
}

async function compareAll(ground: Ground, { rooms, access, path, clone }: Sides): Promise<Result[]> {
  const quiet = pagePath(5);
  const byGit = (...args: string[]) => git(['--git-dir', clone, ...args]);
  const revisions = (await byGit('log', '--format=%H', '-3', 'main', '--', `${path}.md`, `${edited}.md`)).split('\n');
  const [newer = '', older = ''] = revisions;
  const { history: told } = rooms;
  const acts: [row: string, measures: string, ask: () => Promise<unknown>, beside: string[], limit: number][] = [
    [
      'git.history.page',
      'history of a quiet page',
      () => told.log(access, quiet, { limit: 20 }),
      ['log', '-20', 'main', '--', `${quiet}.md`],
      0.2,
    ],
    [
      'git.history.follow',
      `history over ${renames} renames`,
      () => told.log(access, path, { limit: 50 }),
      ['log', '--follow', '-50', 'main', '--', `${path}.md`],
      0.05,
    ],
    [
      'git.recent',
      '50 changes with their pages',
      () => told.changes(access, { limit: 50 }),
      ['log', '-50', '--name-status', 'main'],
      0.5,
    ],
    [
      'git.diff',
      'difference of two revisions',
      () => told.diff(access, path, older, newer),
      ['diff', older, newer],
      0.2,
    ],
    [
      'git.blame',
      'who wrote each line, asked again',
      () => told.blame(access, path),
      ['blame', '--porcelain', 'main', '--', `${path}.md`],
      1,
    ],
  ];
  const results: Result[] = [];
  for (const [row, measures, ask, beside, limit] of acts) {
    const compared = await interleaved(
      ground.scale.rounds,
      async () => median(await timedEach(turns, ask)),
      async () => median(await timedEach(turns, () => byGit(...beside))),
    );
    results.push(resultOf(row, measures, `git ${beside.slice(0, 2).join(' ')}`, compared, limit));
  }
  return results;
}

function resultOf(
  row: string,
  measures: string,
  beside: string,
  { ours, beside: reference, ratio, unrest }: Compared,
  limit: number,
): Result {
  return result({ row, measures, beside, unit: 'ms', ours, reference, ratio, unrest, reach: atMost(limit) });
}

/** Everything that is derived from a repository, made anew. */
async function rebuild(ground: Ground, wiki: BenchWiki, clone: string): Promise<Result> {
  let ms = 0;
  const ours = async () => {
    const { reindexed } = await ground.server.command<{ reindexed: { ms: number }[] }>(
      'reindex',
      `@bench/${wiki.slug}`,
    );
    ms = reindexed[0]?.ms ?? Number.NaN;
    return ms;
  };
  const byGit = () =>
    timed(async () => {
      const child = spawn('git', ['--git-dir', clone, 'log', '--raw', 'main'], { stdio: 'ignore' });
      await once(child, 'close');
    });
  const compared = await interleaved(1, ours, byGit);
  return result({
    row: 'git.index.rebuild',
    measures: `catalogue and keyword search of ${wiki.pages} pages made anew`,
    beside: 'git log --raw to nowhere',
    unit: 'ms',
    ours: compared.ours,
    reference: compared.beside,
    ratio: compared.ratio,
    unrest: compared.unrest,
  });
}

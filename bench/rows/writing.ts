import { join } from 'node:path';
import { pagePath, pageText } from '../kit/generated-wiki.ts';
import { type BenchWiki, Ground } from '../kit/ground.ts';
import { PlumbingRepository } from '../kit/git-plumbing.ts';
import { interleaved, median, quantile, timedEach } from '../kit/pairs.ts';
import { writeDurably } from '../kit/raw-files.ts';
import { RestLane } from '../kit/rest.ts';
import { atLeast, atMost, type Part, result } from '../kit/row.ts';

const turns = 20;

/** What an acknowledged write costs, alone and among fifty. */
export const writing: Part = {
  name: 'writing',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    return [...(await alone(ground, wiki)), await floor(ground, wiki), await fifty(ground, wiki)];
  },
};

let written = 0;

/** A change that nobody made before. */
function nextEdit({ pages }: BenchWiki): { path: string; text: string } {
  written += 1;
  const n = (written * 37) % pages;
  return { path: pagePath(n), text: `${pageText(n, pages)}\nEdit ${written}.\n` };
}

/** One person who edits page after page, each of which they have open. */
async function edits(ground: Ground, wiki: BenchWiki) {
  const lane = await RestLane.open(ground, wiki);
  const all: number[] = [];
  const measure = async () => {
    const pages = Array.from({ length: turns }, () => nextEdit(wiki));
    for (const { path } of pages) await lane.open(path);
    const times = await timedEach(turns, async (turn) => {
      const { path = '', text = '' } = pages[turn] ?? {};
      const { status, body } = await lane.edit(path, text);
      if (status !== 200) throw new Error(`A write was answered ${status}: ${body.toString('utf8')}`);
    });
    all.push(...times);
    return median(times);
  };
  return { all, measure, close: () => lane.close() };
}

async function alone(ground: Ground, wiki: BenchWiki) {
  const { all, measure: ours, close } = await edits(ground, wiki);
  const plumbing = await PlumbingRepository.copyOf(wiki.source, join(ground.folder, 'plumbing.git'));
  const next = () => nextEdit(wiki);
  const byGit = async () =>
    median(
      await timedEach(turns, () => {
        const { path, text } = next();
        return plumbing.edit(`${path}.md`, text);
      }),
    );
  const sizes = await plumbing.sizesOfEdit(next());
  const raw = async (round: number) =>
    median(await timedEach(turns, (turn) => writeDurably(join(ground.folder, 'raw', `${round}`), turn, sizes)));
  const besideGit = await interleaved(ground.scale.rounds, ours, byGit);
  const besideRaw = await interleaved(ground.scale.rounds, ours, raw);
  close();
  const absolute = { p50_ms: median(all), p99_ms: quantile(all, 0.99) };
  return [
    result({
      row: 'rest.write.git',
      measures: `durable edit of a page over REST, ${wiki.pages} pages, p50`,
      beside: 'git plumbing with core.fsync=committed',
      unit: 'ms',
      ours: besideGit.ours,
      reference: besideGit.beside,
      ratio: besideGit.ratio,
      unrest: besideGit.unrest,
      reach: atMost(0.6),
      more: absolute,
    }),
    result({
      row: 'rest.write.raw',
      measures: 'the same',
      beside: `${sizes.length} files of the same sizes written and fsync'd side by side, and their folder`,
      unit: 'ms',
      ours: besideRaw.ours,
      reference: besideRaw.beside,
      ratio: besideRaw.ratio,
      unrest: besideRaw.unrest,
      reach: atMost(5),
    }),
  ];
}

/** What of a write is not waiting for the disk: the same on a server whose data is all in memory. */
async function floor(ground: Ground, wiki: BenchWiki) {
  const memory = await Ground.prepare(ground.scale, '/dev/shm');
  try {
    const small = await memory.wiki(ground.scale.small);
    const [onDisk, inMemory] = [await edits(ground, wiki), await edits(memory, small)];
    const compared = await interleaved(ground.scale.rounds, onDisk.measure, inMemory.measure);
    for (const { close } of [onDisk, inMemory]) close();
    return result({
      row: 'rest.write.memory',
      measures: `durable edit of a page over REST, ${wiki.pages} pages, p50`,
      beside: `the same on a server with everything on tmpfs, ${small.pages} pages`,
      unit: 'ms',
      ours: compared.ours,
      reference: compared.beside,
      ratio: compared.ratio,
      unrest: compared.unrest,
      reach: null,
    });
  } finally {
    await memory.clear();
  }
}

/** Fifty people who each write twenty times to one wiki, as fast as they are answered. */
async function fifty(ground: Ground, wiki: BenchWiki) {
  const writers = 50;
  const each = ground.scale.rounds > 2 ? 20 : 3;
  const lanes = await Promise.all(Array.from({ length: writers }, () => RestLane.open(ground, wiki)));
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    lanes.map(async (lane, writer) => {
      for (let turn = 0; turn < each; turn += 1) {
        const path = `Fifty/Writer${writer}-${turn}`;
        const [time] = await timedEach(1, async () => {
          const { status, body } = await lane.edit(path, `# ${path}\n\nWritten by ${writer} in turn ${turn}.\n`);
          if (status !== 201) throw new Error(`A write was answered ${status}: ${body.toString('utf8')}`);
        });
        times.push(time ?? 0);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const lost = await countLost(lanes[0], writers, each);
  for (const lane of lanes) lane.close();
  return result({
    row: 'rest.write.fifty',
    measures: `${writers} writers x ${each} new pages on one wiki of ${wiki.pages} pages`,
    unit: 'commits/s',
    ours: (writers * each) / seconds,
    reach: atLeast(200, 'ours'),
    more: { lost, p50_ms: median(times), p99_ms: quantile(times, 0.99) },
  });
}

async function countLost(lane: RestLane | undefined, writers: number, each: number): Promise<number> {
  let lost = 0;
  for (let writer = 0; writer < writers; writer += 1) {
    for (let turn = 0; turn < each; turn += 1) {
      const path = encodeURIComponent(`Fifty/Writer${writer}-${turn}`);
      const answer = await lane?.get(`/pages/${path}`).catch(() => null);
      if (answer?.body.includes(`Written by ${writer} in turn ${turn}.`) !== true) lost += 1;
    }
  }
  return lost;
}

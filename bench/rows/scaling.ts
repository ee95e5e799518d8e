import { pagePath, pageText, wordOf } from '../kit/generated-wiki.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { interleaved, median, quantile, timed, timedEach } from '../kit/pairs.ts';
import { RestLane } from '../kit/rest.ts';
import { atMost, type Part, type Reach, type Result, result } from '../kit/row.ts';

const turns = 20;

interface Act {
  row: string;
  measures: string;
  reach?: Reach;
  /** What comes before it and is not timed. */
  before?: (lane: RestLane, wiki: BenchWiki, turn: number) => Promise<unknown>;
  act: (lane: RestLane, wiki: BenchWiki, turn: number) => Promise<unknown>;
  /** Each round is about the same pages; otherwise every turn is about another. */
  isAgain?: true;
}

// Pages that the row before has not read; with both, no page comes twice even where there are only 200.
const firstRead = 21;

const somewhere = (turn: number, { pages }: BenchWiki) => (turn * 131) % pages;

const acts: Act[] = [
  {
    row: 'scale.read',
    measures: 'page read over REST that was read before',
    reach: atMost(1.2),
    isAgain: true,
    before: (lane, wiki, turn) => lane.readPage(somewhere(turn, wiki)),
    act: (lane, wiki, turn) => lane.readPage(somewhere(turn, wiki)),
  },
  {
    row: 'scale.read.first',
    measures: 'page read over REST for the first time',
    act: (lane, wiki, turn) => lane.readPage(somewhere(turn + firstRead, wiki)),
  },
  {
    row: 'scale.write',
    measures: 'durable edit over REST',
    reach: atMost(1.2),
    before: (lane, wiki, turn) => lane.open(pagePath(somewhere(turn, wiki))),
    act: async (lane, wiki, turn) => {
      const n = somewhere(turn, wiki);
      const { status } = await lane.edit(pagePath(n), `${pageText(n, wiki.pages)}\nTurn ${turn}.\n`);
      if (status !== 200) throw new Error(`A write was answered ${status}.`);
    },
  },
  {
    row: 'scale.list',
    measures: 'first page of the list of a folder',
    reach: atMost(2),
    act: (lane, wiki, turn) => lane.get(`/pages?prefix=${pagePath(somewhere(turn, wiki)).split('/')[0]}&limit=100`),
  },
  {
    row: 'scale.search',
    measures: 'first page of a keyword search',
    reach: atMost(2),
    act: (lane, wiki, turn) => lane.get(`/search?q=${wordOf(somewhere(turn, wiki))}&limit=20`),
  },
];

/** What the same things cost in a large wiki and in a small one. */
export const scaling: Part = {
  name: 'scaling',
  run: async (ground) => {
    const large = await ground.wiki(ground.scale.large);
    const small = await ground.wiki(ground.scale.small);
    const results: Result[] = [];
    for (const act of acts) results.push(await compare(ground, act, { large, small }));
    return results;
  },
};

async function compare(ground: Ground, act: Act, { large, small }: { large: BenchWiki; small: BenchWiki }) {
  const lanes = { large: await RestLane.open(ground, large), small: await RestLane.open(ground, small) };
  const all: number[] = [];
  const half = (lane: RestLane, wiki: BenchWiki) => async (round: number) => {
    const first = act.isAgain === true ? 1 : round * turns + 1;
    const numbers = Array.from({ length: turns }, (_, at) => first + at);
    for (const number of numbers) await act.before?.(lane, wiki, number);
    const times = await timedEach(turns, (at) => act.act(lane, wiki, numbers[at] ?? 0));
    if (wiki === large) all.push(...times);
    return median(times);
  };
  await act.before?.(lanes.large, large, 0);
  const cold = await timed(() => act.act(lanes.large, large, 0));
  const { ours, beside, ratio, unrest } = await interleaved(
    ground.scale.rounds,
    half(lanes.large, large),
    half(lanes.small, small),
  );
  lanes.large.close();
  lanes.small.close();
  return result({
    row: act.row,
    measures: `${act.measures}, ${large.pages} pages, p50`,
    beside: `the same at ${small.pages} pages`,
    unit: 'ms',
    ...{ ours, reference: beside, ratio, unrest },
    ...(act.reach !== undefined && { reach: act.reach }),
    more: { first_ms: cold, p50_ms: median(all), p99_ms: quantile(all, 0.99) },
  });
}

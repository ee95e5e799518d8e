import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { builtApi } from '../kit/built.ts';
import { pageText } from '../kit/generated-wiki.ts';
import { interleaved, median, quantile, timed, timedEach } from '../kit/pairs.ts';
import { atLeast, atMost, type Part, type Result, result } from '../kit/row.ts';
import { recordOf } from '../kit/vector-records.ts';
import { BareModel } from '../search/bare-model.ts';
import { searchParts } from '../search/built-search.ts';

const rounds = 5;
const textsAtOnce = 60;
const query = 'how do people decide which changes are made to the page';
const load = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(builtApi, 'libs/search/src', path)).href)) as T;

type Embedder = import('../../libs/search/src/embedding/embedder.ts').Embedder;

/** What search by meaning costs: the model's process beside the bare model, and the scan beside a plain loop. */
export const searching: Part = {
  name: 'searching',
  run: async () => {
    const { Embedder } =
      await load<typeof import('../../libs/search/src/embedding/embedder.ts')>('embedding/embedder.js');
    const bare = await BareModel.load(await searchParts());
    const first = new Embedder();
    const cold = await timed(() => first.embed([query], { lane: 'query' }));
    await first.close();
    const embedder = new Embedder();
    await embedder.embed([query], { lane: 'query' });
    try {
      return [
        result({
          row: 'embed.first',
          measures: 'the first query after a start: the process starts and loads the model',
          unit: 'ms',
          ours: cold,
          reach: atMost(1000, 'ours'),
        }),
        await overhead(embedder, bare),
        await queryIdle(embedder, bare),
        ...(await underBulk(embedder, bare)),
        ...(await scans()),
      ];
    } finally {
      await embedder.close();
    }
  },
};

/** Different texts for every round: no side may remember any. */
const texts = (round: number, side: number): string[] =>
  Array.from({ length: textsAtOnce }, (_, n) =>
    pageText((2 * round + side) * textsAtOnce + n, 10_000).slice(150, 1_100),
  );

async function overhead(embedder: Embedder, bare: BareModel): Promise<Result> {
  const perSecond = (ms: number) => (textsAtOnce * 1000) / ms;
  const compared = await interleaved(
    rounds,
    async (round) => perSecond(await timed(() => embedder.embed(texts(round, 0), { lane: 'bulk' }))),
    (round) => bare.pace(texts(round, 1)),
  );
  return result({
    row: 'embed.overhead',
    measures: 'chunks of 150 words through the process',
    beside: 'the bare model in this process',
    unit: 'chunks/s',
    ours: compared.ours,
    reference: compared.beside,
    ...{ ratio: compared.ratio, unrest: compared.unrest, reach: atLeast(0.85) },
    more: { threads: Math.min(4, availableParallelism()) },
  });
}

async function queryIdle(embedder: Embedder, bare: BareModel): Promise<Result> {
  const turns = 40;
  let asked = 0;
  // Each question is another: the bare model remembers what it read.
  const next = () => `${query} ${(asked += 1)}`;
  const ours = () => embedder.embed([next()], { lane: 'query' });
  const compared = await interleaved(
    rounds,
    async () => median(await timedEach(turns, ours)),
    async () => median(await timedEach(turns, () => bare.vectorOf(next()))),
  );
  return result({
    row: 'embed.query',
    measures: 'a query of about 16 word pieces through the process, p50',
    beside: 'the bare model in this process',
    unit: 'ms',
    ours: compared.ours,
    reference: compared.beside,
    ...{ ratio: compared.ratio, unrest: compared.unrest, reach: atMost(1.5) },
  });
}

/** Queries and the event loop of the parent while pages are read in bulk. */
async function underBulk(embedder: Embedder, bare: BareModel): Promise<Result[]> {
  const quiet = monitorEventLoopDelay({ resolution: 1 });
  quiet.enable();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  quiet.disable();
  const reference = median(await timedEach(40, (turn) => bare.vectorOf(`${query}, asked in peace ${turn}`)));
  const bulk = new AbortController();
  const reading = embedder.embed([...texts(90, 0), ...texts(91, 0), ...texts(92, 0), ...texts(93, 0)], {
    lane: 'bulk',
    signal: bulk.signal,
  });
  const busy = monitorEventLoopDelay({ resolution: 1 });
  busy.enable();
  const times = await timedEach(40, (turn) => embedder.embed([`${query} ${turn}?`], { lane: 'query' }));
  busy.disable();
  bulk.abort();
  await reading.catch(() => {});
  const p99 = (delay: typeof quiet) => delay.percentile(99) / 1e6;
  return [
    result({
      row: 'embed.query.bulk',
      measures: 'the same while pages are read, p50',
      beside: 'the bare model, idle',
      unit: 'ms',
      ours: median(times),
      reference,
      ratio: median(times) / reference,
      reach: atMost(15),
      more: { p99_ms: quantile(times, 0.99) },
    }),
    result({
      row: 'embed.loop',
      measures: 'delay of the event loop while pages are read, p99, over that of an idle one',
      unit: 'ms',
      ours: Math.max(p99(busy) - p99(quiet), 0),
      reach: atMost(5, 'ours'),
      more: { idle_p99_ms: p99(quiet), busy_p99_ms: p99(busy) },
    }),
  ];
}

async function scans(): Promise<Result[]> {
  const { ChunkVectors } =
    await load<typeof import('../../libs/search/src/vectors/chunk-vectors.ts')>('vectors/chunk-vectors.js');
  const found: Result[] = [];
  for (const [chunks, limit] of [
    [3_000, 0.3],
    [30_000, 0.3],
  ] as const) {
    const rows = Array.from({ length: chunks }, (_, row) => unit(row));
    const limits = { floatsUpTo: 20_000, scanUpTo: 100_000, scansBeforeGraph: 1_000 };
    const vectors = new ChunkVectors(384, limits);
    for (let at = 0; at < chunks; at += 500) vectors.apply(recordOf(rows.slice(at, at + 500), at));
    const question = unit(-1);
    const compared = await interleaved(
      rounds,
      async () => median(await timedEach(20, () => vectors.search({ query: question, limit: 50, perPage: 1 }))),
      async () => median(await timedEach(5, () => rows.map((row) => dot(row, question)))),
    );
    found.push(
      result({
        row: `vec.${chunks}`,
        measures: `the 50 nearest of ${chunks} chunks, one a page, exact`,
        beside: 'the products alone, in a loop over Float32Array',
        unit: 'ms',
        ours: compared.ours,
        reference: compared.beside,
        ...{ ratio: compared.ratio, unrest: compared.unrest, reach: atMost(limit) },
      }),
    );
  }
  return found;
}

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
};

/** A vector of length 1, the same for the same number; a few directions are common to many. */
function unit(seed: number): Float32Array {
  let state = Math.imul(seed + 7, 2_654_435_761) >>> 0;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 - 0.5;
  const vector = Float32Array.from({ length: 384 }, (_, at) => next() + (at % 8 === Math.abs(seed) % 8 ? 0.5 : 0));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

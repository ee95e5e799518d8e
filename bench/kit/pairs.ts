/** What one measurement of each side gave, in the unit of the row. */
interface Pair {
  ours: number;
  beside: number;
}

export interface Compared {
  /** Medians over the rounds. */
  ours: number;
  beside: number;
  /** Median of the ratios of the pairs: machines drift, and a pair drifts together. */
  ratio: number;
  /** Largest deviation of the reference from its own median; above 0.3 nothing should be concluded. */
  unrest: number;
}

/** Runs both sides A B A B…, after one round that is thrown away, and compares each with its neighbour. */
export async function interleaved(
  rounds: number,
  ours: (round: number) => Promise<number>,
  beside: (round: number) => Promise<number>,
): Promise<Compared> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { ours: await ours(round), beside: await beside(round) };
    if (round > 0) pairs.push(pair);
  }
  const reference = median(pairs.map((pair) => pair.beside));
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    beside: reference,
    ratio: median(pairs.map((pair) => pair.ours / pair.beside)),
    unrest: Math.max(...pairs.map((pair) => Math.abs(pair.beside / reference - 1))),
  };
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which the given part of all values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Milliseconds that something took. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds of each of so many turns, one after another. */
export async function timedEach(turns: number, work: (turn: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) times.push(await timed(() => work(turn)));
  return times;
}

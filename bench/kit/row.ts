import type { Ground } from './ground.ts';

/** What a row has to reach, and of which of its figures. */
export interface Reach {
  of: 'ratio' | 'ours';
  limit: number;
  kind: 'at most' | 'at least';
}

/** One line of the report. */
export interface Result {
  row: string;
  measures: string;
  beside: string | null;
  unit: string;
  ours: number;
  reference: number | null;
  ratio: number | null;
  unrest: number | null;
  reach: Reach | null;
  /** More figures of the same run, each with its unit in its name. */
  more: Record<string, number>;
}

/** A named part of the benchmark; one part may give several rows that share their preparation. */
export interface Part {
  name: string;
  run(ground: Ground): Promise<Result[]>;
}

export const atMost = (limit: number, of: Reach['of'] = 'ratio'): Reach => ({ of, limit, kind: 'at most' });
export const atLeast = (limit: number, of: Reach['of'] = 'ratio'): Reach => ({ of, limit, kind: 'at least' });

/** Whether a row has reached what it should; null when nothing was set. */
export function isReached({ reach, ratio, ours }: Result): boolean | null {
  if (reach === null) return null;
  const value = reach.of === 'ratio' ? ratio : ours;
  if (value === null) return false;
  return reach.kind === 'at most' ? value <= reach.limit : value >= reach.limit;
}

type Given = Pick<Result, 'row' | 'measures' | 'unit' | 'ours'> & Partial<Result>;

/** A result with what was left out set to nothing. */
export const result = (given: Given): Result => ({
  beside: null,
  reference: null,
  ratio: null,
  unrest: null,
  reach: null,
  more: {},
  ...given,
});

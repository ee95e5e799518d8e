/** What a list of results is worth, beside what is known to be right. */
export interface Marks {
  /** Gain of the first ten results, of what the best order of all right pages would bring. */
  ndcg: number;
  /** One over the rank of the first right result. */
  mrr: number;
  /** The part of all right pages that is among the first hundred results. */
  recall: number;
  /** 1 when the page that is wanted most stands first, else 0. */
  first: number;
}

/** How much each page is worth for a question; pages that are not named are worth nothing. */
export type Grades = ReadonlyMap<string, number>;

/** Marks one list. Gains are the grades themselves, so that binary judgements give the binary measure. */
export function marksOf(ranking: readonly string[], grades: Grades): Marks {
  const best = [...grades.values()].sort((a, b) => b - a);
  const at = ranking.findIndex((path) => grades.has(path));
  const found = ranking.slice(0, 100).filter((path) => grades.has(path)).length;
  return {
    ndcg: discounted(ranking.map((path) => grades.get(path) ?? 0)) / discounted(best),
    mrr: at === -1 ? 0 : 1 / (at + 1),
    recall: found / grades.size,
    first: (grades.get(ranking[0] ?? '') ?? 0) === best[0] ? 1 : 0,
  };
}

/** The mean of each mark over many lists. */
export function meanOf(all: readonly Marks[]): Marks {
  const mean = (mark: keyof Marks) => all.reduce((sum, marks) => sum + marks[mark], 0) / all.length;
  return { ndcg: mean('ndcg'), mrr: mean('mrr'), recall: mean('recall'), first: mean('first') };
}

/** Two lists as one by their ranks alone: what a page gets of each is one over its rank and `k`. */
export function fusedByRank(lists: readonly (readonly string[])[], k = 60): string[] {
  const worth = new Map<string, number>();
  for (const list of lists) {
    for (const [at, path] of list.entries()) worth.set(path, (worth.get(path) ?? 0) + 1 / (k + at + 1));
  }
  return [...worth].sort(([, a], [, b]) => b - a).map(([path]) => path);
}

const discounted = (gains: readonly number[]): number =>
  gains.slice(0, 10).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);

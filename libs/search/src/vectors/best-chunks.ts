/** Which of the scored places are wanted. */
export interface Wanted {
  limit: number;
  /** At most so many of one page. */
  perPage: number;
}

/** What ranking needs to know of the places it ranks. */
export interface Ranked {
  scores: Float32Array;
  /** Equal for places of the same page. */
  pageOf: (place: number) => unknown;
  /** Negative when the first comes first among equal scores: the order then tells nothing of how an index grew. */
  tie: (a: number, b: number) => number;
}

/** The best places, best first, no page more often than wanted. */
export function bestOf(ranked: Ranked, { limit, perPage }: Wanted): number[] {
  const all = ranked.scores.length;
  for (let most = Math.min(all, 2 * limit); ; most = Math.min(all, 4 * most)) {
    const found = firstOfEachPage(topOf(ranked, most), ranked, { limit, perPage });
    if (found.length === limit || most === all) return found;
  }
}

function firstOfEachPage(places: readonly number[], { pageOf }: Ranked, { limit, perPage }: Wanted): number[] {
  const taken = new Map<unknown, number>();
  const found: number[] = [];
  for (const place of places) {
    if (found.length === limit) break;
    const page = pageOf(place);
    const many = taken.get(page) ?? 0;
    if (many === perPage) continue;
    taken.set(page, many + 1);
    found.push(place);
  }
  return found;
}

/** The places with the highest scores, highest first. */
function topOf({ scores, tie }: Ranked, most: number): number[] {
  const order = (a: number, b: number): number => (scores[b] ?? 0) - (scores[a] ?? 0) || tie(a, b);
  const everything = () => Array.from(scores.keys());
  if (most === scores.length) return everything().sort(order);
  const heap = new WorstFirst(order);
  for (let place = 0; place < scores.length; place += 1) {
    if (heap.size < most) heap.push(place);
    // Nearly all fall at this comparison, which is why it stands here once more.
    else if ((scores[place] ?? 0) >= (scores[heap.worst] ?? 0) && order(place, heap.worst) < 0)
      heap.replaceWorst(place);
  }
  return heap.places.sort(order);
}

/** A binary heap with the worst place on top. */
class WorstFirst {
  readonly places: number[] = [];

  constructor(private readonly order: (a: number, b: number) => number) {}

  get size(): number {
    return this.places.length;
  }

  get worst(): number {
    return this.places[0] ?? 0;
  }

  push(place: number): void {
    let at = this.places.push(place) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isWorse(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  replaceWorst(place: number): void {
    this.places[0] = place;
    for (let at = 0; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.size && this.isWorse(child, worst)) worst = child;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private isWorse(a: number, b: number): boolean {
    return this.order(this.places[a] ?? 0, this.places[b] ?? 0) > 0;
  }

  private swap(a: number, b: number): void {
    [this.places[a], this.places[b]] = [this.places[b] ?? 0, this.places[a] ?? 0];
  }
}

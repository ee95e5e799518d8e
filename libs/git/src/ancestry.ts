import { insertByDate } from './commit.js';
import type { CommitInfo, Oid } from './objects.js';

/** So many commits are read before other work gets its turn. */
const breath = 256;
/** Longer histories are walked anew instead of being remembered. */
const maxRemembered = 400_000;

/** Which commits `main` reaches: walked newest first, only as far as somebody asks, and remembered. */
export class Ancestry {
  private tip: Oid | null = null;
  private seen = new Set<Oid>();
  /** Seen, but their parents not yet. */
  private frontier: CommitInfo[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly commit: (oid: Oid) => Promise<CommitInfo>) {}

  /** True when the commit is `tip` or one of its ancestors. */
  async has(tip: Oid, oid: Oid): Promise<boolean> {
    if (tip === oid || (tip === this.tip && this.seen.has(oid))) return true;
    const mine = this.last.then(() => this.search(tip, oid));
    this.last = mine.catch(() => this.forget());
    return mine;
  }

  private async search(tip: Oid, oid: Oid): Promise<boolean> {
    if (tip !== this.tip) await this.follow(tip);
    for (let read = 1; !this.seen.has(oid); read += 1) {
      const next = this.frontier.shift();
      if (next === undefined) break;
      await this.expand(next);
      if (read % breath === 0) await new Promise(setImmediate);
    }
    const found = this.seen.has(oid);
    if (this.seen.size > maxRemembered) this.forget();
    return found;
  }

  /** Puts what came after the known tip in front; when the new tip does not lead there, all begins anew. */
  private async follow(tip: Oid): Promise<void> {
    const known = this.tip;
    const fresh = known === null || this.seen.has(tip) ? null : await this.lineTo(known, tip);
    if (fresh === null) this.forget();
    this.tip = tip;
    for (const commit of fresh ?? [await this.commit(tip)]) {
      this.seen.add(commit.oid);
      insertByDate(this.frontier, commit);
    }
  }

  private async lineTo(known: Oid, tip: Oid): Promise<CommitInfo[] | null> {
    const line: CommitInfo[] = [];
    for (let here: Oid | undefined = tip; here !== undefined && line.length < breath;) {
      const commit: CommitInfo = await this.commit(here);
      line.push(commit);
      if (commit.parents.includes(known)) return line;
      here = commit.parents[0];
    }
    return null;
  }

  private async expand({ parents }: CommitInfo): Promise<void> {
    for (const parent of parents) {
      if (this.seen.has(parent)) continue;
      const commit = await this.commit(parent);
      this.seen.add(parent);
      insertByDate(this.frontier, commit);
    }
  }

  private forget(): void {
    this.tip = null;
    this.seen = new Set();
    this.frontier = [];
  }
}

import { commitsAfter, git, type Commit } from './commits.js';
import { type Ledger, type Operation, unforeseen } from './ledger.js';

/** Holds the history of a wiki against what its writers were told. */
export class HistoryCheck {
  private readonly commits = new Map<string, Commit>();
  private readonly judged = new Set<string>();
  private upTo: string | null = null;

  constructor(
    readonly wiki: string,
    readonly gitDir: string,
    private readonly ledger: Ledger,
  ) {}

  /** The paths that changed since it was last asked; every disagreement goes into `faults`. */
  async look(faults: { lost: string[]; other: string[] }): Promise<string[]> {
    const fresh = await this.fresh(faults.lost);
    for (const commit of fresh) faults.other.push(...this.faultsOf(commit));
    for (const operation of this.ledger.operations.values()) {
      if (operation.wiki === this.wiki) this.judge(operation, faults);
    }
    return [...new Set(fresh.flatMap(({ changes }) => [...changes.keys()]))];
  }

  private async fresh(lost: string[]): Promise<Commit[]> {
    if (this.upTo !== null) {
      const base = await git(this.gitDir, 'merge-base', this.upTo, 'main').catch(() => 'nothing');
      if (base.trim() !== this.upTo) lost.push(`${this.wiki}: main no longer contains ${this.upTo}`);
    }
    const fresh = await commitsAfter(this.gitDir, this.upTo);
    // What was there before anybody wrote has no operation.
    const theirs = this.upTo === null ? fresh.filter(({ subject }) => subject.startsWith('op-')) : fresh;
    this.upTo = fresh.at(-1)?.oid ?? this.upTo;
    return theirs;
  }

  /** A commit is one operation of the ledger, whole, and the only one of it. */
  private faultsOf(commit: Commit): string[] {
    const { subject, oid, changes } = commit;
    const operation = this.ledger.operations.get(subject);
    if (operation === undefined || operation.wiki !== this.wiki) return [`${oid} (${subject}) is nobody's`];
    if (this.commits.has(subject)) return [`${subject} was committed twice`];
    this.commits.set(subject, commit);
    const paths = new Set([...changes.keys(), ...operation.changes.keys()]);
    const wrong = [...paths].filter((path) => {
      const wanted = operation.changes.get(path);
      return wanted === unforeseen ? !changes.has(path) : wanted !== changes.get(path);
    });
    return wrong.map((path) => `${subject}: ${path} is ${changes.get(path)}, not ${operation.changes.get(path)}`);
  }

  private judge({ id, told }: Operation, faults: { lost: string[]; other: string[] }): void {
    if (told === null || told.outcome === 'unknown' || this.judged.has(id)) return;
    this.judged.add(id);
    const commit = this.commits.get(id);
    if (told.outcome === 'refused') {
      if (commit !== undefined) faults.other.push(`${id} was refused (${told.words}) and committed all the same`);
    } else if (commit === undefined) faults.lost.push(`${id} was acknowledged and is not in the history`);
    else if (told.commit && !commit.oid.startsWith(told.commit)) {
      faults.other.push(`${id} is commit ${commit.oid}, not ${told.commit} as was told`);
    }
  }
}

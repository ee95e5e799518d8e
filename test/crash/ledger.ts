import { createHash } from 'node:crypto';

/** What an operation does to files: the blob it leaves, null for none, `unforeseen` where others write too. */
export type Changes = Map<string, string | null>;
export const unforeseen = 'unforeseen';

/** What the one who wrote was told: `unknown` is everything that is neither a yes nor a no. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

export interface Told {
  outcome: Outcome;
  /** The commit that a yes named, whole or shortened. */
  commit?: string | null;
  /** What was said, for whoever looks into a failure. */
  words: string;
}

export interface Operation {
  /** Also the subject of its commit. */
  id: string;
  wiki: string;
  door: string;
  changes: Changes;
  told: Told | null;
  /** Asks for the very same once more, where the door has a key for that. */
  again: (() => Promise<Told>) | null;
}

export const blobOf = (content: string | Buffer): string => {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};

/** Every operation that anybody began, and what they were told of it. */
export class Ledger {
  readonly operations = new Map<string, Operation>();
  acks = 0;
  private readonly waiting: { acks: number; resolve: () => void }[] = [];

  begin(operation: Pick<Operation, 'wiki' | 'door' | 'changes'>): Operation {
    const id = `op-${this.operations.size}-${operation.door}`;
    const begun = { ...operation, id, told: null, again: null };
    this.operations.set(id, begun);
    return begun;
  }

  tell(operation: Operation, told: Told): void {
    operation.told = told;
    if (told.outcome !== 'acknowledged') return;
    this.acks += 1;
    for (const one of this.waiting.filter(({ acks }) => acks <= this.acks)) one.resolve();
  }

  /** Resolves when so many more have been acknowledged. */
  moreAcks(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ acks: this.acks + count, resolve }));
  }

  those(outcome: Outcome): Operation[] {
    return [...this.operations.values()].filter(({ told }) => told?.outcome === outcome);
  }
}

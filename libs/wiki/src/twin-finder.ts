import { prefixesOf, twinKey } from './path-folding.js';

/** Finds, while paths are added in any order, those that differ only in case or normalisation. */
export class TwinFinder {
  private readonly spellings = new Map<string, string>();
  private readonly ofKey = new Map<string, { prefix: string; changed: boolean }>();

  /** With `changed`, two old paths may stay twins; a change may not add to them. */
  constructor(private readonly changed?: ReadonlySet<string>) {}

  /** Adds a file; gives the first pair it is a twin in, itself or through a folder above it. */
  add(file: string): { path: string; other: string } | null {
    const isChanged = this.changed === undefined || this.changed.has(file);
    for (const prefix of prefixesOf(file)) {
      const known = this.ofKey.get(this.keyOf(prefix));
      if (known === undefined) this.ofKey.set(this.keyOf(prefix), { prefix, changed: isChanged });
      else if (known.prefix !== prefix && (isChanged || known.changed)) return { path: prefix, other: known.prefix };
      else if (known.prefix === prefix) known.changed &&= isChanged;
    }
    return null;
  }

  /** Folders are asked for with each of their files, so their keys are kept. */
  private keyOf(prefix: string): string {
    let key = this.spellings.get(prefix);
    if (key === undefined) this.spellings.set(prefix, (key = twinKey(prefix)));
    return key;
  }
}

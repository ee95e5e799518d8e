import type { Stats } from 'node:fs';
import { LRUCache } from 'lru-cache';

/** When each file was first seen as it is, by a clock that nobody sets. */
const firstSeen = new LRUCache<string, { as: string; at: number }>({ max: 10_000 });

/**
 * How long ago a file was written, at least. Somebody may set the clock in between: what is young must not look old for
 * it, so the time this process was told at its start counts too, carried on by the clock that nobody sets.
 */
export function leastAgeMs({ mtimeMs }: Pick<Stats, 'mtimeMs'>): number {
  return Math.min(Date.now(), performance.timeOrigin + performance.now()) - mtimeMs;
}

/**
 * How long a file has certainly been as it is: since it was written, or since it was first asked about here. Of a file
 * from the future, left by a clock that was set back, only the latter says anything.
 */
export function unchangedForMs(file: string, { ino, mtimeMs }: Pick<Stats, 'ino' | 'mtimeMs'>): number {
  const [as, now] = [`${ino} ${mtimeMs}`, performance.now()];
  const known = firstSeen.get(file);
  if (known?.as !== as) firstSeen.set(file, { as, at: now });
  return Math.max(leastAgeMs({ mtimeMs }), known?.as === as ? now - known.at : 0);
}

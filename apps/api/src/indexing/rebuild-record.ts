import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far a rebuild has come. */
export interface RebuildProgress {
  step: 'lists' | 'meaning';
  /** Pages that were read for their meaning, and how many there are. */
  done: number;
  pages: number;
}

/** The last rebuild of a wiki, whichever process did it. */
export type Rebuild = { startedAt: Date } & (
  | { state: 'running'; progress: RebuildProgress }
  | { state: 'complete'; endedAt: Date; pages: number }
  | { state: 'failed'; endedAt: Date }
);

const name = 'rebuild.json';
/** A process that works on a rebuild says so more often than this. */
const silenceMs = 30_000;

/** How often a running rebuild is recorded, at least. */
export const beatMs = 5_000;

/** Leaves a record of a rebuild in the folder of an index, for all processes. */
export async function recordRebuild(folder: string, rebuild: Rebuild): Promise<void> {
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `${name}.tmp`);
  await writeFile(beside, JSON.stringify({ ...rebuild, seenAt: new Date() }), { mode: 0o600 });
  await rename(beside, join(folder, name));
}

/** The last rebuild; one that was running in a process that is gone has failed. */
export async function lastRebuild(folder: string): Promise<Rebuild | null> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const { seenAt, ...rebuild } = JSON.parse(text, asDate) as Rebuild & { seenAt: Date };
    const isLost = rebuild.state === 'running' && Date.now() - seenAt.getTime() > silenceMs;
    return isLost ? { state: 'failed', startedAt: rebuild.startedAt, endedAt: seenAt } : rebuild;
  } catch {
    // A record only tells; one that is damaged is none.
    return null;
  }
}

const asDate = (key: string, value: unknown): unknown =>
  key.endsWith('At') && typeof value === 'string' ? new Date(value) : value;

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

const room = join(import.meta.dirname, '../..');

/** Why nothing can be embedded on this machine, if so. */
export const embeddingTrouble = (() => {
  try {
    execFileSync(process.execPath, ['-e', "require('onnxruntime-node')"], { cwd: room, stdio: 'pipe' });
    return null;
  } catch (error) {
    return (error as Error).message.split('\n').find((line) => line.startsWith('Error')) ?? 'unknown';
  }
})();

if (embeddingTrouble !== null)
  console.warn(`Tests of embedding are skipped: onnxruntime-node cannot be loaded (${embeddingTrouble}).`);

/** A suite that needs the real model to run. */
export const describeEmbedding = describe.skipIf(embeddingTrouble !== null);

interface Reference {
  text: string;
  ids: number[];
  /** Of the original model. */
  vector: number[];
  /** How near the model that is shipped comes to it. */
  int8_cosine: number;
}

/** Texts of many kinds, and what the original model makes of them. */
export const reference = JSON.parse(readFileSync(join(room, 'test/reference.json'), 'utf8')) as Reference[];

export const cosine = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
};

/** So many different texts as long as the model reads. */
export const longTexts = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, at) => `Page ${at} of a handbook. ${'It says how things are done here. '.repeat(30)}`,
  );

/** Whether a process is there; one that only waits to be collected is not. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

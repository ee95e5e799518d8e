import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VectorIndex } from '../src/vectors/vector-index.js';
import { pagesAfter, writerKind } from './kit/vector-changes.js';
import { foldersOfTests, plainSearch, randomOf } from './kit/vectors.js';

const newFolder = foldersOfTests();
const program = join(import.meta.dirname, 'kit/vector-writer.mjs');
const flags = ['--disable-warning=ExperimentalWarning', '--experimental-transform-types'];
const everything = { query: new Float32Array(384).fill(1), limit: 1e6, perPage: 1e6 };

/** The last step that a writer told of before it was killed, which happened soon after so many. */
async function killedAfter(folder: string, steps: number, delayMs: number): Promise<number> {
  const writer = spawn(process.execPath, [...flags, program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  writer.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (said.split('\n').length > steps) setTimeout(() => writer.kill('SIGKILL'), delayMs);
  });
  await once(writer, 'close');
  return Number(said.trimEnd().split('\n').at(-1));
}

it('a writer may be killed at any time: what it told of is there, and nothing is half there', async () => {
  const folder = newFolder();
  const random = randomOf(6);
  for (let round = 0; round < 8; round += 1) {
    const told = await killedAfter(folder, 5 + Math.floor(40 * random()), 10 * random());

    const index = await VectorIndex.open(folder, writerKind);
    const position = Number(index.position);
    expect(position).toBeGreaterThanOrEqual(told);
    expect(position).toBeLessThanOrEqual(told + 1);
    expect(await index.search(everything)).toEqual(plainSearch(pagesAfter(position), everything));
    await index.close();
  }
  expect(readdirSync(folder).length).toBeLessThan(12);
});

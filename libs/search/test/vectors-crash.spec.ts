import { cpSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { VectorIndex } from '../src/vectors/vector-index.js';
import { contentOf, eighths, foldersOfTests, kindOf, pageOf, randomOf } from './kit/vectors.js';

const dimensions = 8;
const kind = kindOf(dimensions);
const newFolder = foldersOfTests();
type Content = Awaited<ReturnType<typeof contentOf>>;

const empty: Content = { position: null, stamps: [], troubles: [], counts: [0, 0], found: [] };
const recordsOf = (folder: string) =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.vectors')) ?? 'none');

/** What is there, and whether it can be written to and opened again. */
async function openedContent(folder: string): Promise<Content> {
  const index = await VectorIndex.open(folder, kind);
  const content = await contentOf(index, dimensions);
  const page = pageOf('after', [new Float32Array(dimensions).fill(1)]);
  await index.write({ removed: [], pages: [page], position: 'after' });
  const after = await contentOf(index, dimensions);
  await index.close();
  const again = await VectorIndex.open(folder, kind);
  expect(await contentOf(again, dimensions)).toEqual(after);
  expect(after.position).toBe('after');
  expect(after.counts[0]).toBe(new Set([...content.stamps.map(([path]) => path), 'after']).size);
  await again.close();
  return content;
}

describe('a vector index that was damaged', () => {
  const random = randomOf(3);
  let folder: string;
  /** What it held when its file had so many bytes. */
  let states: { bytes: number; content: Content }[];
  const stateAt = (bytes: number) => states.findLast((state) => state.bytes <= bytes)?.content;
  const damagedCopy = (damage: (records: string) => void) => {
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    damage(recordsOf(copy));
    return copy;
  };

  beforeEach(async () => {
    folder = newFolder();
    states = [{ bytes: 0, content: empty }];
    const index = await VectorIndex.open(folder, kind);
    for (let step = 0; step < 6; step += 1) {
      const vectors = Array.from({ length: step }, () => eighths(random, dimensions));
      const pages = [pageOf(`p${step % 4}`, vectors, `${step}`), { ...pageOf('bad', [], `${step}`), trouble: 'why' }];
      await index.write({ removed: step === 4 ? ['p1'] : [], pages, position: `step ${step}` });
      states.push({
        bytes: readFileSync(recordsOf(folder)).length,
        content: await contentOf(index, dimensions),
      });
    }
    await index.close();
  });

  it('by an end that is missing is what it was before', async () => {
    const size = states.at(-1)?.bytes ?? 0;
    const boundaries = states.flatMap(({ bytes }) => [bytes - 1, bytes, bytes + 1, bytes + 47, bytes + 48, bytes + 49]);
    const anywhere = Array.from({ length: 60 }, () => Math.floor(random() * size));
    for (const bytes of [...boundaries, ...anywhere].filter((at) => at >= 0 && at <= size)) {
      const copy = damagedCopy((records) => truncateSync(records, bytes));
      expect(await openedContent(copy), `${bytes} of ${size} bytes`).toEqual(stateAt(bytes));
    }
  });

  it('by a bit that is wrong is what it was before', async () => {
    const size = states.at(-1)?.bytes ?? 0;
    const frames = states.slice(0, -1).flatMap(({ bytes }) => [0, 4, 7, 8, 12, 15, 16, 47, 48].map((at) => bytes + at));
    const anywhere = Array.from({ length: 80 }, () => Math.floor(random() * size));
    for (const at of [...frames, ...anywhere]) {
      const copy = damagedCopy((records) => {
        const bytes = readFileSync(records);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        writeFileSync(records, bytes);
      });
      expect(await openedContent(copy), `byte ${at} of ${size}`).toEqual(stateAt(at));
    }
  });

  it('by zeros or other bytes behind its end is what it was', async () => {
    const whole = states.at(-1)?.content;
    for (const rest of [Buffer.alloc(5000), Buffer.from('WBV1'.repeat(100)), readFileSync(recordsOf(folder))]) {
      const copy = damagedCopy((records) => writeFileSync(records, rest, { flag: 'a' }));
      const size = readFileSync(recordsOf(copy)).length;
      expect(await openedContent(copy)).toEqual(whole);
      // What was behind the end is gone with what was written there.
      if (rest.length > 1000) expect(readFileSync(recordsOf(copy)).length).toBeLessThan(size - rest.length + 1000);
    }
  });

  it('after it was written anew, by an end that is missing, is to be read from the beginning', async () => {
    const index = await VectorIndex.open(folder, kind);
    const pages = Array.from({ length: 9 }, (_, at) => pageOf(`new ${at}`, [eighths(random, dimensions)]));
    const rebuild = await index.rebuild();
    for (const page of pages) await rebuild.add([page]);
    await rebuild.finish('rebuilt');
    await index.close();
    const { size } = statSync(recordsOf(folder));

    for (let bytes = size - 1; bytes > 0; bytes -= 97) {
      const content = await openedContent(damagedCopy((records) => truncateSync(records, bytes)));
      expect(content.position).toBeNull();
      const paths = content.stamps.map(([path]) => path);
      expect(paths).toEqual(pages.slice(0, paths.length).map(({ path }) => path));
    }
  });

  it('with records of another index in the place of its own is empty', async () => {
    const other = newFolder();
    const index = await VectorIndex.open(other, kind);
    await index.write({ removed: [], pages: [pageOf('x', [eighths(random, dimensions)])], position: 'x' });
    await index.close();

    const copy = damagedCopy((records) => writeFileSync(records, readFileSync(recordsOf(other))));
    expect(await openedContent(copy)).toEqual(empty);
  });

  it('in its manifest, or without its records, is empty and says so', async () => {
    const manifest = readFileSync(join(folder, 'manifest.json'));
    const damages: [string, (copy: string) => void][] = [
      ['absent', (copy) => writeFileSync(join(copy, 'manifest.json.1'), manifest)],
      ['damaged', (copy) => writeFileSync(join(copy, 'manifest.json'), '')],
      ['damaged', (copy) => writeFileSync(join(copy, 'manifest.json'), manifest.subarray(0, -10))],
      ['damaged', (copy) => writeFileSync(join(copy, 'manifest.json'), flipped(manifest, 5))],
      ['damaged', (copy) => writeFileSync(join(copy, 'manifest.json'), manifest)],
    ];
    for (const [at, [state, damage]] of damages.entries()) {
      const copy = newFolder();
      if (at === 0 || at === 4) cpSync(folder, copy, { recursive: true, filter: (name) => !name.includes('.') });
      else cpSync(folder, copy, { recursive: true });
      damage(copy);

      const index = await VectorIndex.open(copy, kind);
      expect(index.state).toBe(state);
      await index.close();
      expect(await openedContent(copy)).toEqual(empty);
      for (const name of readdirSync(copy)) utimesSync(join(copy, name), 0, 0);
      expect((await openedContent(copy)).position).toBe('after');
      // What was of no use any more is gone.
      expect(readdirSync(copy)).toHaveLength(2);
    }
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PageChunks, VectorIndex } from '../src/vectors/vector-index.js';
import { contentOf, eighths, foldersOfTests, kindOf, pageOf, plainSearch, randomOf } from './kit/vectors.js';

const dimensions = 384;
const newFolder = foldersOfTests();
const random = randomOf(2);
const page = (path: string, chunks = 1, stamp = 'a blob') =>
  pageOf(
    path,
    Array.from({ length: chunks }, () => eighths(random, dimensions)),
    stamp,
  );
const everything = { query: eighths(random, dimensions), limit: 1e6, perPage: 1e6 };

describe('two processes with one vector index that is written anew', () => {
  let folder: string;
  let [writer, reader]: VectorIndex[] = [];
  let kept: PageChunks;
  const open = () => VectorIndex.open(folder, kindOf(dimensions));
  const recordFiles = () => readdirSync(folder).filter((name) => name.endsWith('.vectors'));
  const write = (index: VectorIndex, pages: PageChunks[], position: string) =>
    index.write({ removed: [], pages, position });

  beforeEach(async () => {
    folder = newFolder();
    [writer, reader] = [await open(), await open()];
    kept = page('kept', 3);
    await write(writer, [kept], 'one');
  });
  afterEach(async () => {
    await writer?.close();
    await reader?.close();
  });

  /** The reader, which saw nothing but its folder, holds what the writer holds. */
  const expectShared = async (pages: PageChunks[]) => {
    expect(await reader.search(everything)).toEqual(plainSearch(pages, everything));
    expect(await contentOf(reader, dimensions)).toEqual(await contentOf(writer, dimensions));
  };
  /** Fills the file with what is of no use. */
  const fillUp = async () => {
    for (let round = 0; round < 4; round += 1)
      await write(writer, [page('filler', 200, `${round}`)], `filled ${round}`);
    await writer.write({ removed: ['filler'], pages: [], position: 'filled' });
  };

  it('go on when one of them writes the file anew', async () => {
    await fillUp();
    await expectShared([kept]);
    const before = statSync(join(folder, recordFiles()[0])).size;

    expect(await writer.compact()).toBe(true);

    expect(recordFiles()).toHaveLength(1);
    expect(statSync(join(folder, recordFiles()[0])).size).toBeLessThan(before / 50);
    await expectShared([kept]);
    expect([reader.position, await writer.compact()]).toEqual(['filled', false]);
    const more = page('more', 2);
    await write(reader, [more], 'two');
    expect(await writer.search(everything)).toEqual(plainSearch([kept, more], everything));
  });

  it('leave the file as it is while most of it is of use, or little of no use', async () => {
    const large = Array.from({ length: 6 }, (_, at) => page(`large ${at}`, 200));
    await write(writer, large.slice(0, 1), 'two');
    await writer.write({ removed: ['large 0'], pages: [], position: 'three' });
    expect(await writer.compact()).toBe(false);

    for (const each of large) await write(writer, [each], 'four');
    for (const each of large.slice(0, 3)) await write(writer, [each], 'five');
    expect(await writer.compact()).toBe(false);
    await expectShared([kept, ...large]);
  });

  it('keep troubles and pages without chunks when the file is written anew', async () => {
    await write(writer, [{ ...page('bad', 0), trouble: 'It is not text.' }, page('empty', 0)], 'two');
    await fillUp();
    const before = await contentOf(reader, dimensions);

    expect(await writer.compact()).toBe(true);

    expect(before.counts).toEqual([3, 3]);
    expect(await contentOf(reader, dimensions)).toEqual(before);
  });

  it('search while the file is written anew', async () => {
    await fillUp();
    const compacted = writer.compact();
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? writer : reader).search(everything)),
    );
    await compacted;

    for (const each of found) expect(each).toEqual(plainSearch([kept], everything));
    await expectShared([kept]);
    expect(recordFiles()).toHaveLength(1);
  });

  it('lose at most what was written while the other wrote the file anew', async () => {
    const more = page('more');
    for (let round = 0; round < 5; round += 1) {
      await fillUp();
      await Promise.all([writer.compact(), write(reader, [more], 'more')]);

      await expectShared(reader.position === 'more' ? [kept, more] : [kept]);
      await writer.write({ removed: ['more'], pages: [], position: 'less' });
    }
  });

  it('search the old while one of them builds a new one', async () => {
    const [a, b] = [page('a', 2), page('b', 3)];
    const rebuild = await writer.rebuild();
    await rebuild.add([a, page('b', 1)]);
    await expectShared([kept]);
    await rebuild.add([b]);
    await expectShared([kept]);
    await write(writer, [kept], 'meanwhile');

    expect(await rebuild.finish('rebuilt')).toBe(true);

    await expectShared([a, b]);
    expect([reader.position, recordFiles().length]).toEqual(['rebuilt', 1]);
    await expect(rebuild.add([])).rejects.toThrow('over');
  });

  it('keep what they had when a new one is given up', async () => {
    const rebuild = await writer.rebuild();
    await rebuild.add([page('a')]);

    await rebuild.abandon();
    await rebuild.abandon();

    await expect(rebuild.finish('rebuilt')).rejects.toThrow('over');
    await expectShared([kept]);
    expect(recordFiles()).toHaveLength(1);
  });

  it('remove what a writer left behind that ended long ago, but nothing that may still be written', async () => {
    const rebuild = await writer.rebuild();
    await rebuild.add([page('a')]);
    const left = ['0123.vectors', 'manifest.json.0123', 'notes.txt'];
    for (const name of left) writeFileSync(join(folder, name), 'left');

    await write(reader, [page('b')], 'two');
    expect(readdirSync(folder)).toHaveLength(6);
    for (const name of [...left]) utimesSync(join(folder, name), 0, 0);
    await write(reader, [page('c')], 'three');
    expect(readdirSync(folder)).toHaveLength(4);
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true);

    await rebuild.finish('four');
    expect(readdirSync(folder)).toHaveLength(3);
    await reader.refresh();
    expect([reader.position, reader.pageCount]).toEqual(['four', 1]);
  });

  it('both write the file anew at the same time', async () => {
    const large = Array.from({ length: 25 }, (_, at) => page(`large ${at}`, 100));
    const fill = async () => {
      for (let times = 0; times < 3; times += 1) await write(writer, large, `large ${times}`);
    };
    await fill();
    expect(await Promise.all([reader.compact(), writer.compact()])).toContain(true);
    await expectShared([kept, ...large]);

    // And when the other is done while one of them is about to.
    await fill();
    const rebuild = await reader.rebuild();
    await rebuild.add([kept]);
    await reader.refresh();
    const files = recordFiles().length;
    const compacted = writer.compact();
    await expect.poll(() => recordFiles().length, { interval: 1 }).toBeGreaterThan(files);
    await rebuild.finish('rebuilt');
    await Promise.all([writer.refresh(), compacted]);
    await reader.refresh();
    await expectShared(reader.position === 'rebuilt' ? [kept] : [kept, ...large]);
  });
});

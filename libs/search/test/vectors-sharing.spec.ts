import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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

describe('two processes with one vector index', () => {
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
  it('see what the other appended', async () => {
    await expectShared([kept]);
    const more = page('more');
    await write(writer, [more], 'two');
    await expectShared([kept, more]);

    await reader.write({ removed: ['kept'], pages: [], position: 'three' });
    expect(await writer.search(everything)).toEqual(plainSearch([more], everything));
    expect(writer.position).toBe('three');
  });

  it('see what one of them wrote at once, however often they look', async () => {
    for (let round = 0; round < 30; round += 1) {
      await write(writer, [page('p', 1, `${round}`)], `${round}`);
      await Promise.all([reader.refresh(), reader.refresh(), reader.search(everything)]);
      expect(reader.position).toBe(`${round}`);
    }
  });

  it('are empty when the folder is gone, and begin anew', async () => {
    await expectShared([kept]);
    rmSync(folder, { recursive: true });

    expect(await reader.search(everything)).toEqual([]);
    expect([reader.state, reader.position]).toEqual(['absent', null]);
    const more = page('more');
    await write(writer, [more], 'two');
    await expectShared([more]);
  });

  it('are damaged while the file is gone, and whole when it is back', async () => {
    await expectShared([kept]);
    const file = join(folder, recordFiles()[0]);
    renameSync(file, `${file}.away`);
    expect([await reader.search(everything), reader.state]).toEqual([[], 'damaged']);

    renameSync(`${file}.away`, file);
    await expectShared([kept]);
  });

  it('notice another file in the place of theirs', async () => {
    await expectShared([kept]);
    const before = readFileSync(join(folder, recordFiles()[0]));
    const more = page('more');
    await write(writer, [more], 'two');
    await expectShared([kept, more]);
    const path = join(folder, recordFiles()[0]);
    writeFileSync(`${path}.new`, before);
    renameSync(`${path}.new`, path);

    await expectShared([kept]);
    expect(reader.position).toBe('one');
  });

  it('that write at once make nothing wrong, whichever of them wins', async () => {
    for (let round = 0; round < 40; round += 1) {
      const [ours, theirs] = [page('ours', 1 + (round % 3), `${round}`), page('theirs', 2, `${round}`)];
      await Promise.allSettled([write(writer, [ours], `ours ${round}`), write(reader, [theirs], `theirs ${round}`)]);

      const fresh = await open();
      const onDisk = await contentOf(fresh, dimensions);
      await fresh.close();
      expect(await contentOf(writer, dimensions)).toEqual(onDisk);
      expect(await contentOf(reader, dimensions)).toEqual(onDisk);
    }
  });

  it('never show the details of another chunk when the file was written over', async () => {
    await expectShared([kept]);
    const file = join(folder, recordFiles()[0]);
    const { atime, mtime } = statSync(file);
    const bytes = readFileSync(file);
    const at = bytes.indexOf('Text 1 of kept');
    bytes.write('Text 2 of kept', at);
    writeFileSync(file, bytes);
    utimesSync(file, atime, mtime);

    expect(await reader.search(everything)).toEqual([]);
    expect(reader.position).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitError } from '@lib/git';
import { BareRepository } from './kit/bare-repository.js';
import { deltaSize, putPack, type Crafted } from './kit/crafted-pack.js';
import { outcome } from './kit/outcome.js';

const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
/** A delta that copies the first bytes of its base, of sizes as it likes to say. */
const copying = (baseSize: number, size: number, trailing = 0) =>
  Buffer.concat([deltaSize(baseSize), deltaSize(size), Buffer.from([0x90, 1]), Buffer.alloc(trailing)]);
const delta = (oid: string, base: string, contents: Buffer): Crafted => ({ oid, kind: 'delta', base, contents });
const blob = (oid: string, contents: Buffer): Crafted => ({ oid, kind: 'blob', contents });

describe('a pack that was made to do harm', () => {
  let repository: BareRepository;
  beforeEach(() => {
    repository = BareRepository.empty();
  });
  afterEach(() => repository.remove());

  const expectRefused = async (oid: string) => {
    const reader = repository.reader();
    expect(await outcome('reading it', () => reader.object(oid))).toBeInstanceOf(GitError);
    await outcome('reading its head', () => reader.header(oid));
    expect(await outcome('reading it with a limit', () => reader.object(oid, 1_000))).toBeInstanceOf(GitError);
  };

  it('of deltas that are each other’s base comes to an end', async () => {
    putPack(repository, 'one', [delta(a, b, copying(1, 1)), delta(b, a, copying(1, 1))]);
    await expectRefused(a);
  });

  it('of deltas that are each other’s base and grow when read takes no memory', async () => {
    const huge = copying(1, 1, 60 << 20);
    putPack(repository, 'one', [delta(a, b, huge), delta(b, a, huge)]);
    await expectRefused(a);
  });

  it('of deltas whose base is in another pack, and so on in a circle, comes to an end', async () => {
    putPack(repository, 'one', [delta(a, b, copying(1, 1))]);
    putPack(repository, 'two', [delta(b, c, copying(1, 1))]);
    putPack(repository, 'three', [delta(c, a, copying(1, 1))]);
    await expectRefused(a);
  });

  it('with sizes beyond all memory is refused by the sizes', async () => {
    for (const size of [2 ** 31, 2 ** 40, 2 ** 50]) {
      putPack(repository, 'one', [
        delta(a, b, copying(size, 1)),
        delta(b, c, copying(1, size)),
        blob(c, Buffer.from('x')),
      ]);
      await expectRefused(a);
      putPack(repository, 'one', [delta(a, c, copying(1, size)), blob(c, Buffer.from('x'))]);
      await expectRefused(a);
      putPack(repository, 'one', [{ ...blob(a, Buffer.from('x')), size }]);
      await expectRefused(a);
    }
  });

  it('that ends in the middle of the id of a base is refused', async () => {
    const cut = 30;
    putPack(repository, 'one', [blob(c, Buffer.from('x')), delta(a, b, copying(1, 1))], cut);
    await expectRefused(a);
    for (let bytes = 1; bytes < 40; bytes += 1) {
      putPack(repository, 'one', [blob(c, Buffer.from('x')), delta(a, b, copying(1, 1))], bytes);
      await expectRefused(a);
    }
  });
});

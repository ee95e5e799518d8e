import { describe, expect, it } from 'vitest';
import type { Repository } from '@lib/git';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { allObjects, type ObjectOfGit } from './kit/git-answers.js';
import { packings } from './kit/packings.js';
import { eachSeed, isLong, Random } from './kit/seeds.js';

async function expectSame(reader: Repository, objects: ObjectOfGit[], how: string): Promise<void> {
  for (const { oid, type, bytes } of objects) {
    expect(await reader.header(oid), `${how}: ${oid}`).toMatchObject({ type, size: bytes.length });
    const object = await reader.object(oid);
    expect(object.type === type && object.bytes.equals(bytes), `${how}: ${oid}`).toBe(true);
  }
}

describe('an object is what git cat-file reads', () => {
  eachSeed('however git keeps it', 1, (random) =>
    withHistory(random, { commits: 60, branches: true, foreign: true }, async (repository) => {
      const objects = allObjects(repository);
      await expectSame(repository.reader(), objects, 'as imported');
      for (const [how, pack] of random.shuffled(Object.entries(packings))) {
        pack(repository, random);
        await expectSame(repository.reader(), objects, how);
      }
      expect(repository.git.attempt(['fsck', '--full']).status).toBe(0);
    }),
  );

  eachSeed('for a reader that was there before git packed anew', 1, (random) =>
    withHistory(random, { commits: 40, branches: true, foreign: true }, async (repository) => {
      const objects = random.shuffled(allObjects(repository));
      const ways = random.shuffled(Object.entries(packings));
      const reader = repository.reader();
      const portion = Math.ceil(objects.length / (ways.length + 1));
      for (const [at, [how, pack]] of ways.entries()) {
        await expectSame(reader, objects.slice(at * portion, (at + 1) * portion), `before ${how}`);
        pack(repository, random);
        const fresh = new Random(random.below(1 << 30)).bytes(40);
        const oid = repository.git.text(['hash-object', '-w', '--stdin'], fresh).trim();
        expect((await reader.object(oid)).bytes.equals(fresh), how).toBe(true);
      }
      await expectSame(reader, objects.slice(ways.length * portion), 'after all');
    }),
  );

  it('when there is nothing in it, and when there is a great deal', { timeout: 600_000 }, async () => {
    const repository = BareRepository.empty();
    const large = Buffer.alloc((isLong ? 100 : 12) << 20, 'a line of a large file, the same again\n');
    large.set(new Random(1).bytes(1 << 20), 1 << 20);
    const more = Buffer.concat([large, Buffer.from('and more')]);
    const blobs = [Buffer.alloc(0), large, more];
    const oids = blobs.map((bytes) => repository.git.text(['hash-object', '-w', '--stdin'], bytes).trim());
    const check = async () => {
      const reader = repository.reader();
      for (const [at, oid] of oids.entries()) {
        const expected = blobs[at] ?? Buffer.alloc(0);
        const mostBytes = expected.length - 1;
        if (mostBytes >= 0) await expect(reader.blob(oid, mostBytes)).rejects.toMatchObject({ code: 'too-large' });
        expect(await reader.blobSize(oid)).toBe(expected.length);
        expect((await reader.blob(oid)).equals(expected)).toBe(true);
      }
    };

    await check();
    repository.git.run(['pack-objects', '-q', '--window=5', 'objects/pack/pack'], `${oids.join('\n')}\n`);
    repository.git.run(['prune-packed', '-q']);
    await check();
    repository.remove();
  });
});

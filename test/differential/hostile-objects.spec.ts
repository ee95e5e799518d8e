import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { GitError, hashObject, type Repository } from '@lib/git';
import { type BareRepository, withHistory } from './kit/bare-repository.js';
import { whileDamaged } from './kit/damaged.js';
import { allObjects, type ObjectOfGit } from './kit/git-answers.js';
import { mutated } from './kit/mutations.js';
import { outcome } from './kit/outcome.js';
import { packings } from './kit/packings.js';
import { eachSeed, type Random } from './kit/seeds.js';

const damagesPerRound = 30;

/** Files that hold objects, by their ending: packs, their indexes, and objects in files of their own. */
function objectFiles({ gitDir }: BareRepository): string[] {
  const names = readdirSync(join(gitDir, 'objects'), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(gitDir.length + 1)).filter((file) => !/(rev|midx|bitmap|packs)$/.test(file));
}

/** Each object is what it was, or an error of ours: what is damaged is never taken for the truth. */
async function expectTruth(reader: Repository, objects: ObjectOfGit[], how: string): Promise<void> {
  for (const { oid, type, bytes } of objects) {
    const object = await outcome(`${how}: ${oid}`, () => reader.object(oid, 1 << 20));
    if (object instanceof GitError) expect(['object-corrupt', 'object-missing', 'too-large']).toContain(object.code);
    else {
      expect(hashObject(object.type, object.bytes), how).toBe(oid);
      expect(object.type === type && object.bytes.equals(bytes), how).toBe(true);
    }
    await outcome(`${how}: the head of ${oid}`, () => reader.header(oid));
  }
}

const round = (how: string) => (random: Random) =>
  withHistory(random, { commits: 12, branches: true }, async (repository) => {
    packings[how]?.(repository, random);
    const objects = allObjects(repository);
    for (let i = 0; i < damagesPerRound; i += 1) {
      const file = random.of(objectFiles(repository));
      const damage = mutated(random, readFileSync(join(repository.gitDir, file)));
      const some = random.shuffled(objects).slice(0, 40);
      await whileDamaged(repository, { file, bytes: damage.bytes }, async (reader) => {
        await expectTruth(reader, some, `${file} ${damage.how}`);
        const commit = random.of(objects.filter(({ type }) => type === 'commit')).oid;
        await outcome(`${file} ${damage.how}: a walk`, () => reader.walk(commit));
        await outcome(`${file} ${damage.how}: a prefix`, () => reader.findCommit(commit.slice(0, 8)));
      });
    }
  });

describe('damaged objects are errors, never crashes, hangs or other contents', () => {
  eachSeed('in packs and their indexes', 1, round('one pack'));
  eachSeed('in packs with deltas by id', 1, round('deltas by id'));
  eachSeed('in many packs', 1, round('many packs'));
  eachSeed('in files of their own', 1, round('files of their own'));
});

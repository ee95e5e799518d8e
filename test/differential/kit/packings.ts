import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BareRepository } from './bare-repository.js';
import type { Random } from './seeds.js';

type Repack = (repository: BareRepository, random: Random) => void;

const repack =
  (...args: string[]): Repack =>
  (repository) =>
    void repository.git.run(['repack', '-q', ...args]);

/** Ways in which git may keep the same objects; each leaves all of them readable. */
export const packings: Record<string, Repack> = {
  'one pack': repack('-adf'),
  'long chains of deltas': repack('-adf', '--depth=4000', '--window=50'),
  'deltas by id': (repository) =>
    void repository.git.run(['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--window=50']),
  'no deltas': repack('-adf', '--window=0'),
  bitmaps: repack('-adb'),
  'files of their own': (repository) => {
    const aside = packFiles(repository).filter((name) => name.endsWith('.pack'));
    remove(repository, 'multi-pack-index');
    for (const name of aside) unpack(repository, name);
  },
  'many packs': (repository, random) => {
    const oids = random.shuffled(
      repository.git.lines(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']),
    );
    const old = packFiles(repository);
    remove(repository, 'multi-pack-index');
    for (let at = 0; at < oids.length;) {
      const some = oids.slice(at, at + 1 + random.below(oids.length));
      at += some.length;
      repository.git.run(['pack-objects', '-q', '--window=20', 'objects/pack/pack'], `${some.join('\n')}\n`);
    }
    const now = packFiles(repository);
    // A pack of the very same objects has the very same name.
    if (now.length > old.length) for (const name of old) remove(repository, name);
    repository.git.run(['prune-packed', '-q']);
  },
  'an index over many packs': (repository, random) => {
    packings['many packs']?.(repository, random);
    repository.git.run(['multi-pack-index', 'write', '--bitmap']);
  },
  'a geometric repack': repack('--geometric=2', '-d', '--write-midx', '--write-bitmap-index'),
  gc: (repository) => void repository.git.run(['gc', '-q', '--prune=now']),
};

const folderOf = ({ gitDir }: BareRepository): string => join(gitDir, 'objects', 'pack');
const packFiles = (repository: BareRepository): string[] =>
  readdirSync(folderOf(repository)).filter((name) => name.startsWith('pack-'));

function remove(repository: BareRepository, name: string): void {
  rmSync(join(folderOf(repository), name), { force: true });
}

function unpack(repository: BareRepository, pack: string): void {
  const bytes = repository.git.run(['pack-objects', '-q', '--stdout'], objectsOf(repository, pack));
  for (const name of packFiles(repository)) if (name.startsWith(pack.slice(0, -5))) remove(repository, name);
  repository.git.run(['unpack-objects', '-q'], bytes);
}

function objectsOf(repository: BareRepository, pack: string): string {
  const listed = repository.git.lines(['show-index'], readIndex(repository, pack));
  return listed.map((line) => `${line.split(' ')[1]}\n`).join('');
}

const readIndex = (repository: BareRepository, pack: string): Buffer =>
  readFileSync(join(folderOf(repository), pack.replace(/\.pack$/, '.idx')));

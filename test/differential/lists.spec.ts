import { describe, expect } from 'vitest';
import { withHistory } from './kit/bare-repository.js';
import { diffTree, lsTree } from './kit/git-answers.js';
import { eachSeed } from './kit/seeds.js';

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const shape = { commits: 40, branches: true, foreign: true };
const isReadable = ({ path }: { path: string }) => !path.includes('\ufffd');

describe('a list is what git ls-tree lists', () => {
  eachSeed('whole, by folder and by path, in the same order', 1, (random) =>
    withHistory(random, shape, async (repository) => {
      const reader = repository.reader();
      for (const commit of repository.commits()) {
        const all = lsTree(repository, '-r', commit);
        expect(await reader.walk(commit)).toEqual(all);
        expect(await reader.children(commit, '')).toEqual(lsTree(repository, commit));
      }
      const [tip = ''] = repository.commits();
      // A name that is no UTF-8 is shown with replacement characters, so nobody can ask for it.
      for (const folder of lsTree(repository, '-r', '-d', tip).filter(isReadable)) {
        if (folder.mode === '160000') continue;
        expect(await reader.walk(tip, folder.path)).toEqual(
          lsTree(repository, '-r', folder.oid).map((item) => ({ ...item, path: `${folder.path}/${item.path}` })),
        );
        expect(await reader.children(tip, folder.path)).toEqual(
          lsTree(repository, folder.oid).map((item) => ({ ...item, path: `${folder.path}/${item.path}` })),
        );
      }
      for (const item of lsTree(repository, '-r', '-t', tip).filter(isReadable)) {
        expect(await reader.entry(tip, item.path)).toEqual(item);
        expect(await reader.entry(tip, `${item.path}/nothing`)).toBeNull();
      }
    }),
  );
});

describe('a difference is what git diff-tree lists', () => {
  eachSeed('between a commit and its parents, between any two, and from nothing', 1, (random) =>
    withHistory(random, shape, async (repository) => {
      const reader = repository.reader();
      const commits = repository.commits();
      const pairs = commits.map((commit): [string, string] => [random.of(commits), commit]);
      for (const oid of commits) {
        const { parents } = await reader.commit(oid);
        pairs.push(...parents.map((parent): [string, string] => [parent, oid]));
      }
      for (const [before, after] of pairs) {
        expect(await reader.diff(before, after), `${before} ${after}`).toEqual(diffTree(repository, before, after));
      }
      const [tip = ''] = commits;
      expect(await reader.diff(null, tip)).toEqual(diffTree(repository, emptyTree, tip));
    }),
  );
});

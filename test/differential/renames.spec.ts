import { describe, expect } from 'vitest';
import { directRunner, findRenames, type Rename } from '@lib/git';
import { withHistory } from './kit/bare-repository.js';
import { zeroSeparated } from './kit/git-answers.js';
import { eachSeed } from './kit/seeds.js';

describe('a rename is what git diff -M finds', () => {
  eachSeed('in every commit against its first parent', 1, (random) =>
    withHistory(random, { commits: 40, branches: true, foreign: true }, async (repository) => {
      const reader = repository.reader();
      const commits = repository.commits();
      const found = await findRenames(reader, directRunner(), commits);
      for (const commit of commits) {
        const [parent] = (await reader.commit(commit)).parents;
        const expected: Rename[] = [];
        if (parent !== undefined) {
          const args = ['diff', '-M50%', '--diff-filter=R', '--name-status', '-z', parent, commit];
          const words = zeroSeparated(repository.git.run(args));
          for (let at = 0; at + 2 < words.length; at += 3) {
            expected.push({ from: words[at + 1] ?? '', to: words[at + 2] ?? '' });
          }
        }
        expect(found.get(commit), commit).toEqual(expected);
      }
    }),
  );
});

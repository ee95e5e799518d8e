import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { merge3 } from '@lib/git';
import { edited, randomText } from './kit/contents.js';
import { GitBinary } from './kit/git-binary.js';
import { eachSeed } from './kit/seeds.js';

const sortedLines = (text: string): string[] => text.split('\n').sort();

describe('a merge of two changes', () => {
  let folder: string;
  let git: GitBinary;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wikibot-merges-'));
    git = new GitBinary(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const mergeFile = (base: string, ours: string, theirs: string) => {
    for (const [name, text] of Object.entries({ base, ours, theirs })) writeFileSync(join(folder, name), text);
    const { status, stdout } = git.attempt(['merge-file', '-p', 'ours', 'base', 'theirs']);
    return status === 0 ? stdout.toString('utf8') : null;
  };

  eachSeed('is what git merge-file makes wherever both find no conflict', 1, (random) => {
    const told = {
      same: 0,
      'another copy of a repeated line': 0,
      conflict: 0,
      'only git is sure': 0,
      'only we are sure': 0,
    };
    for (let i = 0; i < 80; i += 1) {
      const base = Array.from({ length: 4 + random.below(30) }, (_, at) => `line ${at} ${random.below(3)}\n`).join('');
      const [ours, theirs] = random.once(20)
        ? [randomText(random), base]
        : [edited(random, base), edited(random, base)];
      const mine = merge3(base, ours, theirs);
      const git = mergeFile(base, ours, theirs);
      if (mine.clean && git !== null) {
        // A change beside a line that is there twice may be placed at either; the lines as such are the same.
        if (mine.text !== git)
          expect(sortedLines(mine.text), JSON.stringify({ base, ours, theirs })).toEqual(sortedLines(git));
        told[mine.text === git ? 'same' : 'another copy of a repeated line'] += 1;
      } else told[mine.clean ? 'only we are sure' : git === null ? 'conflict' : 'only git is sure'] += 1;
    }
    expect(told['another copy of a repeated line']).toBeLessThan(told.same / 5);
    expect(told.same).toBeGreaterThan(10);
    // Somebody is asked once too often rather than once too seldom.
    expect(told['only we are sure'], JSON.stringify(told)).toBe(0);
  });
});

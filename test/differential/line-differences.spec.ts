import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineDiff, unifiedDiff } from '@lib/git';
import { edited, randomText } from './kit/contents.js';
import { GitBinary } from './kit/git-binary.js';
import { eachSeed, type Random } from './kit/seeds.js';

const names = ['page.md', 'Über uns.md', '日本/語.md', 'with "quotes".md', 'back\\slash.md', 'tab\there.md', 'line\nbreak.md', 'z z/ a b .md', "it's.md", '-dash.md', 'a 2024-05-01 12:00:00.md', '\u0001.md']; // prettier-ignore

interface Lines {
  removed: string[];
  added: string[];
}

/** The lines a patch takes away and brings, without its heads. */
function linesOf(patch: string): Lines {
  const body = patch.split('\n').slice(patch.split('\n').findIndex((line) => line.startsWith('@@ ')));
  const of = (sign: string) => body.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  return { removed: of('-').sort(), added: of('+').sort() };
}

describe('a difference that we write', () => {
  let folder: string;
  let git: GitBinary;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wikibot-lines-'));
    git = new GitBinary(folder);
    git.run(['init', '-q']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const place = (path: string, text: string | null) => {
    rmSync(join(folder, path), { force: true });
    if (text === null) return;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const textAt = (path: string): string | null => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return null;
    }
  };
  const expectApplies = (path: string, before: string | null, after: string | null) => {
    place(path, before);
    const patch = unifiedDiff(path, before, after);
    const { status, stderr } = git.attempt(['apply', '--whitespace=nowarn', '-'], patch);
    expect(`${status} ${stderr}`, JSON.stringify({ path, before, after, patch })).toBe('0 ');
    expect(textAt(path)).toBe(after);
    place(path, null);
  };
  const gitDiff = (before: string, after: string): string => {
    place('before', before);
    place('after', after);
    return git
      .attempt(['diff', '--no-index', '--no-indent-heuristic', '--minimal', 'before', 'after'])
      .stdout.toString();
  };

  it('applies with git whatever the file is called, made, emptied and removed', () => {
    for (const path of names) {
      expectApplies(path, 'one\ntwo\n', 'one\n2\n');
      for (const text of ['', '\n', 'one', 'one\n', '\\ No newline at end of file\n']) {
        expectApplies(path, null, text);
        expectApplies(path, text, null);
        if (text !== '') expectApplies(path, '', text);
        if (text !== '') expectApplies(path, text, '');
      }
    }
  });

  it('applies with git when the texts differ too much to be compared in time', () => {
    const text = (word: string, end: string) =>
      Array.from({ length: 25_000 }, (_, i) => `${word} ${i * 7}`).join('\n') + end;
    expectApplies('page.md', text('a', '\n'), text('b', ''));
    expectApplies('page.md', text('a', ''), text('b', '\n'));
  });

  eachSeed('applies with git, and changes the lines that git changes', 1, (random: Random) => {
    const told = { same: 0, 'another longest common part of the same length': 0 };
    for (let i = 0; i < 40; i += 1) {
      const before = randomText(random);
      const after = random.once(5) ? randomText(random) : edited(random, before);
      if (before === after) continue;
      expectApplies('page.md', before, after);
      const [ours, theirs] = [linesOf(unifiedDiff('page.md', before, after)), linesOf(gitDiff(before, after))];
      const { added, removed, hunks } = lineDiff(before, after);
      expect([added, removed]).toEqual([ours.added.length, ours.removed.length]);
      const shown = hunks.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'added');
      expect(shown.map(({ text }) => text).sort()).toEqual(ours.added);
      // Where two texts have several longest common parts, each program is free to keep another one.
      const isSame = JSON.stringify(ours) === JSON.stringify(theirs);
      if (!isSame) {
        expect([ours.added.length, ours.removed.length], JSON.stringify({ before, after })).toEqual([
          theirs.added.length,
          theirs.removed.length,
        ]);
      }
      told[isSame ? 'same' : 'another longest common part of the same length'] += 1;
    }
    expect(told.same).toBeGreaterThan(10 * told['another longest common part of the same length']);
  });
});

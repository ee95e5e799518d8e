import { describe, expect, it } from 'vitest';
import { blame, directRunner } from '@lib/git';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { lsTree } from './kit/git-answers.js';
import { eachSeed } from './kit/seeds.js';

/** Each line's commit, number and name of the file then, by the form of git's answer that repeats all of it. */
function gitBlame({ git }: BareRepository, commit: string, path: string) {
  const rows = git.text(['blame', '--line-porcelain', '-M', commit, '--', path]).split('\n');
  const lines: { commit: string; originalLine: number; line: number; text: string }[] = [];
  let head: [string, number, number] | null = null;
  for (const row of rows) {
    const match: RegExpExecArray | null = head === null ? /^([0-9a-f]{40}) (\d+) (\d+)/.exec(row) : null;
    if (match !== null) head = [match[1] ?? '', Number(match[2]), Number(match[3])];
    else if (row.startsWith('\t') && head !== null) {
      lines.push({ commit: head[0], originalLine: head[1], line: head[2], text: row.slice(1) });
      head = null;
    }
  }
  return lines;
}

describe('who wrote a line', () => {
  eachSeed('is who git blame names', 1, (random) =>
    withHistory(random, { commits: 40, branches: true }, async (repository) => {
      const reader = repository.reader();
      const [tip = ''] = repository.commits();
      for (const { path } of random.shuffled(lsTree(repository, '-r', tip)).slice(0, 12)) {
        const ours = await blame(reader, directRunner(), tip, path);
        expect(ours.map(({ originalPath: _, ...line }) => line)).toEqual(gitBlame(repository, tip, path));
        for (const line of ours) {
          const entry = await reader.entry(line.commit, line.originalPath);
          const text = (await reader.blob(entry?.oid ?? '')).toString('utf8').split('\n')[line.originalLine - 1];
          expect(text, `${line.originalPath} at ${line.commit}`).toBe(line.text);
        }
      }
    }),
  );

  it('is found in files of any name', async () => {
    const repository = BareRepository.empty();
    for (const path of [
      'quo"te.md',
      'back\\slash.md',
      'tab\there.md',
      'line\nbreak.md',
      ':(top)a.md',
      '*.md',
      'ü.md',
    ]) {
      const blob = repository.git.text(['hash-object', '-w', '--stdin'], 'one\ntwo').trim();
      const tree = repository.git.run(['mktree', '-z'], `100644 blob ${blob}\t${path}\0`).toString().trim();
      const commit = repository.git.text(['commit-tree', tree, '-m', 'x']).trim();
      const lines = await blame(repository.reader(), directRunner(), commit, path);
      expect(lines.map((line) => [line.originalPath, line.text])).toEqual([
        [path, 'one'],
        [path, 'two'],
      ]);
    }
    repository.remove();
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lineDiff, merge3, unifiedDiff } from '../src/index.js';

const scratch = mkdtempSync(join(tmpdir(), 'wikibot-merge-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function gitMerge(base: string, ours: string, theirs: string): { clean: boolean; text: string } {
  const [a, o, b] = ['ours', 'base', 'theirs'].map((name) => join(scratch, name)) as [string, string, string];
  writeFileSync(a, ours);
  writeFileSync(o, base);
  writeFileSync(b, theirs);
  const run = spawnSync('git', ['merge-file', '-p', a, o, b], { encoding: 'utf8' });
  return { clean: run.status === 0, text: run.stdout };
}

function picker(seed: number): (below: number) => number {
  let state = seed;
  return (below) => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) % below;
}

function edit(lines: string[], seed: number): string[] {
  const pick = picker(seed);
  const result = [...lines];
  for (let i = 0; i <= pick(3); i += 1) {
    const at = pick(result.length + 1);
    const kind = pick(3);
    if (kind === 0) result.splice(at, 0, `new ${pick(50)}\n`);
    else if (kind === 1) result.splice(at, 1);
    else result.splice(at, 1, `changed ${pick(50)}\n`);
  }
  return result;
}

describe('three-way merge', () => {
  it('equals git merge-file wherever both are clean, over random edits', () => {
    let bothClean = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const base = Array.from({ length: 12 }, (_, i) => `line ${i}\n`);
      const [ours, theirs] = [edit(base, seed * 7919), edit(base, seed * 104729)];
      const mine = merge3(base.join(''), ours.join(''), theirs.join(''));
      const git = gitMerge(base.join(''), ours.join(''), theirs.join(''));
      if (!mine.clean || !git.clean) continue;
      bothClean += 1;
      expect(mine.text, `seed ${seed}`).toBe(git.text);
    }
    expect(bothClean).toBeGreaterThan(100);
  });

  it('asks where lines repeat and the sides may have meant the same place', () => {
    const told = { same: 0, other: 0, onlyUs: 0, onlyGit: 0, conflict: 0 };
    for (let seed = 1; seed <= 400; seed += 1) {
      const pick = picker(seed);
      const base = Array.from({ length: 14 }, () => ['\n', 'a\n', 'b\n', 'c\n', 'd\n'][pick(5)]);
      const change = () => {
        const lines = [...base];
        const changes = 1 + pick(3);
        for (let i = 0; i < changes; i += 1)
          lines.splice(pick(lines.length + 1), pick(2), ...base.slice(i, i + pick(2)));
        return lines.join('');
      };
      const [ours, theirs] = [change(), change()];
      const mine = merge3(base.join(''), ours, theirs);
      const git = gitMerge(base.join(''), ours, theirs);
      if (mine.clean && git.clean) told[mine.text === git.text ? 'same' : 'other'] += 1;
      else told[mine.clean ? 'onlyUs' : git.clean ? 'onlyGit' : 'conflict'] += 1;
    }
    expect(told.same).toBeGreaterThan(150);
    expect(told.other, JSON.stringify(told)).toBe(0);
    // The same change of both sides, which git may see as two beside each other.
    expect(told.onlyUs, JSON.stringify(told)).toBeLessThan(8);
  });

  it('is a conflict where both may have changed the same one of several like lines', () => {
    const base = 'a\n\n\nb\n';
    expect(merge3(base, 'a\n\nb\n', 'a\n\n\nx\nb\n')).toMatchObject({ clean: false });
  });

  it('is a conflict where the sides touch', () => {
    expect(merge3('a\nb\nc\n', 'A\nb\nc\n', 'a\nB\nc\n')).toMatchObject({ clean: false });
    expect(merge3('a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n')).toEqual({ clean: true, text: 'A\nb\nC\n' });
  });

  it('keeps carriage returns and a missing last line end', () => {
    expect(merge3('a\r\nb\r\nc', 'A\r\nb\r\nc', 'a\r\nb\r\nc!')).toEqual({ clean: true, text: 'A\r\nb\r\nc!' });
  });

  it('takes the same change of both sides once', () => {
    expect(merge3('a\nb\n', 'a\nx\nb\n', 'a\nx\nb\n')).toEqual({ clean: true, text: 'a\nx\nb\n' });
  });

  it('gives up in time on texts that differ in everything', () => {
    const text = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i * 7}\n`).join('');
    const started = performance.now();

    merge3(text('a'), text('b'), text('c'));

    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('diffs', () => {
  it('apply with git', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const base = Array.from({ length: 15 }, (_, i) => `line ${i}\n`);
      const [before, after] = [edit(base, seed).join(''), edit(base, seed * 31).join('')];
      const patch = unifiedDiff('page.md', before, after);
      writeFileSync(join(scratch, 'page.md'), before);
      const run = spawnSync('git', ['apply', '-'], { cwd: scratch, input: patch, encoding: 'utf8' });
      if (patch !== '') expect(run.stderr + run.status).toBe('0');
      expect(before === after || patch !== '').toBe(true);
    }
  });

  it('mark the words of lines that say much the same, however many stand around them', () => {
    const { hunks } = lineDiff('The soil is dry.\nGone.\n', 'Before.\nThe soil is wet.\n\nIt smells of rain.\n');
    const marked = hunks.flatMap(({ lines }) => lines.filter(({ words }) => words !== undefined));

    expect(marked.map(({ kind, text }) => [kind, text])).toEqual([
      ['removed', 'The soil is dry.'],
      ['added', 'The soil is wet.'],
    ]);
    expect(marked[0]?.words).toContainEqual({ kind: 'removed', text: 'dry' });
    expect(marked[1]?.words).toContainEqual({ kind: 'added', text: 'wet' });
  });

  it('name the lines and mark the words that changed', () => {
    const { hunks, added, removed } = lineDiff('one two\nsame\n', 'one three\nsame\n');

    expect({ added, removed }).toEqual({ added: 1, removed: 1 });
    expect(hunks[0]?.lines[0]).toMatchObject({ kind: 'removed', before: 1, after: null });
    expect(hunks[0]?.lines[0]?.words).toContainEqual({ kind: 'removed', text: 'two' });
  });
});

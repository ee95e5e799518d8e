import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { merge3 } from '@lib/git';
import { runs } from './kit/runs.js';

const scratch = mkdtempSync(join(tmpdir(), 'wikibot-merge-laws-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What `git merge-file` makes of it; null when it finds a conflict. */
function gitMerge(base: string, ours: string, theirs: string): string | null {
  const files = { ours, base, theirs };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(scratch, name), text);
  const args = ['merge-file', '-p', ...Object.keys(files)];
  const { status, stdout } = spawnSync('git', args, { cwd: scratch, encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

/** One side's change: at which line, how many lines go, and how many come. */
const change = fc.record({ at: fc.nat(), gone: fc.nat({ max: 2 }), come: fc.nat({ max: 2 }) });
const changes = fc.array(change, { maxLength: 3 });
type Changes = { at: number; gone: number; come: number }[];

interface Case {
  base: string[];
  ours: Changes;
  theirs: Changes;
  lineBreak: string;
  isOpen: boolean;
}

/** Lines that are all others, or that repeat as blank lines and list items do. */
const aCase = (line: fc.Arbitrary<string>): fc.Arbitrary<Case> =>
  fc.record({
    base: fc.array(line, { maxLength: 14 }),
    ours: changes,
    theirs: changes,
    lineBreak: fc.constantFrom('\n', '\r\n'),
    isOpen: fc.boolean(),
  });
const repeated = aCase(fc.constantFrom('', '- item', 'text', '}'));
const distinct = aCase(fc.constant('')).map((one) => ({ ...one, base: one.base.map((_, at) => `line ${at}`) }));

function changed(base: string[], made: Changes, name: string): string[] {
  const lines = [...base];
  made.forEach(({ at, gone, come }, number) => {
    const fresh = Array.from({ length: come }, (_, line) => `${name} ${number} ${line}`);
    lines.splice(at % (lines.length + 1), gone, ...fresh);
  });
  return lines;
}

function textsOf({ base, ours, theirs, lineBreak, isOpen }: Case) {
  const text = (lines: string[]) => lines.join(lineBreak) + (isOpen || lines.length === 0 ? '' : lineBreak);
  const sides = [base, changed(base, ours, 'ours'), changed(base, theirs, 'theirs')] as const;
  return { sides, texts: sides.map(text) as [string, string, string] };
}

describe('a merge', () => {
  it('is the same from both sides', () => {
    fc.assert(
      fc.property(fc.oneof(distinct, repeated), (one) => {
        const [base, ours, theirs] = textsOf(one).texts;
        expect(merge3(base, theirs, ours)).toEqual(merge3(base, ours, theirs));
      }),
      runs(2000),
    );
  });

  it('with a side that changed nothing, or the same, is the other side', () => {
    fc.assert(
      fc.property(repeated, (one) => {
        const [base, ours] = textsOf(one).texts;
        for (const [left, right] of [
          [ours, base],
          [base, ours],
          [ours, ours],
        ] as const) {
          expect(merge3(base, left, right)).toEqual({ clean: true, text: ours });
        }
      }),
      runs(1000),
    );
  });

  it('holds every line that a side wrote, once, and every line that neither touched', () => {
    fc.assert(
      fc.property(distinct, (one) => {
        const { sides, texts } = textsOf(one);
        const merged = merge3(...texts);
        if (!merged.clean) return;
        const [base, ours, theirs] = sides;
        const both = (line: string) => ours.includes(line) && theirs.includes(line);
        const wanted = [...base.filter(both), ...[...ours, ...theirs].filter((line) => !base.includes(line))];
        expect(
          merged.text
            .split(/\r?\n/)
            .filter((line) => line !== '')
            .toSorted(),
        ).toEqual(wanted.toSorted());
      }),
      runs(2000),
    );
  });

  it('is what git merge-file makes, and a conflict wherever git finds one', () => {
    fc.assert(
      fc.property(distinct, (one) => {
        const { texts } = textsOf(one);
        const merged = merge3(...texts);
        const git = gitMerge(...texts);
        if (git === null) expect(merged.clean).toBe(false);
        else if (merged.clean) expect(merged.text).toBe(git);
      }),
      runs(80),
    );
  }, 3_600_000);
});

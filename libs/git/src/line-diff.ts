import { diffWordsWithSpace, structuredPatch } from 'diff';
import { quoteName } from './quoted-name.js';

/** A piece of a changed line. */
export interface WordChange {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** One line of a comparison. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers, from 1; null on the side where the line is not. */
  before: number | null;
  after: number | null;
  /** Only for a removed line directly replaced by an added one. */
  words?: WordChange[];
}

/** A stretch of lines that differ, with some that do not around them. */
export interface DiffHunk {
  before: { start: number; lines: number };
  after: { start: number; lines: number };
  lines: DiffLine[];
}

/** How two texts differ. */
export interface FileDiff {
  hunks: DiffHunk[];
  added: number;
  removed: number;
  /** True when the texts differ too much to be compared line by line in time. */
  tooDifferent: boolean;
}

const diffMs = 2_000;
const wordDiffMaxLength = 2_000;
/** Longer runs are another text; each line would be compared with each. */
const wordDiffMaxLines = 40;
/** Characters that may be looked through for partners in one text. */
const wordDiffBudget = 40_000;
const pairedFrom = 0.5;

/** Compares two texts line by line, and word by word inside changed lines. */
export function lineDiff(before: string, after: string, options: { context?: number } = {}): FileDiff {
  const patch = structuredPatch('a', 'b', before, after, '', '', { context: options.context ?? 3, timeout: diffMs });
  if (patch === undefined) return { hunks: [], added: 0, removed: 0, tooDifferent: true };
  const budget = { left: wordDiffBudget };
  const hunks = patch.hunks.map((hunk) => ({
    before: { start: hunk.oldStart, lines: hunk.oldLines },
    after: { start: hunk.newStart, lines: hunk.newLines },
    lines: markWords(numbered(hunk.lines, hunk.oldStart, hunk.newStart), budget),
  }));
  const count = (kind: string) => hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === kind).length;
  return { hunks, added: count('added'), removed: count('removed'), tooDifferent: false };
}

function numbered(lines: string[], oldStart: number, newStart: number): DiffLine[] {
  let [before, after] = [oldStart, newStart];
  return lines.flatMap((line): DiffLine[] => {
    const text = line.slice(1);
    if (line.startsWith('+')) return [{ kind: 'added', text, before: null, after: after++ }];
    if (line.startsWith('-')) return [{ kind: 'removed', text, before: before++, after: null }];
    if (line.startsWith('\\')) return [];
    return [{ kind: 'same', text, before: before++, after: after++ }];
  });
}

/** In a run of removed lines and the added ones behind it, those that say much the same are compared by words. */
function markWords(lines: DiffLine[], budget: { left: number }): DiffLine[] {
  for (let at = 0; at < lines.length;) {
    const removed = runOf(lines, at, 'removed');
    const added = runOf(lines, at + removed.length, 'added');
    if (removed.length > 0 && removed.length + added.length <= wordDiffMaxLines) pairUp(removed, added, budget);
    at += removed.length + added.length || 1;
  }
  return lines;
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): DiffLine[] {
  let end = from;
  while (lines[end]?.kind === kind) end += 1;
  return lines.slice(from, end);
}

/** Lines keep their order, so each is looked for behind the partner of the one before. */
function pairUp(removed: readonly DiffLine[], added: readonly DiffLine[], budget: { left: number }): void {
  const isOne = removed.length === 1 && added.length === 1;
  let next = 0;
  for (const was of removed) {
    for (let at = next; at < added.length; at += 1) {
      const is = added[at];
      const length = was.text.length + (is?.text.length ?? 0);
      if (is === undefined || length > wordDiffMaxLength) continue;
      if (!isOne && (budget.left -= length) < 0) return;
      const words = diffWordsWithSpace(was.text, is.text);
      if (!isOne && likeness(words, was.text, is.text) < pairedFrom) continue;
      const changes = words.map(({ value, added: isNew, removed: isOld }): WordChange => {
        return { kind: isNew ? 'added' : isOld ? 'removed' : 'same', text: value };
      });
      was.words = changes.filter((word) => word.kind !== 'added');
      is.words = changes.filter((word) => word.kind !== 'removed');
      next = at + 1;
      break;
    }
  }
}

/** Which part of two lines is the same words, blanks left out. */
function likeness(words: readonly { value: string; added?: boolean; removed?: boolean }[], was: string, is: string) {
  const visible = (text: string) => text.replace(/\s+/g, '').length;
  const same = words.filter((word) => !word.added && !word.removed).reduce((sum, { value }) => sum + visible(value), 0);
  return (2 * same) / Math.max(1, visible(was) + visible(is));
}

/** A patch of one file as git prints it; empty when nothing differs. `null` stands for a missing file. */
export function unifiedDiff(path: string, before: string | null, after: string | null): string {
  if (before === after) return '';
  const patch = structuredPatch('', '', before ?? '', after ?? '', '', '', { context: 3, timeout: diffMs });
  // Between nothing and an empty file no line differs; git tells them apart by the head alone.
  if ((before ?? '') === (after ?? '')) return emptyFilePatch(path, before === null);
  const head = [
    `--- ${before === null ? '/dev/null' : side('a', path)}`,
    `+++ ${after === null ? '/dev/null' : side('b', path)}`,
  ];
  if (patch === undefined) return [...head, ...replacement(before ?? '', after ?? ''), ''].join('\n');
  const body = patch.hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  return [...head, ...body, ''].join('\n');
}

/** All of one text for all of the other: for those that differ too much to be compared in time. */
function replacement(before: string, after: string): string[] {
  const [was, is] = [signed('-', before), signed('+', after)];
  return [`@@ -${range(1, linesIn(before))} +${range(1, linesIn(after))} @@`, ...was, ...is];
}

function signed(sign: string, text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => sign + line);
  return text.endsWith('\n') ? lines.slice(0, -1) : [...lines, '\\ No newline at end of file'];
}

const linesIn = (text: string): number => text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);

/** git ends a name that has a space in it with a tab, lest the rest of the line be taken for a date. */
function side(letter: 'a' | 'b', path: string): string {
  const name = quoteName(`${letter}/${path}`);
  return name.includes(' ') ? `${name}\t` : name;
}

function emptyFilePatch(path: string, isNew: boolean): string {
  const names = `${quoteName(`a/${path}`)} ${quoteName(`b/${path}`)}`;
  return `diff --git ${names}\n${isNew ? 'new' : 'deleted'} file mode 100644\n`;
}

// git counts from the line before an empty range.
const range = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;

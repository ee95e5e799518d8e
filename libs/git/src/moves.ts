import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eachOf, openFile, syncFolder, type WrittenFile } from './durable.js';
import { GitError } from './git-errors.js';
import { isOid, type Oid } from './objects.js';
import { RefLock } from './ref-lock.js';
import { linesFromEnd } from './reflog-lines.js';
import { mainRef, readRef } from './refs.js';

/** Who moved the ref: a user id, the door they came by, and the label of the token or client that acted. */
export interface MoveRecord {
  actor: string;
  door: string;
  agent: string | null;
  note?: string;
}

/** One recorded move of `main`. */
export interface Move {
  before: Oid | null;
  after: Oid;
  record: MoveRecord;
  /** Seconds since 1970. */
  seconds: number;
}

const nowhere = '0'.repeat(40);
export const logFile = (gitDir: string): string => join(gitDir, 'logs', mainRef);

interface Moving {
  from: Oid | null;
  moves: Omit<Move, 'seconds'>[];
  /** Looks whether all that was written is still there. */
  isThere: () => boolean;
  /** Makes durable what has to be so before the ref. */
  settle: () => Promise<void>;
}

/**
 * Moves `main` by compare-and-swap under git's own lock, with one line in the reflog for each step. Everything else
 * is on disk before the ref is: a crash between leaves lines that lead nowhere, and readers skip those.
 */
export async function moveMain(gitDir: string, { from, moves, isThere, settle }: Moving): Promise<void> {
  const last = moves.at(-1);
  if (last === undefined) return;
  const lock = await RefLock.take(gitDir, mainRef);
  try {
    const current = readRef(gitDir, mainRef);
    if (current !== from) throw new GitError('ref-moved-on', 'The wiki was changed in the meantime.', { current });
    // Whoever erases holds this lock too, so what is there now stays.
    if (!isThere()) throw new GitError('ref-moved-on', 'What was to be written was erased in the meantime.');
    await prepared(gitDir, moves, { settle, ref: () => lock.prepare(last.after) });
    await lock.commit();
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** One wait for the disk instead of three: what is written is written before any of it is waited for. */
async function prepared(
  gitDir: string,
  moves: Moving['moves'],
  { settle, ref }: Pick<Moving, 'settle'> & { ref: () => Promise<WrittenFile> },
): Promise<void> {
  const { log, syncName } = appendMoves(gitDir, moves);
  const open = [log];
  try {
    open.push(await ref());
    const waits = [settle, ...open.map((file) => () => file.sync())];
    await eachOf(waits, waits.length, (wait) => wait());
  } finally {
    for (const file of open) file.close();
  }
  await syncName();
}

/** A disk that is nearly full takes part of a line and says so only by the count. */
function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

function appendMoves(gitDir: string, moves: Moving['moves']): { log: WrittenFile; syncName: () => Promise<void> } {
  const file = logFile(gitDir);
  const isNew = !existsSync(file);
  if (isNew) mkdirSync(dirname(file), { recursive: true });
  const seconds = Math.floor(Date.now() / 1000);
  const lines = moves.map(
    ({ before, after, record }) =>
      `${before ?? nowhere} ${after} wikibot <wikibot@localhost> ${seconds} +0000\t${JSON.stringify(record)}\n`,
  );
  const fd = openSync(file, 'a+', 0o644);
  try {
    writeWhole(fd, Buffer.from((endsWhole(fd) ? '' : '\n') + lines.join('')));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return { log: openFile(fd), syncName: async () => (isNew ? syncFolder(dirname(file)) : undefined) };
}

/** False when a crash cut the last line short: what is written next must not become a part of it. */
function endsWhole(fd: number): boolean {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
}

/** The recorded moves that really led from `since` (from nothing unless given) to today's `main`, oldest first. */
export function readMoves(gitDir: string, since: Oid | null = null): Move[] {
  const real: Move[] = [];
  let expected = readRef(gitDir, mainRef);
  if (expected === since) return real;
  for (const line of linesFromEnd(logFile(gitDir))) {
    const move = parseLine(line);
    if (move === null || move.after !== expected) continue;
    real.push(move);
    expected = move.before;
    if (expected === since || expected === null) break;
  }
  return real.reverse();
}

function parseLine(line: string): Move | null {
  const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) .*> (\d+) [+-]\d{4}\t(.*)$/.exec(line);
  const [, before = '', after = '', seconds = '0', message = ''] = match ?? [];
  if (!isOid(after)) return null;
  return { before: before === nowhere ? null : before, after, record: parseRecord(message), seconds: Number(seconds) };
}

function parseRecord(message: string): MoveRecord {
  try {
    const { actor, door, agent, note } = JSON.parse(message) as Partial<MoveRecord>;
    const record = { actor: `${actor ?? ''}`, door: `${door ?? 'unknown'}`, agent: agent ?? null };
    return note === undefined ? record : { ...record, note };
  } catch {
    // Somebody moved the ref with git itself.
    return { actor: '', door: 'unknown', agent: null };
  }
}

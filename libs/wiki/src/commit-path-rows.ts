import type { WikiId } from '@lib/acl';
import type { Oid, Rename } from '@lib/git';
import type { PlainChange } from './plain-changes.js';

/** One file that a commit touched, as the catalogue keeps it. */
export interface PathRow {
  wiki: WikiId;
  seq: number;
  path: string;
  kind: 'add' | 'change' | 'remove' | 'rename';
  from_path: string | null;
  old_blob: Oid | null;
  new_blob: Oid | null;
}

/** What has to be known of a commit to tell what it renamed. */
export interface Touching {
  seq: number;
  message: string;
  isOurs: boolean;
  changes: readonly PlainChange[];
}

const isPage = (path: string): boolean => path.endsWith('.md');

/** The rows of one commit; `similar` is what git takes for moves. A file that moved is also removed at its old path. */
export function pathRows(wiki: WikiId, one: Touching, similar: readonly Rename[]): PathRow[] {
  const moves = certainMoves(one);
  const { added, removed } = unmatched(one, moves);
  const [free, gone] = [new Set(added), new Set(removed)];
  for (const { from, to } of similar) if (free.delete(to) && gone.delete(from)) moves.set(to, from);
  const blobs = new Map(one.changes.map(({ path, before }) => [path, before]));
  return one.changes.map(({ path, before, after }): PathRow => {
    const from = moves.get(path) ?? null;
    const kind = from !== null ? 'rename' : before === null ? 'add' : after === null ? 'remove' : 'change';
    const old = from === null ? before : (blobs.get(from) ?? null);
    return { wiki, seq: one.seq, path, kind, from_path: from, old_blob: old, new_blob: after };
  });
}

/** Whether pages came and went in a commit and nothing simple tells which moved: then git is asked. */
export function mayHoldRenames(one: Touching): boolean {
  // Our own commits name every move.
  if (one.isOurs) return false;
  const { added, removed } = unmatched(one, certainMoves(one));
  return added.some(isPage) && removed.some(isPage);
}

/** New path to old: by our own trailer where the commit is ours, else where the content is the very same. */
function certainMoves({ message, isOurs, changes }: Touching): Map<string, string> {
  const removed = new Map(changes.flatMap(({ path, before, after }) => (after === null ? [[path, before]] : [])));
  const added = changes.filter(({ before }) => before === null);
  const moves = isOurs
    ? namedMoves(message, new Set(removed.keys()), new Set(added.map(({ path }) => path)))
    : new Map<string, string>();
  const same = new Map<Oid | null, string[]>();
  for (const from of moves.values()) removed.delete(from);
  for (const [path, blob] of removed) same.set(blob, [...(same.get(blob) ?? []), path]);
  for (const { path, after } of added) {
    const from = moves.has(path) ? undefined : takeLikest(same.get(after), path);
    if (from !== undefined) moves.set(path, from);
  }
  return moves;
}

function namedMoves(message: string, removed: ReadonlySet<string>, added: ReadonlySet<string>): Map<string, string> {
  const moves = new Map<string, string>();
  for (const [, from, to] of message.matchAll(/^Wikibot-Moved: (.+) -> (.+)$/gm)) {
    if (removed.has(`${from}.md`) && added.has(`${to}.md`)) moves.set(`${to}.md`, `${from}.md`);
  }
  return moves;
}

/** Of files with the same content, the one with the same name moved, else the first. */
function takeLikest(candidates: string[] | undefined, path: string): string | undefined {
  if (candidates === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const at = candidates.findIndex((candidate) => candidate.slice(candidate.lastIndexOf('/') + 1) === name);
  return candidates.splice(Math.max(at, 0), 1)[0];
}

function unmatched({ changes }: Touching, moves: ReadonlyMap<string, string>) {
  const taken = new Set(moves.values());
  const added = changes.filter(({ path, before }) => before === null && !moves.has(path)).map(({ path }) => path);
  const removed = changes.filter(({ path, after }) => after === null && !taken.has(path)).map(({ path }) => path);
  return { added, removed };
}

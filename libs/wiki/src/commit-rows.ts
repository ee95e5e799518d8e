import { findRenames, type GitRunner, type Oid, type Rename, type Repository, type TreeChange } from '@lib/git';
import type { WikiId } from '@lib/acl';
import type { EntityManager } from 'typeorm';
import type { NewCommit } from './new-commits.js';
import { insertRows } from './row-insert.js';
import { storable } from './storable-text.js';

interface PathRow {
  wiki: WikiId;
  seq: number;
  path: string;
  kind: 'add' | 'change' | 'remove' | 'rename';
  from_path: string | null;
  old_blob: string | null;
  new_blob: string | null;
}

interface Numbered extends NewCommit {
  seq: number;
  changes: TreeChange[];
}

const commitColumns =
  'wiki uuid, seq bigint, oid text, parents text[], author_name text, author_email text, authored_at timestamptz, committed_at timestamptz, message text, actor uuid, door text, agent text';
const pathColumns = 'wiki uuid, seq bigint, path text, kind text, from_path text, old_blob text, new_blob text';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isPage = (path: string): boolean => path.endsWith('.md');

/** Writes what each commit is and which paths it touched against its first parent; returns the last sequence number. */
export class CommitRows {
  constructor(
    private readonly repository: Repository,
    private readonly runner: GitRunner,
  ) {}

  async write(manager: EntityManager, wiki: WikiId, after: number, fresh: NewCommit[]): Promise<number> {
    const numbered: Numbered[] = [];
    for (const [index, one] of fresh.entries()) {
      const changes = await this.repository.diff(one.commit.parents[0] ?? null, one.commit.oid);
      numbered.push({ ...one, seq: after + index + 1, changes });
    }
    const similar = await this.similar(numbered);
    const paths = numbered.flatMap((one) => pathRows(wiki, one, similar.get(one.commit.oid) ?? []));
    await insertRows(
      manager,
      'commits',
      commitColumns,
      numbered.map((one) => commitRow(wiki, one)),
    );
    await insertRows(manager, 'commit_paths', pathColumns, paths);
    return after + numbered.length;
  }

  /** git is asked about a commit only when pages of it could have moved and nothing simpler tells. */
  private async similar(numbered: Numbered[]): Promise<Map<Oid, Rename[]>> {
    const open = numbered.filter((one) => {
      const { added, removed } = unmatched(one, exactMoves(one));
      return added.some(isPage) && removed.some(isPage);
    });
    if (open.length === 0) return new Map();
    return findRenames(
      this.repository,
      this.runner,
      open.map(({ commit }) => commit.oid),
    );
  }
}

function commitRow(wiki: WikiId, { seq, commit, record }: Numbered) {
  const { author, committer } = commit;
  return {
    wiki,
    seq,
    oid: commit.oid,
    parents: commit.parents,
    author_name: storable(author.name),
    author_email: storable(author.email),
    authored_at: timeOf(author.seconds),
    committed_at: timeOf(committer.seconds),
    message: storable(commit.message),
    actor: uuid.test(record.actor) ? record.actor : null,
    door: record.door === 'unknown' ? null : record.door,
    agent: record.agent === null || record.door === 'git' ? null : storable(record.agent),
  };
}

/** Seconds a commit claims; what no calendar of ours has becomes the beginning of time. */
function timeOf(seconds: number): string {
  const isUsual = seconds >= 0 && seconds < 253_402_300_800;
  return new Date(isUsual ? seconds * 1000 : 0).toISOString();
}

function pathRows(wiki: WikiId, one: Numbered, similar: Rename[]): PathRow[] {
  const moves = exactMoves(one);
  const { added, removed } = unmatched(one, moves);
  const [free, gone] = [new Set(added), new Set(removed)];
  for (const { from, to } of similar) if (free.has(to) && gone.has(from)) moves.set(to, from);
  return one.changes.map(({ path, before, after }): PathRow => {
    const from = moves.get(path);
    const fromBlob =
      from === undefined ? null : (one.changes.find((change) => change.path === from)?.before?.oid ?? null);
    return {
      wiki,
      seq: one.seq,
      path: storable(path),
      kind: from !== undefined ? 'rename' : before === null ? 'add' : after === null ? 'remove' : 'change',
      from_path: from === undefined ? null : storable(from),
      old_blob: before?.oid ?? fromBlob,
      new_blob: after?.oid ?? null,
    };
  });
}

/** New path to old: by our own trailer where the commit is ours, else where the content is the very same. */
function exactMoves({ commit, changes, isOurs }: Numbered): Map<string, string> {
  const moves = new Map<string, string>();
  const removed = changes.filter(({ after }) => after === null);
  const added = changes.filter(({ before }) => before === null);
  if (isOurs) {
    for (const match of commit.message.matchAll(/^Wikibot-Moved: (.+) -> (.+)$/gm)) {
      const [from, to] = [`${match[1]}.md`, `${match[2]}.md`];
      if (removed.some(({ path }) => path === from) && added.some(({ path }) => path === to)) moves.set(to, from);
    }
  }
  const taken = new Set(moves.values());
  for (const { path, after } of added) {
    if (moves.has(path)) continue;
    const from = removed.find((one) => one.before?.oid === after?.oid && !taken.has(one.path))?.path;
    if (from === undefined) continue;
    moves.set(path, from);
    taken.add(from);
  }
  return moves;
}

function unmatched({ changes }: Numbered, moves: Map<string, string>) {
  const taken = new Set(moves.values());
  const added = changes.filter(({ path, before }) => before === null && !moves.has(path)).map(({ path }) => path);
  const removed = changes.filter(({ path, after }) => after === null && !taken.has(path)).map(({ path }) => path);
  return { added, removed };
}

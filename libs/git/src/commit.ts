import { corrupt } from './git-errors.js';
import type { CommitInfo, Oid, Person, Stamp } from './objects.js';

export interface NewCommit {
  tree: Oid;
  parents: Oid[];
  author: Stamp;
  committer: Stamp;
  message: string;
}

/** Leaves out what would break a commit's header line. */
function headerSafe(text: string): string {
  const safe = text.replace(/[\u0000-\u001f\u007f<>]/g, '').trim();
  return safe === '' ? 'unknown' : safe;
}

function stampLine(role: string, stamp: Stamp): string {
  return `${role} ${headerSafe(stamp.name)} <${headerSafe(stamp.email)}> ${stamp.seconds} ${stamp.zone}`;
}

/** A person now, in UTC. */
export const stampNow = (person: Person): Stamp => ({
  ...person,
  seconds: Math.floor(Date.now() / 1000),
  zone: '+0000',
});

/** The bytes of a commit object. */
export function formatCommit(commit: NewCommit): Buffer {
  const message = commit.message.replace(/\0/g, '');
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    stampLine('author', commit.author),
    stampLine('committer', commit.committer),
    '',
    message.endsWith('\n') ? message : `${message}\n`,
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}

/** Reads a commit object, whoever wrote it; bytes that are not UTF-8 become replacement characters. */
export function parseCommit(oid: Oid, bytes: Buffer): CommitInfo {
  const end = bytes.indexOf('\n\n');
  const header = bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8');
  const fields = new Map<string, string[]>();
  for (const line of header.split('\n')) {
    // A continuation line belongs to a signature.
    if (line.startsWith(' ')) continue;
    const [name = '', ...rest] = line.split(' ');
    fields.set(name, [...(fields.get(name) ?? []), rest.join(' ')]);
  }
  const tree = fields.get('tree')?.[0];
  if (tree === undefined) throw corrupt(`commit ${oid} names no tree`);
  return {
    oid,
    tree,
    parents: fields.get('parent') ?? [],
    author: parseStamp(fields.get('author')?.[0] ?? ''),
    committer: parseStamp(fields.get('committer')?.[0] ?? ''),
    message: end === -1 ? '' : bytes.subarray(end + 2).toString('utf8'),
  };
}

function parseStamp(text: string): Stamp {
  const opening = text.lastIndexOf('<');
  const closing = text.lastIndexOf('>');
  if (opening === -1 || closing < opening) return { name: text.trim(), email: '', seconds: 0, zone: '+0000' };
  const [seconds = '0', zone = '+0000'] = text
    .slice(closing + 1)
    .trim()
    .split(' ');
  const when = Number(seconds);
  return {
    name: text.slice(0, opening).trim(),
    email: text.slice(opening + 1, closing),
    seconds: Number.isSafeInteger(when) && Math.abs(when) < 8.64e12 ? when : 0,
    zone,
  };
}

/** Puts a commit into a queue that is sorted newest first. */
export function insertByDate(queue: CommitInfo[], commit: CommitInfo): void {
  const at = queue.findIndex((other) => other.committer.seconds < commit.committer.seconds);
  if (at === -1) queue.push(commit);
  else queue.splice(at, 0, commit);
}

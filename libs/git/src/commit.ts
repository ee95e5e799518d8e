import { corrupt } from './git-errors.js';
import { isOid, type CommitInfo, type Oid, type Person, type Stamp } from './objects.js';

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

/** A person at a time, in UTC. */
export const stampAt = (person: Person, date: Date): Stamp => ({
  ...person,
  seconds: Math.floor(date.getTime() / 1000),
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

/**
 * Reads a commit object, whoever wrote it; bytes that are not UTF-8 become replacement characters. As for git, parents
 * stand right after the tree: lines of the same look further down are somebody's notes.
 */
export function parseCommit(oid: Oid, bytes: Buffer): CommitInfo {
  const end = bytes.indexOf('\n\n');
  const lines = bytes.toString('utf8', 0, end === -1 ? bytes.length : end).split('\n');
  const tree = idAfter('tree ', lines[0]);
  if (tree === null) throw corrupt(`commit ${oid} names no tree`);
  const parents: Oid[] = [];
  for (let at = 1; lines[at]?.startsWith('parent '); at += 1) {
    const parent = idAfter('parent ', lines[at]);
    if (parent === null) throw corrupt(`commit ${oid} names a parent that is none`);
    parents.push(parent);
  }
  const rest = lines.slice(1 + parents.length);
  const after = (start: string) => rest.find((line) => line.startsWith(start))?.slice(start.length) ?? '';
  return {
    oid,
    tree,
    parents,
    author: parseStamp(after('author ')),
    committer: parseStamp(after('committer ')),
    message: end === -1 ? '' : bytes.subarray(end + 2).toString('utf8'),
  };
}

function idAfter(start: string, line = ''): Oid | null {
  // git reads capital digits, too.
  const id = line.startsWith(start) ? line.slice(start.length).toLowerCase() : '';
  return isOid(id) ? id : null;
}

function parseStamp(text: string): Stamp {
  const opening = text.indexOf('<');
  const closing = text.indexOf('>', opening);
  if (opening === -1 || closing === -1) return { name: trimmed(text), email: '', seconds: 0, zone: '+0000' };
  const [seconds = '0', zone = '+0000'] = text
    .slice(text.lastIndexOf('>') + 1)
    .trim()
    .split(' ');
  const when = Number(seconds);
  return {
    name: trimmed(text.slice(0, opening)),
    email: text.slice(opening + 1, closing),
    seconds: Number.isSafeInteger(when) && Math.abs(when) < 8.64e12 ? when : 0,
    zone,
  };
}

/** Without the blanks at its end; a wide space is a part of a name. */
const trimmed = (name: string): string => name.replace(/[ \t\n\v\f\r]+$/, '');

/** Puts a commit into a queue that is sorted newest first. */
export function insertByDate(queue: CommitInfo[], commit: CommitInfo): void {
  const at = queue.findIndex((other) => other.committer.seconds < commit.committer.seconds);
  if (at === -1) queue.push(commit);
  else queue.splice(at, 0, commit);
}

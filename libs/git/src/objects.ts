import { createHash } from 'node:crypto';

/** 40 lower-case hexadecimal digits. */
export type Oid = string;
export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** An object as git stores it, without its head. */
export interface GitObject {
  type: ObjectType;
  bytes: Buffer;
}

/** A name and an address, as commits carry them. */
export interface Person {
  name: string;
  email: string;
}

/** A person at a time: seconds since 1970 and the zone as git writes it, `+0000`. */
export interface Stamp extends Person {
  seconds: number;
  zone: string;
}

/** A commit, read. */
export interface CommitInfo {
  oid: Oid;
  tree: Oid;
  parents: Oid[];
  author: Stamp;
  committer: Stamp;
  /** The whole message, trailers included. */
  message: string;
}

/** One entry of a tree with its path from the root; modes as git prints them, trees `40000`. */
export interface TreeItem {
  path: string;
  mode: string;
  oid: Oid;
}

/** A file in which two commits differ; null on the side where it is not. */
export interface TreeChange {
  path: string;
  before: { oid: Oid; mode: string } | null;
  after: { oid: Oid; mode: string } | null;
}

export const treeMode = '40000';
export const fileMode = '100644';
export const runnableMode = '100755';
export const linkMode = '120000';
/** A submodule: the entry names a commit of another repository. */
export const commitMode = '160000';
/** True for 40 lower-case hexadecimal digits. */
export const isOid = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** The id git gives an object. */
export function hashObject(type: ObjectType, bytes: Buffer): Oid {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

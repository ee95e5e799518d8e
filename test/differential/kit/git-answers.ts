import type { BareRepository } from './bare-repository.js';

export interface ObjectOfGit {
  oid: string;
  type: string;
  bytes: Buffer;
}

/** Every object that a ref leads to, as `git cat-file` reads it. */
export function allObjects({ git }: BareRepository): ObjectOfGit[] {
  const said = git.run(['cat-file', '--batch'], git.run(['rev-list', '--all', '--objects', '--no-object-names']));
  const objects: ObjectOfGit[] = [];
  for (let at = 0; at < said.length;) {
    const end = said.indexOf('\n', at);
    const [oid = '', type = '', size = ''] = said.toString('latin1', at, end).split(' ');
    objects.push({ oid, type, bytes: said.subarray(end + 1, end + 1 + Number(size)) });
    at = end + 1 + Number(size) + 1;
  }
  return objects;
}

/** Output that is separated by zero bytes, decoded as our readers decode names. */
export function zeroSeparated(said: Buffer): string[] {
  const words: string[] = [];
  for (let at = 0; at < said.length;) {
    const end = said.indexOf(0, at);
    // What follows the last zero byte is only the end of a line.
    if (end === -1) break;
    words.push(said.toString('utf8', at, end));
    at = end + 1;
  }
  return words;
}

/** A tree as `git ls-tree -z` lists it. */
export function lsTree({ git }: Pick<BareRepository, 'git'>, ...args: string[]) {
  return zeroSeparated(git.run(['ls-tree', '-z', ...args])).map((line) => {
    const [, mode = '', oid = '', path = ''] = /^(\d+) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line) ?? [];
    return { path, mode: mode.replace(/^0/, ''), oid };
  });
}

/** The difference of two trees as `git diff-tree -r -z` lists it. */
export function diffTree({ git }: BareRepository, before: string, after: string) {
  const words = zeroSeparated(git.run(['diff-tree', '-r', '-z', '--no-abbrev', '--no-renames', before, after]));
  const changes = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [wasMode = '', mode = '', was = '', is = ''] = (words[at] ?? '').slice(1).split(' ');
    const side = (oid: string, sideMode: string) => (/^0+$/.test(sideMode) ? null : { oid, mode: sideMode });
    changes.push({ path: words[at + 1] ?? '', before: side(was, wasMode), after: side(is, mode) });
  }
  return changes;
}

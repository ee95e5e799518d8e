import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitClient } from '../../../apps/api/test/kit/git-client.js';

/** What puts the damage right again. */
export type Mend = () => Promise<void>;

export const looseFile = (gitDir: string, oid: string): string =>
  join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2));

/** The only file of the pack folder that ends so. */
export function packFile(gitDir: string, ending: string): string {
  const folder = join(gitDir, 'objects', 'pack');
  const [name] = readdirSync(folder).filter((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`No ${ending} in ${folder}.`);
  return join(folder, name);
}

/** Changes a file where it is, as a bad disk does; the mend puts another file in its place, as a restore does. */
export function damaged(file: string, change: (bytes: Buffer) => Buffer): Mend {
  const good = readFileSync(file);
  chmodSync(file, 0o644);
  writeFileSync(file, change(Buffer.from(good)));
  return () => Promise.resolve(restore(file, good));
}

export const removed = (file: string): Mend => {
  const good = readFileSync(file);
  rmSync(file);
  return () => Promise.resolve(restore(file, good));
};

function restore(file: string, good: Buffer): void {
  writeFileSync(`${file}.restored`, good, { mode: 0o444 });
  renameSync(`${file}.restored`, file);
}

const flippedAt =
  (at: number) =>
  (bytes: Buffer): Buffer => {
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    return bytes;
  };
export const flippedInTheMiddle = (bytes: Buffer): Buffer => flippedAt(bytes.length >> 1)(bytes);
export const halved = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1);

export const repack = (git: GitClient, gitDir: string): Promise<string> =>
  git.run(['--git-dir', gitDir, 'repack', '-a', '-d', '-q', '--no-write-bitmap-index']);

/** Flips the second byte of an object's compressed data in the only pack. */
export async function flippedInPack(git: GitClient, gitDir: string, oid: string): Promise<Mend> {
  const listed = await git.run(['verify-pack', '-v', packFile(gitDir, '.idx')]);
  const [, length, offset] = new RegExp(`^${oid} \\w+ +\\d+ (\\d+) (\\d+)`, 'm').exec(listed) ?? [];
  return damaged(packFile(gitDir, '.pack'), flippedAt(Number(offset) + (Number(length) >> 1)));
}

/** As an operator does it from a good repository: `git pack-objects` there, `git unpack-objects` here. */
export async function unpacked(git: GitClient, { from, into }: { from: string; into: string }): Promise<void> {
  const file = git.path(`good-${Math.random().toString(36).slice(2)}`);
  await git.run(['--git-dir', from, 'repack', '-a', '-d', '-q']);
  const pack = packFile(from, '.pack');
  writeFileSync(file, readFileSync(pack));
  await git.run(['--git-dir', into, '-c', 'alias.take=!git unpack-objects -q <"$1" && :', 'take', file]);
}

import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from './record-file.js';
import { firstLink } from './vector-record.js';

/** What makes vectors comparable with each other. */
export interface VectorKind {
  dimensions: number;
  modelId: string;
}

/** Names the file of an index; the records in it vouch for themselves. */
export interface Manifest extends VectorKind {
  format: number;
  file: string;
}

/** What lies in the place of a manifest. */
export interface ManifestFound {
  /** `damaged` when it is not as it was written. */
  manifest: Manifest | 'damaged' | null;
  /** Changes with every manifest that is put there. */
  state: string | null;
}

/** Raised when files of before cannot be read any more. */
export const vectorFormat = 1;

const manifestName = 'manifest.json';
const recordsEnding = '.vectors';
/** Whoever writes beside the index adds something far more often. */
const orphanMs = 60 * 60_000;

/** A name for a new file of records. */
export const newFileName = (): string => `${randomBytes(8).toString('hex')}${recordsEnding}`;

/** The link on which the first record of a file hangs: records of another kind or file never do. */
export const linkOfFile = ({ dimensions, modelId, file }: VectorKind & { file: string }): Buffer =>
  firstLink(JSON.stringify([vectorFormat, modelId, dimensions, file]));

/** What tells the manifest of a folder from a later one; null when there is none. */
export async function manifestState(folder: string): Promise<string | null> {
  const found = await ifThere(stat(join(folder, manifestName), { bigint: true }));
  return found && stateOf(found);
}

/** Reads the manifest of a folder. */
export async function readManifest(folder: string): Promise<ManifestFound> {
  const file = await ifThere(open(join(folder, manifestName), 'r'));
  if (file === null) return { manifest: null, state: null };
  try {
    const state = stateOf(await file.stat({ bigint: true }));
    const [line = '', sum = ''] = (await file.readFile('utf8')).split('\n');
    return { state, manifest: sum === sumOf(line) ? (JSON.parse(line) as Manifest) : 'damaged' };
  } finally {
    await file.close();
  }
}

/** Puts a manifest in the place of the one before, whole and durably, with the names of all files in the folder. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const line = JSON.stringify(manifest);
  const beside = join(folder, `${manifestName}.${randomBytes(8).toString('hex')}`);
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${line}\n${sumOf(line)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(folder, manifestName));
  await syncFolder(folder);
}

/** Removes what writers left behind that ended too early: files of ours that nobody touched for long, but one. */
export async function removeOrphans(folder: string, inUse: string): Promise<void> {
  const ours = (name: string) => name.endsWith(recordsEnding) || name.startsWith(`${manifestName}.`);
  for (const name of await readdir(folder)) {
    if (!ours(name) || name === inUse) continue;
    const found = await ifThere(stat(join(folder, name)));
    // Another process may be about to finish a younger one.
    if (found !== null && Date.now() - found.mtimeMs > orphanMs) await removeFile(folder, name);
  }
}

/** Removes a file that no manifest names any more, if it is there. */
export const removeFile = (folder: string, name: string): Promise<void> => rm(join(folder, name), { force: true });

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const stateOf = ({ ino, size, mtimeNs }: { ino: bigint; size: bigint; mtimeNs: bigint }): string =>
  `${ino} ${size} ${mtimeNs}`;

const sumOf = (line: string): string => createHash('sha256').update(line).digest('hex');

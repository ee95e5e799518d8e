import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { syncFolder } from './durable.js';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { Objects } from './object-reader.js';
import { ObjectStore } from './object-store.js';
import type { GitObject, ObjectType, Oid } from './objects.js';
import { mainRef } from './refs.js';
import type { Repository } from './repository.js';
import { damageIn, storageTroubleIn } from './storage-trouble.js';

const indexMs = 10 * 60_000;
const connectivityMs = 60_000;
/** A pack can be made to want any amount of memory; git gets this much, and what does not fit is refused. */
const memoryBytes = 1 << 30;
/** git would otherwise map whole packs, which counts as memory. */
const windows = { 'core.packedGitWindowSize': '32m', 'core.packedGitLimit': '256m' };
/** The least an object takes: its head and an empty compressed stream. */
const smallestObject = 9;

interface Receiving {
  maxBytes: number;
  /** How many objects the pack says it holds. */
  objects: number;
  signal?: AbortSignal;
}

/** Objects that arrived and are not part of the repository yet: looked at, then adopted or thrown away. */
export class Quarantine extends Objects {
  private readonly store: ObjectStore;

  private constructor(
    private readonly repository: Repository,
    private readonly runner: GitRunner,
    private readonly folder: string,
  ) {
    super();
    this.store = new ObjectStore(folder);
  }

  static async open(repository: Repository, runner: GitRunner): Promise<Quarantine> {
    const folder = join(repository.gitDir, 'objects', `incoming-${randomBytes(8).toString('hex')}`);
    // One by one: of a disk that only reads, mkdir says ENOENT when it may make parents.
    await mkdir(folder, { mode: 0o700 });
    await mkdir(join(folder, 'pack'), { mode: 0o700 });
    return new Quarantine(repository, runner, folder);
  }

  async object(oid: Oid, maxBytes?: number): Promise<GitObject> {
    return (await this.store.read(oid, maxBytes)) ?? this.repository.object(oid, maxBytes);
  }

  async header(oid: Oid): Promise<{ type: ObjectType; size: number }> {
    return (await this.store.header(oid)) ?? this.repository.header(oid);
  }

  /** Takes in a pack: git checks its structure and every object in it, and completes it where it is thin. */
  async receive(pack: Readable, { maxBytes, objects, signal }: Receiving): Promise<void> {
    if (objects * smallestObject > maxBytes) throw tooMany(objects, maxBytes);
    const args = ['index-pack', '--stdin', '--strict', '--fix-thin', `--max-input-size=${maxBytes}`];
    const command = { args, ...this.at, input: pack, timeoutMs: indexMs, memoryBytes, config: windows };
    const { code, stderr } = await this.runner.run(signal === undefined ? command : { ...command, signal });
    if (code !== 0) throw storageTroubleIn(stderr) ?? damageIn(stderr) ?? refusal(stderr, maxBytes);
  }

  /** Throws unless everything the commit needs is here or in the repository. */
  async requireConnected(tip: Oid, signal?: AbortSignal): Promise<void> {
    const args = ['rev-list', '--objects', '--quiet', tip, '--not', '--all'];
    const command = { args, ...this.at, timeoutMs: connectivityMs, memoryBytes, config: windows };
    const { code, stderr } = await this.runner.run(signal === undefined ? command : { ...command, signal });
    if (code === 0) return;
    throw damageIn(stderr) ?? new GitError('pack-refused', 'The push leaves out objects that its commits need.');
  }

  /** Makes the objects part of the repository, durably; no ref names them yet. */
  async adopt(): Promise<void> {
    const names = (await readdir(join(this.folder, 'pack'))).filter((name) => /\.(pack|idx|rev)$/.test(name));
    const target = join(this.repository.gitDir, 'objects', 'pack');
    // git believes in a pack once its index is there, so the index comes last.
    const order = (name: string) => (name.endsWith('.idx') ? 1 : 0);
    for (const name of names.sort((a, b) => order(a) - order(b))) {
      await rename(join(this.folder, 'pack', name), join(target, name));
    }
    await syncFolder(target);
  }

  async discard(): Promise<void> {
    this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A repository without refs of its own whose new objects arrive here; for a git that wants to write more than those. */
  async standIn(): Promise<string> {
    const gitDir = join(this.folder, 'stand-in');
    await mkdir(join(gitDir, 'refs'), { recursive: true });
    await mkdir(join(gitDir, 'objects'));
    await writeFile(join(gitDir, 'HEAD'), `ref: ${mainRef}\n`);
    return gitDir;
  }

  /** Makes a git child write its objects here and read those of the repository too. */
  get env(): Record<string, string> {
    const objects = join(this.repository.gitDir, 'objects');
    return { GIT_OBJECT_DIRECTORY: this.folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
  }

  private get at() {
    return { gitDir: this.repository.gitDir, env: this.env };
  }
}

const tooMany = (objects: number, maxBytes: number): GitError =>
  new GitError('pack-refused', `The pack says it holds ${objects} objects, which cannot fit into ${maxBytes} bytes.`);

function refusal(stderr: string, maxBytes: number): GitError {
  if (/maximum allowed size/.test(stderr)) {
    return new GitError('too-large', `The push is larger than ${maxBytes} bytes.`, { limit: maxBytes });
  }
  // git's own words are for the person who pushed; folders of this server are not.
  const reason = /(?:fatal|error): ([^\n]{1,200})/.exec(stderr)?.[1] ?? 'it could not be read';
  return new GitError('pack-refused', `git refused the pack: ${reason.replace(/\/[^\s']*/g, '…')}`);
}

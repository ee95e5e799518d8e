import { Readable } from 'node:stream';
import type { Access } from '@lib/acl';
import {
  exportBundle,
  GitError,
  type GitRunner,
  type Oid,
  type Repositories,
  type Repository,
  zipArchive,
} from '@lib/git';
import { requireRevision } from './revisions.js';

/** A copy of a wiki on its way to whoever asked for it. */
export interface Copy {
  filename: string;
  /** Ends with an error where the copy is not whole. */
  stream: Readable;
}

/** So many are made at a time; each reads the whole wiki. */
const atOnce = 4;

/** Copies of a whole wiki to take along: its files as they are at a time, or all of its history. */
export class Copies {
  private underWay = 0;

  constructor(private readonly given: { repositories: Repositories; runner: GitRunner }) {}

  /** All files as they are, or as they were at a revision. Throws `revision-not-found` and `revision-not-valid`. */
  async files({ wiki }: Access<'wiki.export'>, revision?: string): Promise<Copy> {
    const repository = await this.given.repositories.open(wiki.id);
    const commit = revision === undefined ? await repository.tip() : await requireRevision(repository, revision);
    if (commit === null) throw nothingYet();
    const { committer } = await repository.commit(commit);
    const archive = zipArchive(filesOf(repository, commit), new Date(committer.seconds * 1000));
    return { filename: `${wiki.slug}-${commit.slice(0, 12)}.zip`, stream: this.begun(archive) };
  }

  /** The whole history, as a file that git clones from. */
  async history({ wiki }: Access<'wiki.export'>): Promise<Copy> {
    const { runner, repositories } = this.given;
    const repository = await repositories.open(wiki.id);
    if ((await repository.tip()) === null) throw nothingYet();
    const gone = new AbortController();
    const stream = this.begun(historyOf(repository, runner, gone.signal));
    stream.once('close', () => gone.abort());
    return { filename: `${wiki.slug}.bundle`, stream };
  }

  private begun(pieces: AsyncIterable<Buffer>): Readable {
    if (this.underWay >= atOnce) throw new GitError('busy', 'Other copies are being made. Try again in a minute.');
    this.underWay += 1;
    const stream = Readable.from(pieces, { objectMode: false });
    stream.once('close', () => (this.underWay -= 1));
    return stream;
  }
}

async function* filesOf(repository: Repository, commit: Oid) {
  for (const { path, mode, oid } of await repository.walk(commit)) {
    // A submodule is the name of a commit of another repository.
    if (mode === '160000') continue;
    yield { path, mode, bytes: await repository.blob(oid) };
  }
}

/** What git says, and an error at the end if it could not say all of it. */
async function* historyOf(repository: Repository, runner: GitRunner, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { stdout, exit } = await exportBundle(repository, runner, { signal });
  for await (const piece of stdout as AsyncIterable<Buffer>) yield piece;
  if ((await exit) !== 0) throw new GitError('git-failed', 'git could not write the bundle to its end.');
}

const nothingYet = () => new GitError('repository-missing', 'The wiki has no pages to copy yet.');

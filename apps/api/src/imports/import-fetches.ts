import { randomUUID } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { AccountAccess } from '@lib/acl';
import { GitError } from '@lib/git';
import { type ImportFault, type ImportRecord, type ImportSource, WikiError } from '@lib/wiki';
import { problemOf } from '../http/problems.js';
import { alone } from '../indexing/database-lock.js';
import type { Rooms } from '../rooms/rooms.js';
import { ImportFolders } from './import-folders.js';
import { importLock } from './importing.js';

type Remote = Omit<Extract<ImportSource, { kind: 'url' }>, 'kind'>;

const atOnce = 3;

/**
 * Fetches repositories from elsewhere, in the process that was asked: the token that a private one needs stands nowhere
 * but in its memory, so nobody else could.
 */
export class ImportFetches implements OnApplicationShutdown {
  private readonly running = new Set<Promise<unknown>>();
  private readonly ending = new AbortController();
  private readonly folders: ImportFolders;

  constructor(private readonly rooms: Rooms) {
    this.folders = new ImportFolders(rooms.config);
  }

  /** Begins an import of a repository at an address. */
  async begin(access: AccountAccess<'wiki.create'>, remote: Remote): Promise<ImportRecord> {
    requireAddress(remote.url);
    if (this.running.size >= atOnce) {
      throw refused('Other repositories are being fetched at the moment. Try again in a minute.');
    }
    const id = randomUUID();
    return new Promise<ImportRecord>((resolve, reject) => {
      // Held before there is a record: whoever finds one that is not held knows that nobody fetches.
      const run = alone(this.rooms.database.source, importLock(id), async () => {
        resolve(await this.rooms.imports.begin(access, { id, kind: 'url', source: remote.url }));
        await this.fetch(id, remote);
      })
        // Only now can another one hold it.
        .then(() => this.rooms.imports.call(id))
        .catch(reject)
        .finally(() => this.running.delete(run));
      this.running.add(run);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort(new Error('The server stops.'));
    await Promise.all(this.running);
  }

  private async fetch(id: string, remote: Remote): Promise<void> {
    const { imports, wikiImport, log } = this.rooms;
    const { signal } = this.ending;
    try {
      signal.throwIfAborted();
      await imports.progress(id, { step: 'fetching' });
      await wikiImport.fetch({ kind: 'url', ...remote }, await this.folders.makeFetched(id), { signal });
      await imports.fetched(id);
    } catch (error) {
      await this.folders.remove(id);
      if (signal.aborted) return imports.fetchLost(id);
      const fault = faultOf(error);
      if (fault.code === 'internal') log.error({ err: error, import: id }, 'import not fetched');
      await imports.failed(id, fault);
    }
  }
}

/** What git says of another server is for whoever named it; of a repository of ours it would be our fault. */
function faultOf(error: unknown): ImportFault {
  const isOfOther =
    error instanceof GitError && ['git-failed', 'object-missing', 'object-corrupt'].includes(error.code);
  if (isOfOther) return { code: 'import-refused', detail: error.message };
  const { code, detail } = problemOf(error);
  return { code, detail };
}

function requireAddress(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') throw refused('Only repositories at https:// addresses are fetched.');
  if (url.username !== '' || url.password !== '') {
    throw refused('The address must not hold a user name or password. Put a token into its own field.');
  }
}

const refused = (reason: string) => new WikiError('import-refused', reason, { reasons: [reason] });

import type { ImportFault, ImportOptions, ImportRecord } from '@lib/wiki';
import { makeDemo } from '../demo/demo-wiki.js';
import { problemOf } from '../http/problems.js';
import { alone } from '../indexing/database-lock.js';
import type { Rooms } from '../rooms/rooms.js';
import { bringWiki, lookAt } from './bring-wiki.js';
import { ImportFolders } from './import-folders.js';
import { ImportProgressNotes } from './import-progress-notes.js';

const dayMs = 24 * 60 * 60_000;

/** The lock that whoever works on an import holds. */
export const importLock = (id: string): string => `import ${id}`;

/** Works on imports, one at a time in each process: what is imported is held in memory until it is written. */
export class Importing {
  private readonly folders: ImportFolders;
  private readonly ending = new AbortController();
  private isBusy = false;

  constructor(private readonly rooms: Rooms) {
    this.folders = new ImportFolders(rooms.config);
  }

  /** Does what an import waits for; `busy` while this process is at another one, or another process at this one. */
  async tend(id: string): Promise<'through' | 'busy'> {
    if (this.isBusy) return 'busy';
    this.isBusy = true;
    try {
      const isMine = await alone(this.rooms.database.source, importLock(id), () => this.work(id));
      return isMine ? 'through' : 'busy';
    } finally {
      this.isBusy = false;
    }
  }

  /** Clears away what was not finished in time, and tells which imports wait or were left behind. */
  async sweep(now = new Date()): Promise<string[]> {
    const { imports } = this.rooms;
    for (const id of await imports.expired(now)) {
      await this.folders.remove(id);
      // Last, so that a crash before it is found by the next sweep.
      await imports.forget(id);
    }
    // An upload that was cut off by a crash has a folder and no record; one that is done needs neither.
    for (const id of await this.folders.olderThan(new Date(now.getTime() - dayMs))) {
      if (!(await imports.needsUpload(id))) await this.folders.remove(id);
    }
    for (const id of await imports.waiting('fetching')) {
      // Nothing but the process that was told the token could go on.
      await alone(this.rooms.database.source, importLock(id), () => imports.fetchLost(id));
    }
    return [...(await imports.waiting('looking')), ...(await imports.waiting('running'))];
  }

  /** Gives up what is under way; whoever starts next takes it up again. */
  stop(): void {
    this.ending.abort(new Error('The server stops.'));
  }

  private async work(id: string): Promise<void> {
    const { imports } = this.rooms;
    if (this.ending.signal.aborted) return;
    const record = await imports.takeUp(id);
    if (record === null) return;
    const notes = new ImportProgressNotes((progress) => imports.progress(id, progress));
    const { signal } = this.ending;
    const options: ImportOptions = {
      signal,
      unwrap: true,
      onProgress: (progress) => {
        signal.throwIfAborted();
        notes.note(progress);
      },
    };
    try {
      await (record.state === 'looking' ? this.look(record, options, notes) : this.bring(record, options, notes));
    } catch (error) {
      await notes.end();
      if (signal.aborted) return imports.putBack(id);
      await imports.failed(id, this.faultOf(error, id));
    }
  }

  private async look(record: ImportRecord, options: ImportOptions, notes: ImportProgressNotes): Promise<void> {
    const source = await this.folders.source(record);
    const report = await lookAt(this.rooms, source, options);
    await notes.end();
    await this.rooms.imports.looked(record.id, report);
  }

  private async bring(record: ImportRecord, options: ImportOptions, notes: ImportProgressNotes): Promise<void> {
    const { imports } = this.rooms;
    const { id } = record;
    if (await this.isOpenAlready(record)) return this.finish(id, null);
    const username = (await this.rooms.people.usernamesOf([record.user])).get(record.user) ?? '';
    const onBegun = (wiki: string) => imports.making(id, wiki);
    if (record.kind === 'demo') {
      const { report } = await makeDemo(this.rooms, username, { ...options, onBegun });
      await notes.end();
      return this.finish(id, report);
    }
    const access = this.rooms.acl.requireAccount('wiki.create', await this.rooms.actors.byUsername(username, 'web'));
    if (record.wanted === null) throw new Error('It is not said what is to be made of the import.');
    const { linkOrder, ...wanted } = record.wanted;
    const source = await this.folders.source(record);
    const how = linkOrder === null ? options : { ...options, linkOrder };
    const { report } = await bringWiki(this.rooms, access, { source, wanted, options: how, onBegun });
    await notes.end();
    await this.finish(id, report);
  }

  /** Whether an attempt before came as far as opening the wiki; if it did not, what it left is cleared away. */
  private async isOpenAlready({ id, wiki }: ImportRecord): Promise<boolean> {
    if (wiki === null) return false;
    if ((await this.rooms.wikis.byId(wiki)) !== null) return true;
    await this.rooms.repositories.remove(wiki);
    await this.rooms.wikis.abandon(wiki);
    await this.rooms.imports.making(id, null);
    return false;
  }

  private async finish(id: string, report: Parameters<Rooms['imports']['done']>[1]): Promise<void> {
    await this.rooms.imports.done(id, report);
    await this.folders.remove(id);
  }

  private faultOf(error: unknown, id: string): ImportFault {
    const { code, status, detail } = problemOf(error);
    if (status >= 500) this.rooms.log.error({ err: error, import: id }, 'import failed');
    return { code, detail: code === 'internal' ? 'It failed by a fault of this server, which is in its log.' : detail };
  }
}

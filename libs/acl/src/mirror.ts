import type { DataSource } from 'typeorm';
import type { MirroredSettings } from './mirrored-settings.js';
import { MirrorFiles } from './mirror-files.js';
import type { WikiDocument } from './mirror-documents.js';
import { userDocuments, wikiDocuments } from './mirror-rows.js';
import { Reconstruction, type Reconstructed } from './reconstruction.js';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import type { UserId, WikiId } from './wiki-ref.js';

/** Where the mirror lies, and what else it carries. */
export interface MirrorOptions {
  database: DataSource;
  /** The data folder. */
  root: string;
  settings?: MirroredSettings;
  /** Told of a file that could not be written; the change itself is committed and `compareAll` mends the file. */
  onError?: (error: unknown) => void;
}

const batch = 200;

/** Keeps beside the repositories what it takes to bring people, wikis and roles back when the database is lost. */
export class Mirror {
  private readonly files: MirrorFiles;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly options: MirrorOptions) {
    this.files = new MirrorFiles(options.root);
  }

  /** Writes the file of a wiki anew, or removes it when the wiki is no more. */
  wiki(id: WikiId): Promise<void> {
    return this.refresh('wiki', id);
  }

  /** Writes the file of a person anew, or removes it when the account is no more. */
  user(id: UserId): Promise<void> {
    return this.refresh('user', id);
  }

  /** Writes every file that is missing or differs from the database. It removes none: an empty database may be a lost one. */
  async compareAll(): Promise<{ written: number }> {
    const users = await this.compare('user', 'SELECT id FROM users ORDER BY id');
    const wikis = await this.compare('wiki', `SELECT id FROM wikis WHERE state <> 'creating' ORDER BY id`);
    return { written: users + wikis };
  }

  /** Brings back what the files know and the database does not; rows that are there stay as they are. */
  async reconstruct(): Promise<Reconstructed> {
    return new Reconstruction(this.options.database, this.files, this.options.settings).run();
  }

  /** One file after the other, so that however much changes at once, no more than one connection waits for the disk. */
  private refresh(kind: 'user' | 'wiki', id: string): Promise<void> {
    // The change is committed; that its copy has to wait for the next start is no reason to call it failed.
    this.last = this.last.then(() => this.bringUpToDate(kind, id)).catch((error) => this.options.onError?.(error));
    return this.last;
  }

  private async bringUpToDate(kind: 'user' | 'wiki', id: string): Promise<void> {
    await this.options.database.transaction(async (manager) => {
      // Whoever writes second reads after the first has written, in other processes too.
      await rowOf(manager, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`mirror ${id}`]);
      const text = (await this.texts(manager, kind, [id])).get(id);
      if (text === undefined) await this.files.remove(kind, id);
      else await this.files.write(kind, id, text);
    });
  }

  private async compare(kind: 'user' | 'wiki', sql: string): Promise<number> {
    const ids = (await rowsOf<{ id: string }>(this.options.database, sql)).map(({ id }) => id);
    let written = 0;
    for (let from = 0; from < ids.length; from += batch) {
      const texts = await this.texts(this.options.database, kind, ids.slice(from, from + batch));
      for (const [id, text] of texts) {
        if ((await this.files.read(kind, id)) === text) continue;
        await this.refresh(kind, id);
        written += 1;
      }
    }
    return written;
  }

  private async texts(database: Queryable, kind: 'user' | 'wiki', ids: string[]): Promise<Map<string, string>> {
    const documents = kind === 'user' ? await userDocuments(database, ids) : await this.wikis(database, ids);
    return new Map(documents.map((document) => [document.id, `${JSON.stringify(document, null, 2)}\n`]));
  }

  private async wikis(database: Queryable, ids: string[]): Promise<WikiDocument[]> {
    const { settings } = this.options;
    const documents = await wikiDocuments(database, ids);
    if (settings === undefined) return documents;
    return Promise.all(
      documents.map(async (document) => ({ ...document, settings: { ...(await settings.of(document.id)) } })),
    );
  }
}

import { statfs } from 'node:fs/promises';
import { requireGit } from '@lib/git';
import { Readiness } from '../health/readiness.js';
import type { Rooms } from '../rooms/rooms.js';

/** One thing that was looked at. */
export interface Finding {
  subject: string;
  ok: boolean;
  detail: string;
  /** What to do about it. */
  mend?: string;
}

const scarceBytes = 512 * 1024 * 1024;
const fsckMs = 10 * 60_000;

/** Looks at the machine, the data folder, the database and every wiki. */
export class Doctor {
  constructor(private readonly rooms: Rooms) {}

  async examine({ deep }: { deep: boolean }): Promise<Finding[]> {
    const findings = [await this.git(), await this.space(), await this.readiness()];
    const all = await this.rooms.wikis.all();
    const known = new Set(all.map(({ wiki }) => wiki.id));
    for (const id of await this.rooms.repositories.ids()) if (!known.has(id)) findings.push(ownerless(id));
    for (const { wiki, state } of all) {
      if (state !== 'active') continue;
      const name = `@${wiki.owner.username}/${wiki.slug}`;
      findings.push(await this.wiki(name, wiki.id, deep));
    }
    return findings;
  }

  private async git(): Promise<Finding> {
    return { subject: 'git', ok: true, detail: `version ${await requireGit(this.rooms.runner)}` };
  }

  private async space(): Promise<Finding> {
    const { bavail, bsize, ffree } = await statfs(this.rooms.config.dataDir);
    const free = bavail * bsize;
    const detail = `${Math.floor(free / 1024 / 1024)} MiB and ${ffree} files free`;
    const ok = free > scarceBytes;
    return {
      subject: 'data folder',
      ok,
      detail,
      ...(ok ? {} : { mend: 'Make room: writes are refused on a full disk.' }),
    };
  }

  private async readiness(): Promise<Finding> {
    const { database, config } = this.rooms;
    const readiness = new Readiness({
      database: database.source,
      dataDir: config.dataDir,
      revive: database.ensureRunning,
    });
    const { storage_ms: storage, database_ms: answer } = await readiness.check();
    return { subject: 'readiness', ok: true, detail: `a file in ${storage} ms, the database in ${answer} ms` };
  }

  private async wiki(subject: string, id: string, deep: boolean): Promise<Finding> {
    const { repositories, catalogue, runner } = this.rooms;
    if (!(await repositories.exists(id))) {
      return { subject, ok: false, detail: `repository ${id} is missing`, mend: 'Restore its folder from a backup.' };
    }
    try {
      const repository = await repositories.open(id);
      const tip = await repository.tip();
      if (tip !== null) await repository.walk(tip);
      const { code, stderr } = deep
        ? await runner.run({
            args: ['fsck', '--strict', '--no-progress'],
            gitDir: repository.gitDir,
            timeoutMs: fsckMs,
          })
        : { code: 0, stderr: '' };
      if (code !== 0) return damaged(subject, stderr.split('\n')[0] ?? 'git fsck failed');
      const { behind } = await catalogue.fresh(id);
      const detail =
        behind === 0 ? `at ${tip?.slice(0, 10) ?? 'its beginning'}` : `the catalogue is ${behind} commits behind`;
      return { subject, ok: behind === 0, detail, ...(behind === 0 ? {} : { mend: `wikibot reindex ${subject}` }) };
    } catch (error) {
      return damaged(subject, error instanceof Error ? error.message : String(error));
    }
  }
}

const damaged = (subject: string, detail: string): Finding => ({
  subject,
  ok: false,
  detail,
  mend: 'Restore the repository from a backup, or push a good clone to a new wiki.',
});

const ownerless = (id: string): Finding => ({
  subject: `repository ${id}`,
  ok: false,
  detail: 'no wiki of the database belongs to it',
  mend: 'After a lost database: wikibot reconstruct. Otherwise move the folder away.',
});

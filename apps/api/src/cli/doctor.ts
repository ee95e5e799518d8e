import type { Rooms } from '../rooms/rooms.js';

/** One thing that was looked at. */
export interface Finding {
  subject: string;
  ok: boolean;
  detail: string;
  /** What to do about it. */
  mend?: string;
}

const fsckMs = 10 * 60_000;

/** Looks at every wiki: its repository, and whether the catalogue knows all of it. */
export class Doctor {
  constructor(private readonly rooms: Rooms) {}

  async examine({ deep }: { deep: boolean }): Promise<Finding[]> {
    const findings: Finding[] = [];
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

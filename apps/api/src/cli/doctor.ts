import type { Repository } from '@lib/git';
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
const mostNamed = 3;
const withoutModel =
  'Put the files of the model back (SHA256SUMS beside them says what they have to be), or set MODEL_DIR or SEARCH_BY_MEANING=off. Searches look for words meanwhile.';

/** Looks at every wiki: its repository, and whether the catalogue knows all of it. */
export class Doctor {
  constructor(private readonly rooms: Rooms) {}

  async examine({ deep }: { deep: boolean }): Promise<Finding[]> {
    const findings = [await this.meaning()];
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

  private async meaning(): Promise<Finding> {
    const subject = 'search by meaning';
    const { meanings } = this.rooms;
    if (meanings === null) return { subject, ok: true, detail: 'off (SEARCH_BY_MEANING)' };
    const { state, reason } = await meanings.tryModel();
    if (state === 'ready') return { subject, ok: true, detail: 'the model answers' };
    return { subject, ok: false, detail: reason ?? 'the model does not answer', mend: withoutModel };
  }

  /** How much of a wiki was read for its meaning; what is missing a running server reads by itself. */
  private async readOf(id: string): Promise<string> {
    const { meanings } = this.rooms;
    if (meanings === null || meanings.model.state !== 'ready') return '';
    const { pages, pagesRead, setAside } = await meanings.indexer.status(id);
    const troubles = setAside.slice(0, mostNamed).map(({ path, trouble }) => `; ${path}: ${trouble}`);
    return `, ${pagesRead} of ${pages} pages read for their meaning${troubles.join('')}`;
  }

  private async wiki(subject: string, id: string, deep: boolean): Promise<Finding> {
    const { repositories, catalogue, runner } = this.rooms;
    if (!(await repositories.exists(id))) {
      return { subject, ok: false, detail: `repository ${id} is missing`, mend: 'Restore its folder from a backup.' };
    }
    let repository: Repository | null = null;
    try {
      repository = await repositories.open(id);
      const tip = await repository.tip();
      if (tip !== null) await repository.walk(tip);
      const { code, stdout, stderr } = deep
        ? await runner.run({
            args: ['fsck', '--strict', '--no-progress'],
            gitDir: repository.gitDir,
            timeoutMs: fsckMs,
          })
        : { code: 0, stdout: '', stderr: '' };
      if (code !== 0) return damaged(subject, mostTelling(`${stderr}${stdout.toString()}`), repository);
      const { behind } = await catalogue.fresh(id);
      const detail =
        behind === 0 ? `at ${tip?.slice(0, 10) ?? 'its beginning'}` : `the catalogue is ${behind} commits behind`;
      const read = await this.readOf(id);
      return {
        subject,
        ok: behind === 0,
        detail: `${detail}${read}`,
        ...(behind === 0 ? {} : { mend: `wikibot reindex ${subject}` }),
      };
    } catch (error) {
      return damaged(subject, error instanceof Error ? error.message : String(error), repository);
    }
  }
}

/** The line of git's that names an object or a pack, rather than how reading it failed. */
function mostTelling(said: string): string {
  const lines = said.split('\n');
  return lines.find((line) => /[0-9a-f]{40}/.test(line)) ?? lines[0] ?? 'git fsck failed';
}

function damaged(subject: string, detail: string, repository: Repository | null): Finding {
  return { subject, ok: false, detail, mend: mendOf(detail, repository) };
}

function mendOf(detail: string, repository: Repository | null): string {
  const packs = repository?.packsToIndex() ?? [];
  if (packs.length > 0) return `A pack has no good index: ${packs.map((pack) => `git index-pack ${pack}`).join('; ')}`;
  if (repository !== null && /multi-pack-index/.test(detail))
    return `Remove ${repository.gitDir}/objects/pack/multi-pack-index; git does without it.`;
  return 'Restore the repository from a backup, or push a good clone to a new wiki.';
}

const ownerless = (id: string): Finding => ({
  subject: `repository ${id}`,
  ok: false,
  detail: 'no wiki of the database belongs to it',
  mend: 'After a lost database: wikibot reconstruct. Otherwise move the folder away.',
});

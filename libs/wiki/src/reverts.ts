import { type Access, AclError, mayTouch } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import { quoted } from '@lib/markdown';
import type { Catalogue } from './catalogue.js';
import { ChangeCommitter, type CommitterOptions, type Work } from './change-committer.js';
import { beyondReach } from './change-reach.js';
import type { PagesAndFiles } from './folders.js';
import { fileOf } from './page-path.js';
import { takeBack, type RevertConflict, type Reverting } from './revert-changes.js';
import { RevertRows } from './revert-rows.js';
import { requireRevision } from './revisions.js';
import { WikiError } from './wiki-errors.js';
import { pageNotFound } from './write-errors.js';

/** What became of a commit that was taken back. */
export interface RevertResult {
  commit: string | null;
  /** The pages and files that are again what they were. */
  done: string[];
  /** Those that were left as they are. */
  conflicts: RevertConflict[];
}

/** The three texts of a page whose change cannot be taken back without somebody's judgement. */
export interface RevertSides {
  /** What the page is called now. */
  path: string;
  before: string;
  after: string;
  now: string;
}

const most = 1_000;
const longestSubject = 200;
const mostNamed = 20;

/** Takes commits back: what they changed is undone on the newest state of the wiki, by a commit of its own. */
export class Reverts {
  private readonly committer: ChangeCommitter;
  private readonly rows: RevertRows;

  constructor(private readonly given: CommitterOptions & { catalogue: Catalogue }) {
    this.committer = new ChangeCommitter(given);
    this.rows = new RevertRows(given.database);
  }

  /**
   * Undoes a commit, and keeps what was written since in other lines. Throws `revert-conflict` when something stands in
   * the way; with `rest`, what can be undone is undone and the others are left as they are.
   */
  async revert(
    { pages }: PagesAndFiles,
    revision: string,
    { rest = false, message }: { rest?: boolean; message?: string } = {},
  ): Promise<RevertResult> {
    const { repository, oid, reverting } = await this.look(pages, revision);
    const [subject = ''] = (await repository.commit(oid)).message.split('\n', 1);
    const work: Work<Omit<RevertResult, 'commit'>> = async (draft) => {
      const taken = await takeBack(draft, reverting);
      if (taken.conflicts.length > 0 && !rest) throw inTheWay(taken.conflicts, taken.done.length);
      if (taken.done.length === 0) throw nothingLeft();
      return taken;
    };
    const fallback = (taken: { conflicts: RevertConflict[] }) => messageFor(subject, oid, taken.conflicts);
    const done = await this.committer.commit(pages, { ...(message !== undefined && { message }), fallback }, work);
    return { ...done.value, commit: done.commit };
  }

  /** What a page was before a commit, after it, and is now, under the name it had in the commit. */
  async sides(access: Access<'page.read'>, revision: string, path: string): Promise<RevertSides> {
    mayTouch(access, path);
    const { repository, reverting } = await this.look(access, revision);
    const file = reverting.files.find((one) => one.path === fileOf(path));
    if (file === undefined) throw pageNotFound(path);
    const name = await reverting.nameNow(file.path);
    const now = name.replace(/\.md$/, '');
    mayTouch(access, now);
    const tip = await repository.tip();
    const entry = tip === null ? null : await repository.entry(tip, name);
    const textOf = async (blob: Oid | null | undefined) =>
      blob == null ? '' : (await repository.blob(blob)).toString('utf8');
    const [before, after, text] = await Promise.all([file.old_blob, file.new_blob, entry?.oid].map(textOf));
    return { path: now, before: before ?? '', after: after ?? '', now: text ?? '' };
  }

  private async look(
    access: Access,
    revision: string,
  ): Promise<{ repository: Repository; oid: Oid; reverting: Reverting }> {
    const wiki = access.wiki.id;
    await this.given.catalogue.fresh(wiki);
    const repository = await this.given.repositories.open(wiki);
    const oid = await requireRevision(repository, revision);
    const known = await this.rows.of(wiki, oid, most);
    if (known === null) throw new WikiError('revision-not-found', 'This commit is still being read. Try again soon.');
    await this.requireReach(access, oid);
    if (known.files.length > most) throw tooMany();
    const [parent = null] = (await repository.commit(oid)).parents;
    const nameNow = (path: string) => this.rows.nameNow(wiki, path, known.seq);
    return { repository, oid, reverting: { files: known.files, parent, nameNow } };
  }

  /** What else a commit touched, a narrow token must not hear of, so it cannot take it back either. */
  private async requireReach(access: Access, oid: Oid): Promise<void> {
    const beyond = await beyondReach(this.given.database, access, [oid]);
    if (!beyond.has(oid)) return;
    const limits = access.paths ?? [];
    const sentence = `This token is limited to ${limits.join(', ')}, and the commit also changes other pages.`;
    throw new AclError('path-outside-token', sentence, { paths: limits });
  }
}

function messageFor(subject: string, oid: Oid, conflicts: readonly RevertConflict[]): string {
  const named = conflicts.slice(0, mostNamed).map(({ now }) => now);
  const left = conflicts.length === 0 ? '' : ` Left as they are: ${named.join(', ')}${more(conflicts.length)}.`;
  return `Revert: ${[...subject].slice(0, longestSubject).join('')}\n\nTakes back ${oid}.${left}`;
}

const more = (count: number): string => (count > mostNamed ? ` and ${count - mostNamed} more` : '');

function inTheWay(conflicts: readonly RevertConflict[], others: number): WikiError {
  const named = conflicts.slice(0, mostNamed).map(({ now }) => quoted(now));
  const sentence = `This cannot be taken back by itself, because of what was done since to ${named.join(', ')}${more(conflicts.length)}.`;
  return new WikiError('revert-conflict', sentence, { conflicts, others });
}

const nothingLeft = (): WikiError =>
  new WikiError('nothing-to-change', 'Nothing of this commit is left to take back: nothing would change.');

const tooMany = (): WikiError =>
  new WikiError('batch-too-large', `A commit that touched more than ${most} files cannot be taken back at once.`, {
    limit: most,
  });

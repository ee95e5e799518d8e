import type { WikiId } from '@lib/acl';
import type { GitRunner, Moving, Oid, Ready, Repositories, Repository } from '@lib/git';
import { LRUCache } from 'lru-cache';
import type { DataSource, EntityManager } from 'typeorm';
import { CatalogueChange } from './catalogue-change.js';
import { alone, begun, positionOfOne, type PositionRow, positions } from './catalogue-position.js';
import type { KeywordTables } from './keyword-tables.js';
import { commitsOf, newCommits } from './new-commits.js';
import { inTransaction } from './statements.js';
import type { WikiSettings } from './wiki-settings.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  runner: GitRunner;
  settings: WikiSettings;
  keywords: KeywordTables;
  onError?: (error: unknown, wiki: WikiId) => void;
}

/** How far the catalogue of a wiki has read: `behind` commits are missing. */
export interface CataloguePosition {
  commit: Oid | null;
  behind: number;
}

/** A change of more paths than this is catalogued after it was acknowledged. */
const manyPaths = 500;
const mostCounted = 1_000;
/** Wikis that are catalogued ahead at once: each keeps a connection to the database for as long as the disk takes. */
const mostAhead = 4;
const tables = [
  ...['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths'],
  'keyword_versions',
];

/** Keeps the tables that lists, links, search and history are answered from in step with the repositories. */
export class Catalogue {
  private readonly running = new Map<WikiId, Promise<void>>();
  /** Commits that are known to be catalogued; they stay so, whoever else writes. */
  private readonly known = new LRUCache<WikiId, Oid>({ max: 5_000 });
  private workingAhead = 0;

  constructor(private readonly given: Given) {
    given.settings.onReadAnew((wiki) => this.known.delete(wiki));
  }

  /** Reads on to the newest commit. Running it twice, late or in two processes at once is harmless. */
  async catchUp(wiki: WikiId): Promise<void> {
    const { repository, tip } = await this.open(wiki);
    if (tip === null) return;
    const before = this.running.get(wiki);
    if (before !== undefined) {
      await before.catch(() => {});
      if (this.running.get(wiki) === undefined) return this.catchUp(wiki);
      return this.running.get(wiki);
    }
    const mine = this.advance(wiki, repository, false).finally(() => this.running.delete(wiki));
    this.running.set(wiki, mine);
    return mine;
  }

  /**
   * Begins to catalogue what `main` is about to move to, while the disk is waited for; others see it once `main` has
   * moved. Null where it cannot be begun: then whoever follows the move does it all.
   */
  ahead(moving: Moving): Ready | null {
    const { repository: wiki, before, after } = moving;
    const isNext = before !== null && this.known.get(wiki) === before;
    if (!isNext || this.running.has(wiki) || this.workingAhead >= mostAhead) return null;
    this.workingAhead += 1;
    let end: (hasMoved: boolean) => void = () => {};
    const verdict = new Promise<boolean>((resolve) => (end = resolve));
    const work = this.workAhead(moving, verdict)
      .then((isDone) => void (isDone && this.known.set(wiki, after)))
      .finally(() => {
        this.workingAhead -= 1;
        this.running.delete(wiki);
      });
    this.running.set(wiki, work);
    const giveUp = () => work.catch(() => {});
    void giveUp();
    return { finish: () => (end(true), work), giveUp: () => (end(false), giveUp()) };
  }

  /** What a write waits for: small changes are catalogued before it is answered, large ones soon after. */
  async follow(wiki: WikiId): Promise<void> {
    const { repository, tip } = await this.open(wiki);
    if (tip === null) return;
    const from = this.known.get(wiki) ?? (await this.position(wiki))?.commit_oid ?? null;
    if (from === tip) return;
    const changes = await repository.diff(from, tip);
    const work = this.catchUp(wiki);
    if (changes.length <= manyPaths) return work;
    void work.catch((error: unknown) => this.given.onError?.(error, wiki));
  }

  /** Where the catalogue stands, after it caught up when it was a little behind; `seen` is a tip that was just read. */
  async fresh(wiki: WikiId, seen?: Oid): Promise<CataloguePosition> {
    const tip = seen ?? (await this.open(wiki)).tip;
    if (tip === null || this.known.get(wiki) === tip) return { commit: tip, behind: 0 };
    const now = await this.status(wiki);
    if (now.behind === 0 || this.running.has(wiki)) return now;
    // Whoever reads is served what there is, also when a catalogue cannot be brought further.
    await this.follow(wiki).catch((error: unknown) => this.given.onError?.(error, wiki));
    return this.status(wiki);
  }

  /** Where the catalogue stands. */
  async status(wiki: WikiId): Promise<CataloguePosition> {
    const { repository, tip } = await this.open(wiki);
    const position = await this.position(wiki);
    const commit = position?.commit_oid ?? null;
    if (tip === null || commit === tip) return { commit, behind: 0 };
    let behind = 0;
    for await (const _ of repository.log(tip, { until: commit, limit: mostCounted })) behind += 1;
    return { commit, behind: Math.max(behind, 1) };
  }

  /** Takes into the indexes what waits to be, so that no write has to do it for all before it. */
  async tidy(): Promise<void> {
    await this.given.keywords.tidy(this.given.database);
  }

  /** Makes every row anew; readers see the old ones until the new ones are complete. */
  async rebuild(wiki: WikiId): Promise<void> {
    const { repository } = await this.open(wiki);
    this.known.delete(wiki);
    await this.advance(wiki, repository, true);
  }

  /** Wikis whose repository is ahead of their catalogue. */
  async lagging(): Promise<WikiId[]> {
    await this.given.keywords.restore(this.given.database);
    const rows = await this.given.database.query<(PositionRow & { wiki: WikiId })[]>(positions);
    const read = new Map(rows.map((row) => [row.wiki, row.has_words ? row.commit_oid : null]));
    const found: WikiId[] = [];
    for (const wiki of await this.given.repositories.ids()) {
      if (!(await this.given.repositories.exists(wiki))) continue;
      const { tip } = await this.open(wiki);
      if (tip !== null && read.get(wiki) !== tip) found.push(wiki);
    }
    return found;
  }

  /** Up to which commit each catalogue was read; of those alone that were read on since a moment, if one is given. */
  async positions(since = new Date(0)): Promise<{ wiki: WikiId; commit: Oid }[]> {
    const sql = 'SELECT wiki, commit_oid AS commit FROM catalogue_positions WHERE updated_at >= $1';
    return this.given.database.query(sql, [since]);
  }

  /** Forgets a wiki that is erased. */
  async forget(wiki: WikiId): Promise<void> {
    this.known.delete(wiki);
    await this.given.database.transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await this.clear(manager, wiki);
      for (const table of ['catalogue_positions', 'wiki_settings', 'idempotency_keys', 'drafts']) {
        await manager.query(`DELETE FROM ${table} WHERE wiki = $1`, [wiki]);
      }
    });
  }

  private async open(wiki: WikiId): Promise<{ repository: Repository; tip: Oid | null }> {
    const repository = await this.given.repositories.open(wiki);
    return { repository, tip: await repository.tip() };
  }

  private async advance(wiki: WikiId, repository: Repository, anew: boolean): Promise<void> {
    const reached = await inTransaction(this.given.database, alone(wiki), async (manager, answers) => {
      const { position, linkOrder } = begun(answers);
      const tip = await repository.tip();
      if (tip === null) return null;
      if (position?.commit_oid === tip && position.has_words && !anew) return tip;
      const mayContinue = !anew && position?.has_words === true;
      const isContinued = mayContinue && (await isAncestor(repository, position.commit_oid, tip));
      if (!isContinued) await this.begin(manager, wiki);
      const from = isContinued ? { commit: position.commit_oid, seq: Number(position.seq) } : { commit: null, seq: 0 };
      const fresh = await newCommits(repository, from.commit, tip);
      const { runner, keywords } = this.given;
      const change = { manager, wiki, repository, objects: repository, runner, keywords, linkOrder };
      await new CatalogueChange(change).apply(from, tip, fresh);
      return tip;
    });
    if (reached !== null) this.known.set(wiki, reached);
  }

  /** True when the rows are written, and `main` has moved. */
  private async workAhead(moving: Moving, hasMoved: Promise<boolean>): Promise<boolean> {
    const { repository: wiki, before, after, objects } = moving;
    const fresh = await commitsOf(moving);
    if (fresh === null || (await objects.diff(before, after)).length > manyPaths) return false;
    const repository = await this.given.repositories.open(wiki);
    const { runner, keywords } = this.given;
    return inTransaction(this.given.database, alone(wiki), async (manager, answers) => {
      const { position, linkOrder } = begun(answers);
      if (position?.commit_oid !== before || !position.has_words) return false;
      const change = { manager, wiki, repository, objects, runner, keywords, linkOrder };
      await new CatalogueChange(change).apply({ commit: before, seq: Number(position.seq) }, after, fresh);
      if (!(await hasMoved)) throw new Error('The move that was catalogued ahead did not happen.');
      return true;
    });
  }

  private async position(wiki: WikiId): Promise<PositionRow | null> {
    const [row] = await this.given.database.query<PositionRow[]>(positionOfOne, [wiki]);
    return row ?? null;
  }

  private async begin(manager: EntityManager, wiki: WikiId): Promise<void> {
    await this.clear(manager, wiki);
    await this.given.keywords.begin(manager, wiki);
  }

  private async clear(manager: EntityManager, wiki: WikiId): Promise<void> {
    for (const table of tables) await manager.query(`DELETE FROM ${table} WHERE wiki = $1`, [wiki]);
    await this.given.keywords.clear(manager, wiki);
  }
}

/** False also for a commit that is gone: history was put back from elsewhere. */
async function isAncestor(repository: Repository, older: Oid, newer: Oid): Promise<boolean> {
  return repository.isAncestor(older, newer).catch(() => false);
}

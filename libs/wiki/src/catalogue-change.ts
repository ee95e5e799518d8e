import type { WikiId } from '@lib/acl';
import type { GitRunner, Objects, Oid, Repository } from '@lib/git';
import type { EntityManager } from 'typeorm';
import { renewTouched } from './catalogue-touched.js';
import { CommitRows, type Touch, type Written } from './commit-rows.js';
import type { KeywordTables } from './keyword-tables.js';
import { LinkResolver } from './link-rows.js';
import type { LinkOrder } from '@lib/markdown';
import type { NewCommit } from './new-commits.js';
import { type PageEntry, PageRows, splitChanges } from './page-rows.js';
import { fileOf } from './page-path.js';
import { foldPath } from './path-folding.js';
import { together } from './statements.js';

interface Given {
  manager: EntityManager;
  wiki: WikiId;
  repository: Repository;
  /** Where both commits can be read, also one that is still being written. */
  objects: Objects;
  runner: GitRunner;
  keywords: KeywordTables;
  linkOrder: LinkOrder;
}

interface Changed {
  path: string;
  blob: string | null;
}

const manyPaths = 500;
const analysed = [
  ...['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths'],
  ...['keyword_pages', 'keyword_words'],
];
// Held in memory at once while many pages are read; each word of them is counted once for all.
const pagesAtOnce = 1_000;
const lettersAtOnce = 16_000_000;

const forgetPages = `
  WITH p AS (DELETE FROM pages WHERE wiki = $1 AND path = ANY($2::text[])),
    t AS (DELETE FROM page_tags WHERE wiki = $1 AND path = ANY($2::text[])),
    l AS (DELETE FROM page_links WHERE wiki = $1 AND path = ANY($2::text[])),
    n AS (DELETE FROM page_names WHERE wiki = $1 AND path = ANY($2::text[]) RETURNING path, key)
  SELECT path, key FROM n`;
const advance = `
  INSERT INTO catalogue_positions (wiki, commit_oid, seq) VALUES ($1, $2, $3)
  ON CONFLICT (wiki) DO UPDATE SET commit_oid = $2, seq = $3, updated_at = now()`;
const findTouches = `
  SELECT DISTINCT ON (p.path) p.path, c.seq::int AS seq, c.oid AS revision, c.authored_at AS "updatedAt"
  FROM commit_paths p JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
  WHERE p.wiki = $1 AND p.path = ANY($2::text[]) ORDER BY p.path, p.seq DESC`;

/** Takes the rows of one wiki from one commit to another, inside the transaction it is given. */
export class CatalogueChange {
  /** What of the commits is written. */
  private written: Written = { seq: 0, touches: new Map(), latest: null };

  constructor(private readonly given: Given) {}

  /** `fresh` are the commits between the two. */
  async apply(from: { commit: Oid | null; seq: number }, to: Oid, fresh: NewCommit[]): Promise<void> {
    const { manager, wiki, objects, repository, runner } = this.given;
    const { pages, files } = splitChanges(await objects.diff(from.commit, to));
    this.written = await new CommitRows(objects, { repository, runner }).write(manager, wiki, from.seq, fresh);
    const before = await this.forget(pages);
    const names = new Set<string>();
    await this.files(files, names);
    await this.pages(pages, before, names);
    // Until the server has seen how much is there now, it would join and answer by way of the wrong indexes: of 50,000
    // pages each was compared with each.
    if (pages.length + files.length > manyPaths) await manager.query(`ANALYZE ${analysed.join(', ')}`);
    if (fresh.length > 1) await renewTouched(manager, wiki, from.seq);
    await new LinkResolver(manager, wiki).renew(
      [...names],
      pages.map(({ path }) => path),
    );
    await together(manager, [{ sql: advance, values: [wiki, to, this.written.seq] }]);
  }

  /** `names` gathers the keys under which links now find something else than they found `before`. */
  private async pages(changed: Changed[], before: Map<string, Set<string>>, names: Set<string>): Promise<void> {
    const { manager, wiki, objects, linkOrder, keywords } = this.given;
    const isMost = changed.length > manyPaths && 4 * changed.length > (await keywords.pages(manager, wiki));
    await keywords.remove(manager, wiki, gone(changed));
    const rows = new PageRows(objects, wiki, linkOrder);
    const links: PageEntry['links'] = [];
    const after = new Map<string, Set<string>>();
    const present = changed.filter(({ blob }) => blob !== null);
    let counting = Promise.resolve();
    try {
      for await (const entries of this.entries(rows, present)) {
        await rows.insert(manager, entries);
        await counting;
        const words = entries.map((entry) => entry.keywords);
        // While the database counts words, the next pages are read, or the links looked at.
        counting = isMost ? keywords.replaceUncounted(manager, wiki, words) : keywords.replace(manager, wiki, words);
        counting.catch(() => {});
        for (const entry of entries) {
          links.push(...entry.links);
          for (const { key, path } of entry.names) after.set(path, (after.get(path) ?? new Set()).add(key));
        }
      }
      // All pages are there before any link is looked up, so that those that came together find each other.
      await new LinkResolver(manager, wiki).insert(links);
    } finally {
      // Also when something failed: what went on while the transaction is taken back would be written outside of it.
      await counting;
    }
    for (const key of differing(before, after)) names.add(key);
    if (isMost) await keywords.recount(manager, wiki);
  }

  /** Reads pages, as many at once as may be held in memory. */
  private async *entries(rows: PageRows, present: Changed[]): AsyncGenerator<PageEntry[]> {
    for (let at = 0; at < present.length; at += pagesAtOnce) {
      const part = present.slice(at, at + pagesAtOnce);
      const touches = await this.touches(part.map(({ path }) => fileOf(path)));
      let entries: PageEntry[] = [];
      let letters = 0;
      for (const { path, blob } of part) {
        const entry = await rows.entry(path, blob ?? '', this.touchOf(touches, fileOf(path)));
        letters += entry.keywords.body.length;
        entries.push(entry);
        if (letters < lettersAtOnce) continue;
        yield entries;
        [entries, letters] = [[], 0];
      }
      if (entries.length > 0) yield entries;
    }
  }

  private async files(changed: Changed[], names: Set<string>): Promise<void> {
    const { manager, wiki, objects, linkOrder } = this.given;
    if (changed.length === 0) return;
    const paths = changed.map(({ path }) => path);
    await manager.query('DELETE FROM files WHERE wiki = $1 AND path = ANY($2::text[])', [wiki, paths]);
    const touches = await this.touches(paths);
    const present = changed.flatMap(({ path, blob }) =>
      blob === null ? [] : [{ path, blob, touch: this.touchOf(touches, path) }],
    );
    await new PageRows(objects, wiki, linkOrder).insertFiles(manager, present);
    for (const path of paths) names.add(foldPath(path.split('/').at(-1) ?? path));
  }

  /** Removes what is known of these pages; gives the keys each of them was found under. */
  private async forget(changed: Changed[]): Promise<Map<string, Set<string>>> {
    const keys = new Map<string, Set<string>>();
    if (changed.length === 0) return keys;
    const { manager, wiki } = this.given;
    const [rows = []] = await together(manager, [
      { sql: forgetPages, values: [wiki, changed.map(({ path }) => path)] },
    ]);
    for (const { path, key } of rows as { path: string; key: string }[]) {
      keys.set(path, (keys.get(path) ?? new Set()).add(key));
    }
    return keys;
  }

  /** Some commit brought every file there is; should none be known, the newest answers for it. */
  private touchOf(touches: Map<string, Touch>, file: string): Touch {
    const touch = this.written.touches.get(file) ?? touches.get(file) ?? this.written.latest;
    if (touch === null) throw new Error(`No commit is known to have touched ${file}.`);
    return touch;
  }

  /** The newest commits that touched files which none of those that are written did. */
  private async touches(files: string[]): Promise<Map<string, Touch>> {
    const older = files.filter((file) => !this.written.touches.has(file));
    if (older.length === 0) return new Map();
    const { manager, wiki } = this.given;
    const rows = await manager.query<(Touch & { path: string })[]>(findTouches, [wiki, older]);
    return new Map(rows.map((row) => [row.path, row]));
  }
}

const gone = (changed: Changed[]): string[] => changed.filter(({ blob }) => blob === null).map(({ path }) => path);

/** Keys that a page gained or lost; all of a page that came or went. */
function differing(before: Map<string, Set<string>>, after: Map<string, Set<string>>): string[] {
  const found: string[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(path) ?? new Set<string>(), after.get(path) ?? new Set<string>()];
    for (const key of new Set([...was, ...is])) if (was.has(key) !== is.has(key)) found.push(key);
  }
  return found;
}

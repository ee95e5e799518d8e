import { setImmediate } from 'node:timers/promises';
import type { WikiId } from '@lib/acl';
import type { Repository } from '@lib/git';
import type { DataSource } from 'typeorm';
import { keywordRow } from './keyword-vector.js';
import { PageRows } from './page-rows.js';

/** A page as it was once. */
export interface Version {
  path: string;
  blob: string;
}

/** What is read of a wiki: its texts, by their blobs. */
type Texts = Pick<Repository, 'id' | 'blob' | 'blobSize'>;

// Held in memory at once while many pages are read.
const lettersAtOnce = 4_000_000;
const versionsAtOnce = 200;
/** So many are kept of each wiki: those that were read last. */
const mostKept = 40_000;
/** What is older is read anew: words may be read otherwise by now. */
const freshFor = `interval '1 day'`;
const noChange = { seq: 0, revision: '', updatedAt: '' };

const missingSql = `
  SELECT t.path, t.blob FROM unnest($2::text[], $3::text[]) AS t (path, blob)
  WHERE NOT EXISTS (SELECT 1 FROM keyword_versions v
    WHERE v.wiki = $1 AND v.path = t.path AND v.blob = t.blob AND v.read_at > now() - ${freshFor})`;

const insertSql = `
  INSERT INTO keyword_versions (wiki, path, blob, name, category, tags, words, names, tsv)
  SELECT $1::uuid, path, blob, name, category, tags, words, names, tsv::tsvector FROM json_to_recordset($2::json) AS row
    (path text, blob text, name text, category text, tags text[], words int, names text[], tsv text)
  ORDER BY path, blob
  ON CONFLICT (wiki, path, blob) DO UPDATE SET name = excluded.name, category = excluded.category,
    tags = excluded.tags, words = excluded.words, names = excluded.names, tsv = excluded.tsv, read_at = now()`;

const tidySql = `
  WITH old AS (DELETE FROM keyword_versions WHERE read_at < now() - 2 * ${freshFor})
  DELETE FROM keyword_versions WHERE wiki = $1 AND read_at < (
    SELECT read_at FROM keyword_versions WHERE wiki = $1 ORDER BY read_at DESC OFFSET ${mostKept} LIMIT 1)`;

/** Keeps what pages said in the past as rows that words can be looked for in, as far as somebody asked lately. */
export class KeywordVersions {
  private readonly running = new Map<WikiId, Promise<void>>();

  constructor(private readonly database: DataSource) {}

  /** Reads those that are not there yet; one search after the other, for often they want the same. */
  async read(repository: Texts, versions: readonly Version[]): Promise<void> {
    const wiki = repository.id;
    if ((await this.missing(wiki, versions)).length === 0) return;
    const mine = (this.running.get(wiki) ?? Promise.resolve()).then(() => this.readMissing(repository, versions));
    const settled = mine
      .catch(() => {})
      .finally(() => {
        if (this.running.get(wiki) === settled) this.running.delete(wiki);
      });
    this.running.set(wiki, settled);
    return mine;
  }

  private async readMissing(repository: Texts, versions: readonly Version[]): Promise<void> {
    const wiki = repository.id;
    for await (const rows of rowsOf(repository, await this.missing(wiki, versions))) {
      await this.database.query(insertSql, [wiki, JSON.stringify(rows)]);
    }
    await this.database.query(tidySql, [wiki]);
  }

  private async missing(wiki: WikiId, versions: readonly Version[]): Promise<Version[]> {
    if (versions.length === 0) return [];
    return this.database.query<Version[]>(missingSql, [
      wiki,
      versions.map(({ path }) => path),
      versions.map(({ blob }) => blob),
    ]);
  }
}

/** The rows of versions, read as the catalogue reads pages; as many at once as may be held in memory. */
async function* rowsOf(repository: Texts, versions: readonly Version[]): AsyncGenerator<object[]> {
  // Links are left out, so it does not matter how the wiki writes them.
  const pages = new PageRows(repository, repository.id, 'target-first');
  let [rows, letters]: [object[], number] = [[], 0];
  for (const { path, blob } of versions) {
    const { page, tags, keywords } = await pages.entry(path, blob, noChange);
    const { name, category } = page;
    rows.push({ ...keywordRow(keywords), path, blob, name, category, tags: tags.map((tag) => tag.tag_key) });
    letters += keywords.body.length;
    await setImmediate();
    if (letters < lettersAtOnce && rows.length < versionsAtOnce) continue;
    yield rows;
    [rows, letters] = [[], 0];
  }
  if (rows.length > 0) yield rows;
}

import type { Access } from '@lib/acl';
import type { KeywordCounts, KeywordTerm } from '@lib/search';
import type { EntityManager } from 'typeorm';
import { anyOf } from './keyword-query.js';
import { Parameters, withinReach } from './keyword-reach.js';
import type { KeywordRows } from './keyword-source.js';

// Beyond this, how common a phrase or a beginning is no longer matters.
const enough = 2_000;

/** How many pages there are and in how many each term occurs, as far as the asker reaches. */
export async function countsOf(
  rows: KeywordRows,
  access: Access,
  terms: readonly KeywordTerm[],
): Promise<KeywordCounts> {
  // Somebody with a narrow token must not learn from a ranking what other pages hold, so nothing prepared is used.
  const isPrepared = rows.source.hasCounts && access.paths === null;
  const prepared = isPrepared ? knownCounts(rows.manager, access, terms) : new Map<string, number>();
  const [totals, known] = await Promise.all([totalsOf(rows, access), prepared]);
  const each: number[] = [];
  for (const term of terms) {
    const word = plainWord(term);
    const isKnown = isPrepared && word !== null;
    each.push(isKnown ? (known.get(word) ?? 0) : await countPages(rows, access, term));
  }
  return { ...totals, each };
}

async function totalsOf({ manager, source }: KeywordRows, access: Access) {
  const parameters = new Parameters();
  const sql = source.totals(access, parameters);
  const [row] = await manager.query<{ pages: number; words: number | null }[]>(sql, parameters.values);
  const pages = row?.pages ?? 0;
  return { pages, meanWords: pages === 0 ? 0 : (row?.words ?? 0) / pages };
}

/** The one word that a term looks for, if it is as simple as that. */
function plainWord({ forms }: KeywordTerm): string | null {
  const [form] = forms;
  return forms.length === 1 && form?.words.length === 1 && form.isPrefix !== true ? (form.words[0] ?? null) : null;
}

async function knownCounts(
  manager: EntityManager,
  access: Access,
  terms: readonly KeywordTerm[],
): Promise<Map<string, number>> {
  const words = terms.map(plainWord).filter((word) => word !== null);
  if (words.length === 0) return new Map();
  const rows = await manager.query<{ word: string; pages: number }[]>(
    'SELECT word, pages FROM keyword_words WHERE wiki = $1 AND word = ANY($2::text[])',
    [access.wiki.id, words],
  );
  return new Map(rows.map(({ word, pages }) => [word, pages]));
}

async function countPages({ manager, source }: KeywordRows, access: Access, { forms }: KeywordTerm): Promise<number> {
  const parameters = new Parameters();
  const reach = withinReach(access, 'k', parameters);
  const condition = `${reach} AND k.tsv @@ ${parameters.add(anyOf(forms))}::tsquery`;
  const found = source.select('keyword_pages', { columns: '1', condition }, parameters);
  const [row] = await manager.query<{ pages: number }[]>(
    `SELECT count(*)::int AS pages FROM (${found} LIMIT ${enough}) found`,
    parameters.values,
  );
  return row?.pages ?? 0;
}

/** Those of the pages that have any of the terms. */
export async function havingOf(
  { manager, source }: KeywordRows,
  access: Access,
  terms: readonly KeywordTerm[],
  paths: readonly string[],
): Promise<string[]> {
  const parameters = new Parameters();
  const reach = withinReach(access, 'k', parameters);
  const query = parameters.add(anyOf(terms.flatMap(({ forms }) => forms)));
  const condition = `${reach} AND k.path = ANY(${parameters.add(paths)}::text[]) AND k.tsv @@ ${query}::tsquery`;
  const sql = source.select('keyword_pages', { columns: 'k.path', condition }, parameters);
  const rows = await manager.query<{ path: string }[]>(sql, parameters.values);
  return rows.map(({ path }) => path);
}

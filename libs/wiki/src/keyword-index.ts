import { GitError, type Repository } from '@lib/git';
import type { Access, WikiId } from '@lib/acl';
import type {
  KeywordCounts,
  KeywordNarrowing,
  KeywordPort,
  KeywordQuestion,
  KeywordTerm,
  KeywordText,
  KeywordWord,
} from '@lib/search';
import type { DataSource } from 'typeorm';
import { headingsOf, parseFrontmatter } from '@lib/markdown';
import { countsOf, havingOf } from './keyword-counts.js';
import { ranked } from './keyword-ranking.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { type KeywordRows, type KeywordSource, present } from './keyword-source.js';
import { similarWords } from './keyword-similar.js';
import { pairTerms, phraseOf, termsOf } from './keyword-terms.js';
import { nameKey } from './keyword-vector.js';
import { indexedWords } from './keyword-words.js';
import { narrowingOf, type PeopleByName } from './narrowing.js';

/** What the index is read from. */
export interface KeywordIndexOptions {
  database: DataSource;
  repositories: { open(wiki: WikiId): Promise<Pick<Repository, 'blob'>> };
  /** Says how far the tables are behind, and may catch up first. */
  catalogue: { fresh(wiki: WikiId): Promise<{ commit: string | null; behind: number }> };
  people: PeopleByName;
}

// A word that is only almost the one asked for is worth less.
const shareOfSimilar = 0.5;
const noSnippet = ['too-large', 'object-corrupt', 'object-missing'];
const mostBytesOfText = 4 * 1024 * 1024;

/** Answers what search asks, from the keyword tables and, for the texts of hits, from git. */
export class KeywordIndex implements KeywordPort {
  constructor(
    private readonly options: KeywordIndexOptions,
    private readonly source: KeywordSource = present,
  ) {}

  words(text: string): Iterable<KeywordWord> {
    return indexedWords(text);
  }

  terms(text: string): KeywordTerm[] {
    return termsOf(text);
  }

  phrase(text: string): KeywordTerm | null {
    return phraseOf(text);
  }

  nameKey(text: string): string {
    return nameKey(text);
  }

  async counts(access: Access<'search.use'>, terms: readonly KeywordTerm[]): Promise<KeywordCounts> {
    return countsOf(this.rows, access, terms);
  }

  async instead(access: Access<'search.use'>, term: KeywordTerm): Promise<KeywordTerm[]> {
    const pairs = pairTerms(term.text);
    if (pairs.length > 1) return pairs;
    const similar = await similarWords(this.rows, access, term.text);
    const forms = similar.map((word) => ({ words: [word], share: shareOfSimilar }));
    return forms.length === 0 ? [] : [{ ...term, forms }];
  }

  async rank(
    access: Access<'search.use'>,
    question: KeywordQuestion,
    among: KeywordNarrowing,
    part: { limit: number; offset: number },
  ) {
    const narrowing = await narrowingOf(among, this.options.people);
    return ranked(this.rows, access, question, { narrowing, ...part });
  }

  async texts(access: Access<'search.use'>, paths: readonly string[]): Promise<KeywordText[]> {
    if (paths.length === 0) return [];
    const parameters = new Parameters();
    const condition = `${withinReach(access, 'k', parameters)} AND k.path = ANY(${parameters.add(paths)}::text[])`;
    const sql = this.source.select('pages', { columns: 'k.path, k.blob', condition }, parameters);
    const rows = await this.options.database.query<{ path: string; blob: string }[]>(sql, parameters.values);
    const repository = await this.options.repositories.open(access.wiki.id);
    return Promise.all(rows.map(async ({ path, blob }) => textOf(path, await readText(repository, blob))));
  }

  async having(
    access: Access<'search.use'>,
    terms: readonly KeywordTerm[],
    paths: readonly string[],
  ): Promise<string[]> {
    if (terms.length === 0 || paths.length === 0) return [];
    return havingOf(this.rows, access, terms, paths);
  }

  status(wiki: WikiId): Promise<{ commit: string | null; behind: number }> {
    return this.options.catalogue.fresh(wiki);
  }

  private get rows(): KeywordRows {
    return { manager: this.options.database.manager, source: this.source };
  }
}

function textOf(path: string, text: string): KeywordText {
  const sections = headingsOf(text).map((heading) => ({
    title: heading.text,
    path: heading.path,
    start: heading.start,
  }));
  return { path, text, from: parseFrontmatter(text).bodyStart, sections };
}

async function readText(repository: Pick<Repository, 'blob'>, blob: string): Promise<string> {
  try {
    const bytes = await repository.blob(blob, mostBytesOfText);
    return bytes.toString('utf8').normalize('NFC');
  } catch (error) {
    // A page too large to read, or damaged, is found all the same, only without a snippet; reading it says what is wrong.
    if (error instanceof GitError && noSnippet.includes(error.code)) return '';
    throw error;
  }
}

import type { Access } from '@lib/acl';
import { fuse, type Fused, voiceOfNearness, voiceOfWords } from './fusion.js';
import type { KeywordHit, KeywordNarrowing, KeywordPort, WeighedTerm } from './keyword-port.js';
import type { FoundByMeaning, MeaningHit, MeaningSearch } from './meaning-search.js';
import { nothingToFind, type ParsedQuery } from './query.js';
import type { FoundByWords, WordSearch } from './word-search.js';

/** A page in a list, with what it was found by. */
export interface Listed {
  path: string;
  name: string;
  revision: string | null;
  /** Between 0 and 1. */
  score: number;
  /** The chunk that is nearest to the question, if meaning found the page. */
  chunk: MeaningHit | null;
  /** Where the page stood in each list; null in a list that has no say. */
  standing: Pick<Fused, 'keyword' | 'semantic'>;
}

/** A part of a list, and how long that is. */
export interface List {
  hits: Listed[];
  total: number;
  terms: readonly WeighedTerm[];
  /** The commit up to which vectors were read; null when none were asked, or there are none. */
  position: string | null;
  /** Whether any page was read for its meaning yet. */
  isRead: boolean;
}

interface Part {
  limit: number;
  offset: number;
}

/** So many pages of each list are fused; what words found beyond follows in its own order. */
export const listLength = 100;
/** Texts that have nothing to do with each other come to 0.1 or 0.2: only words bring such a page into the list. */
const leastNearness = 0.25;
/** A single word of the language is seldom nearer to what it names in other words; of the nearest few that is enough. */
const leastOfForeign = 0.15;
const fewNearest = 5;
/** What pages are heard that have a word spelled like one that is hardly mistyped. */
const guessedShare = 0.3;
/** Of a question that the model understands less, pages are near by chance. */
const leastUnderstood = 0.5;

/** Finds pages by meaning, alone or together with words. */
export class HybridSearch {
  constructor(
    private readonly index: KeywordPort,
    private readonly byWords: WordSearch,
    private readonly byMeaning: MeaningSearch,
  ) {}

  /** Pages by words and by meaning, as one list. */
  async both(access: Access<'search.use'>, query: ParsedQuery, among: KeywordNarrowing, part: Part): Promise<List> {
    const { words, meaning } = await this.lists(access, query, among);
    const fused = fusedLists(words, meaning, query);
    const hits = listed(fused.slice(part.offset, part.offset + part.limit), words.hits, meaning.hits);
    const total = words.total + fused.filter(({ keyword }) => keyword === null).length;
    const rest = { limit: part.limit - hits.length, offset: listLength + Math.max(part.offset - fused.length, 0) };
    if (rest.limit > 0 && words.total > rest.offset) {
      const further = await this.byWords.find(access, query, among, rest);
      const isFused = new Set(fused.map(({ path }) => path));
      hits.push(...byWordsOnly(further.hits, rest.offset).filter(({ path }) => !isFused.has(path)));
    }
    return { hits, total, terms: words.terms, position: meaning.position, isRead: meaning.isRead };
  }

  /** The best pages of each list, not fused yet. */
  async lists(
    access: Access<'search.use'>,
    query: ParsedQuery,
    among: KeywordNarrowing,
  ): Promise<{ words: FoundByWords; meaning: FoundByMeaning }> {
    const [words, meaning] = await Promise.all([
      this.byWords.find(access, query, among, { limit: listLength, offset: 0 }),
      this.near(access, query, among, { limit: listLength, perPage: 1, hasFeedback: false }),
    ]);
    return { words, meaning };
  }

  /** The chunks that are nearest to the question, however far they are. */
  async nearest(
    access: Access<'search.use'>,
    query: ParsedQuery,
    among: KeywordNarrowing,
    { limit, offset, perPage }: Part & { perPage: number },
  ): Promise<List> {
    const { hits, position, isRead } = await this.near(access, query, among, {
      limit: limit + offset,
      perPage,
      hasFeedback: true,
    });
    const terms = this.index.terms(query.words).map(({ forms }): WeighedTerm => ({ forms, weight: 1, need: 'may' }));
    const all = hits.map((chunk, at): Listed => {
      const { path, name, revision } = chunk.page;
      const standing = { keyword: null, semantic: { rank: at + 1, score: chunk.score } };
      return { path, name, revision, score: Math.min(Math.max(chunk.score, 0), 1), chunk, standing };
    });
    return { hits: all.slice(offset), total: all.length, terms, position, isRead };
  }

  private async near(
    access: Access<'search.use'>,
    query: ParsedQuery,
    among: KeywordNarrowing,
    wanted: { limit: number; perPage: number; hasFeedback: boolean },
  ): Promise<FoundByMeaning> {
    if (query.text === '') throw nothingToFind();
    const found = await this.byMeaning.find(access, query.text, among, wanted);
    if (query.without.length === 0) return found;
    const without = query.without.flatMap((left) => this.byWords.excluded(left));
    const paths = found.hits.map(({ path }) => path);
    const having = new Set(await this.index.having(access, without, paths));
    return { ...found, hits: found.hits.filter(({ path }) => !having.has(path)) };
  }
}

/** Both lists as one, without pages that are near by chance. */
export function fusedLists(
  words: Pick<FoundByWords, 'hits' | 'voice' | 'isGuessed'>,
  { hits, lettersPerPiece }: Pick<FoundByMeaning, 'hits' | 'lettersPerPiece'>,
  query: ParsedQuery,
): Fused[] {
  const isUnderstood = voiceOfWords(lettersPerPiece) >= leastUnderstood;
  const isNear = query.phrases.length === 0 && isUnderstood;
  // A word of the language that no page has is hardly mistyped: what is spelled alike is another word, and what comes
  // nearest by meaning is the best there is.
  const isForeign = words.isGuessed && isOfTheLanguage(query.words, lettersPerPiece);
  const bar = (rank: number) => (isForeign && rank <= fewNearest ? leastOfForeign : leastNearness);
  const isResult = ({ keyword, semantic }: Fused) =>
    keyword !== null || (isNear && semantic !== null && semantic.score >= bar(semantic.rank));
  const voice = words.voice * (isForeign ? guessedShare : 1);
  const voices = { words: voice, meaning: voiceOfNearness(hits[0]?.score ?? 0, lettersPerPiece) };
  return fuse(words.hits, hits, voices).filter(isResult);
}

/** Whether each word is one piece to the model, as common words of its language are. */
function isOfTheLanguage(words: string, lettersPerPiece: number): boolean {
  const each = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = each.reduce((sum, word) => sum + [...word].length, 0);
  return each.length > 0 && lettersPerPiece * each.length >= letters;
}

/** Pages that only their words say something of. */
export function byWordsOnly(hits: readonly KeywordHit[], offset: number): Listed[] {
  return hits.map(({ path, name, revision, score }, at) => {
    const standing = { keyword: { rank: offset + at + 1, score }, semantic: null };
    return { path, name, revision, score, chunk: null, standing };
  });
}

/** What is shown of pages in a list. */
export function listed(fused: readonly Fused[], words: readonly KeywordHit[], near: readonly MeaningHit[]): Listed[] {
  const byWords = new Map(words.map((hit) => [hit.path, hit]));
  const byMeaning = new Map(near.map((hit) => [hit.path, hit]));
  return fused.map(({ path, score, keyword, semantic }) => {
    const chunk = byMeaning.get(path) ?? null;
    const { name = path, revision = null } = byWords.get(path) ?? chunk?.page ?? {};
    return { path, name, revision, score, chunk, standing: { keyword, semantic } };
  });
}

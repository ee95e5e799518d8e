import type { Access } from '@lib/acl';
import { type Hit, Shown } from './hits.js';
import { fusedLists, HybridSearch, listed, type Listed, listLength } from './hybrid-search.js';
import type { KeywordHit, KeywordNarrowing, KeywordPort, WeighedTerm } from './keyword-port.js';
import type { FoundByMeaning, MeaningHit, MeaningSearch } from './meaning-search.js';
import { parseQuery, type ParsedQuery } from './query.js';
import { reasons } from './reasons.js';
import { SearchError } from './search-errors.js';
import { type FoundByWords, WordSearch } from './word-search.js';

/** What is looked for in many wikis at once. */
export interface AcrossQuery extends KeywordNarrowing {
  query: string;
  mode?: 'hybrid' | 'keyword' | undefined;
  limit?: number | undefined;
}

/** A page that was found, and the access by which it was. */
export interface HitAcross extends Hit {
  access: Access<'search.use'>;
}

/** The best pages of all wikis. */
export interface FoundAcross {
  mode: 'hybrid' | 'keyword';
  /** Why that is not the mode asked for. */
  reason?: string;
  results: HitAcross[];
  /** Pages with the words in all wikis, and those that only meaning found among the best. */
  total: number;
}

/** The lists of one wiki; a page of it goes by its path behind the number of the wiki. */
interface OfWiki {
  access: Access<'search.use'>;
  words: FoundByWords;
  meaning: FoundByMeaning | null;
}

const atOnce = 4;
const usualLimit = 20;

/** Finds pages in many wikis: their lists are joined before they are fused, so that the best of all come first. */
export class SearchAcross {
  private readonly byWords: WordSearch;
  private readonly hybrid: HybridSearch | null;
  private readonly shown: Shown;

  constructor({ index, meaning }: { index: KeywordPort; meaning: MeaningSearch | null }) {
    this.byWords = new WordSearch(index);
    this.hybrid = meaning && new HybridSearch(index, this.byWords, meaning);
    this.shown = new Shown(index);
  }

  /** The best pages of the wikis that are given; nobody else's have a part in any figure. Refuses as a search of one does. */
  async find(accesses: readonly Access<'search.use'>[], asked: AcrossQuery): Promise<FoundAcross> {
    const { query, mode = 'hybrid', limit = usualLimit, ...among } = asked;
    const parsed = parseQuery(query);
    const lists = await this.lists(accesses, parsed, among, mode);
    const isHybrid = lists.some(({ meaning }) => meaning !== null);
    const isMissed = mode === 'hybrid' && !isHybrid && accesses.length > 0;
    const { words, meaning } = joined(lists);
    const fused = fusedLists(words, meaning, parsed);
    const places = listed(fused.slice(0, limit), words.hits, meaning.hits);
    const onlyNear = fused.filter(({ keyword }) => keyword === null).length;
    return {
      mode: isHybrid ? 'hybrid' : 'keyword',
      ...(isMissed && { reason: this.hybrid === null ? reasons.off : reasons.unavailable }),
      results: await this.show(lists, places),
      total: words.total + onlyNear,
    };
  }

  private async lists(
    accesses: readonly Access<'search.use'>[],
    query: ParsedQuery,
    among: KeywordNarrowing,
    mode: 'hybrid' | 'keyword',
  ): Promise<OfWiki[]> {
    const found: OfWiki[] = [];
    const waiting = accesses.entries();
    const work = async () => {
      for (const [at, access] of waiting) found[at] = await this.ofWiki(access, query, among, mode);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return found;
  }

  private async ofWiki(
    access: Access<'search.use'>,
    query: ParsedQuery,
    among: KeywordNarrowing,
    mode: 'hybrid' | 'keyword',
  ): Promise<OfWiki> {
    if (mode === 'hybrid' && this.hybrid !== null) {
      try {
        return { access, ...(await this.hybrid.lists(access, query, among)) };
      } catch (error) {
        if (!(error instanceof SearchError && error.code === 'meaning-unavailable')) throw error;
      }
    }
    return {
      access,
      words: await this.byWords.find(access, query, among, { limit: listLength, offset: 0 }),
      meaning: null,
    };
  }

  /** Pages of each wiki are read together, and come back in the order of all. */
  private async show(lists: readonly OfWiki[], places: readonly Listed[]): Promise<HitAcross[]> {
    const shown: HitAcross[] = [];
    for (const [number, { access, words }] of lists.entries()) {
      const mine = places.filter(({ path }) => numberOf(path) === number);
      const terms: readonly WeighedTerm[] = words.terms;
      const own = mine.map((place) => ({ ...place, path: pathOf(place.path) }));
      const hits = await this.shown.hits(access, own, terms);
      for (const [at, hit] of hits.entries()) shown[places.indexOf(mine[at])] = { ...hit, access };
    }
    return shown;
  }
}

/** The lists of all wikis as two, the best first in each. */
function joined(lists: readonly OfWiki[]) {
  const hits: KeywordHit[] = [];
  const near: MeaningHit[] = [];
  for (const [number, { words, meaning }] of lists.entries()) {
    hits.push(...words.hits.map((hit) => ({ ...hit, path: keyOf(number, hit.path) })));
    near.push(...(meaning?.hits ?? []).map((hit) => ({ ...hit, path: keyOf(number, hit.path) })));
  }
  const best = <T extends { score: number }>(all: T[]) => all.sort((a, b) => b.score - a.score);
  return {
    words: {
      hits: best(hits),
      voice: Math.max(0, ...lists.map(({ words }) => words.voice)),
      isGuessed: lists.every(({ words }) => words.isGuessed),
      total: lists.reduce((sum, { words }) => sum + words.total, 0),
    },
    meaning: {
      hits: best(near),
      lettersPerPiece: lists.find(({ meaning }) => meaning !== null)?.meaning?.lettersPerPiece ?? 0,
    },
  };
}

const keyOf = (number: number, path: string): string => `${number}/${path}`;
const numberOf = (key: string): number => Number(key.slice(0, key.indexOf('/')));
const pathOf = (key: string): string => key.slice(key.indexOf('/') + 1);

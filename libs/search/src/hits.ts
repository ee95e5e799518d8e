import type { Access } from '@lib/acl';
import { shownChunk } from './chunk-text.js';
import type { Listed } from './hybrid-search.js';
import type { KeywordPort, KeywordText, WeighedTerm } from './keyword-port.js';
import type { MeaningHit } from './meaning-search.js';
import { type Snippet, snippetOf } from './snippet.js';

/** One page that was found. */
export interface Hit extends Snippet {
  name: string;
  path: string;
  /** Between 0 and 1. */
  score: number;
  revision: string | null;
  /** Where the page stood among words and among meanings; null in a list that has no say. */
  standing: Listed['standing'];
  /**
   * The chunk that is nearest to the question, as the model read it; null when meaning did not find the page. Its text is
   * null when the page changed since.
   */
  chunk: { index: number; ofTotal: number; pageWords: number; nearness: number; text: string | null } | null;
}

/** Cuts a snippet for each page of a list, out of its nearest chunk where that has what was looked for. */
export class Shown {
  constructor(private readonly index: KeywordPort) {}

  async hits(access: Access<'search.use'>, listed: readonly Listed[], terms: readonly WeighedTerm[]): Promise<Hit[]> {
    const ofChunks = listed.map(({ chunk, standing }) => this.ofChunk(chunk, standing.keyword !== null, terms));
    const others = listed.filter((_, at) => ofChunks[at] === null).map(({ path }) => path);
    const texts = new Map((await this.index.texts(access, others)).map((text) => [text.path, text]));
    return listed.map(({ path, name, revision, score, standing, chunk }, at) => {
      const snippet = ofChunks[at] ?? this.cut(texts.get(path) ?? emptyText(path), terms);
      return { path, name, revision, score, ...snippet, standing, chunk: chunk && factsOf(chunk) };
    });
  }

  /** Null where the whole page says it better: words were found elsewhere, or the chunk is of a text of before. */
  private ofChunk(chunk: MeaningHit | null, hasWords: boolean, terms: readonly WeighedTerm[]): Snippet | null {
    if (chunk === null || chunk.stamp !== chunk.page.blob) return null;
    const { text, section, sectionPath } = chunk.details;
    const { snippet, marks } = this.cut({ path: chunk.path, text, from: 0, sections: [] }, terms);
    if (hasWords && marks.length === 0) return null;
    return { snippet, marks, section: section === '' ? null : section, sectionPath };
  }

  private cut(text: KeywordText, terms: readonly WeighedTerm[]): Snippet {
    return snippetOf(text, terms, (words) => this.index.words(words));
  }
}

const emptyText = (path: string): KeywordText => ({ path, text: '', from: 0, sections: [] });

const factsOf = ({ chunkIndex, totalChunks, details, score, stamp, page }: MeaningHit): Hit['chunk'] => {
  // What a page said before is not shown any more.
  const text = stamp === page.blob ? shownChunk(details) : null;
  return { index: chunkIndex, ofTotal: totalChunks, pageWords: details.pageWords, nearness: score, text };
};

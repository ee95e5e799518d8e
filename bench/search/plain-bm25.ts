import type { SearchParts } from './built-search.ts';
import type { Document } from './collection.ts';

const [saturation, lengthShare] = [1.2, 0.75];

interface Counted {
  id: string;
  words: number;
  counts: Map<string, number>;
}

/** The textbook's ranking by words: BM25 over title and body as one text, stemmed, without words like "the". */
export class PlainBm25 {
  private readonly parts: Pick<SearchParts, 'englishStem' | 'termsOf'>;
  private readonly documents: Counted[];
  private readonly inDocuments = new Map<string, number>();
  private readonly meanWords: number;

  constructor(documents: readonly Document[], parts: PlainBm25['parts']) {
    this.parts = parts;
    this.documents = documents.map(({ id, title, body }) => {
      const words = this.wordsOf(`${title}\n${body}`);
      return { id, words: words.length, counts: countsOf(words) };
    });
    for (const { counts } of this.documents) {
      for (const word of counts.keys()) this.inDocuments.set(word, (this.inDocuments.get(word) ?? 0) + 1);
    }
    this.meanWords = this.documents.reduce((sum, { words }) => sum + words, 0) / this.documents.length;
  }

  /** Documents with any word of the question, best first. */
  ranking(question: string, longest = 100): string[] {
    const asked = [...countsOf(this.wordsOf(question))];
    return this.documents
      .map((document) => ({ id: document.id, score: this.score(document, asked) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, longest)
      .map(({ id }) => id);
  }

  private score({ words, counts }: Counted, asked: readonly (readonly [string, number])[]): number {
    const length = 1 - lengthShare + (lengthShare * words) / this.meanWords;
    return asked.reduce((sum, [word, times]) => {
      const count = counts.get(word) ?? 0;
      return sum + (times * this.rarity(word) * count * (saturation + 1)) / (count + saturation * length);
    }, 0);
  }

  private rarity(word: string): number {
    const having = this.inDocuments.get(word) ?? 0;
    return Math.log(1 + (this.documents.length - having + 0.5) / (having + 0.5));
  }

  private wordsOf(text: string): string[] {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return words.filter((word) => !this.isCommon(word)).map((word) => this.parts.englishStem(word));
  }

  private isCommon(word: string): boolean {
    return this.parts.termsOf(word)[0]?.isCommon === true;
  }
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

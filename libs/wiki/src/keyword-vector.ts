import { foldWord } from './keyword-folding.js';
import { cutWords, foldedParts, indexedWords, lettersOf } from './keyword-words.js';
import type { KeywordPage } from './keyword-page.js';
import { storable } from '@lib/markdown';

/** A page as a row of the keyword tables. */
export interface KeywordRow {
  path: string;
  /** How long the page is, in words of the index. */
  words: number;
  /** What the page may be called, as name keys. */
  names: string[];
  /** A tsvector, written out. */
  tsv: string;
}

type Weight = 'A' | 'B' | 'D';

// Limits of PostgreSQL: positions up to 16,383, 255 of them for a word, and 1 MB for a vector.
const lastPosition = 16_382;
const beyond = 16_383;
const mostPositions = 255;
const mostBytes = 900_000;
const mostWords = 20_000;
// No phrase reaches from one field into the next.
const gap = 2;

/** Reads a page into its row; whatever the page holds, PostgreSQL takes the row. */
export function keywordRow({ path, title, aliases, headings, body }: KeywordPage): KeywordRow {
  const vector = new Vector();
  const segments = path.split('/');
  const said = new Set<string>();
  for (const text of [title, ...aliases, ...segments]) vector.addOnce(text, said);
  for (const text of headings) vector.add(text, 'B');
  const words = vector.add(body, 'D');
  const names = [title, ...aliases, segments.at(-1) ?? '', path].map(nameKey).filter((name) => name !== '');
  return { path: storable(path), words, names: [...new Set(names)], tsv: vector.toString() };
}

/** What a name is compared by: its words, folded, without anything between them. */
export function nameKey(text: string): string {
  const words: string[] = [];
  for (const { text: cut, kind } of cutWords(text.slice(0, 500).normalize('NFC'))) {
    if (kind === 'word') words.push(...foldedParts(cut));
    else words.push(kind === 'unspaced' ? lettersOf(cut).join('') : foldWord(cut));
  }
  return words.join(' ');
}

/** Collects the words of a page with their places. */
class Vector {
  private readonly positions = new Map<string, string[]>();
  private position = 1;
  private bytes = 0;

  /** Adds a text and says how many words it has. */
  add(text: string, weight: Weight): number {
    let count = 0;
    for (const { forms } of indexedWords(text.normalize('NFC'))) {
      for (const form of forms) this.place(form, weight);
      this.position += 1;
      count += 1;
    }
    this.position += gap;
    return count;
  }

  /** Adds a name, if it says a word that no name before it said: a page is not better for being named twice. */
  addOnce(name: string, said: Set<string>): void {
    const forms = Array.from(indexedWords(name.normalize('NFC')), (word) => word.forms).flat();
    if (forms.every((form) => said.has(form))) return;
    for (const form of forms) said.add(form);
    this.add(name, 'A');
  }

  private place(form: string, weight: Weight): void {
    const known = this.positions.get(form);
    const at = `${this.position <= lastPosition ? this.position : beyond}${weight === 'D' ? '' : weight}`;
    if (known === undefined) this.begin(form, at);
    else if (known.length < mostPositions && known.at(-1) !== at && this.bytes < mostBytes) {
      known.push(at);
      this.bytes += 2;
    }
  }

  private begin(form: string, at: string): void {
    const bytes = Buffer.byteLength(form) + 6;
    if (this.positions.size >= mostWords || this.bytes + bytes > mostBytes) return;
    this.positions.set(form, [at]);
    this.bytes += bytes;
  }

  toString(): string {
    return Array.from(this.positions, ([form, places]) => `${quoted(form)}:${places.join(',')}`).join(' ');
  }
}

/** A word as tsvector and tsquery read it. */
export function quoted(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&').replaceAll('\0', '\uFFFD')}'`;
}

import { LRUCache } from 'lru-cache';

const longestWord = 100;
const rememberedWords = 20_000;
const plain = /^[\t\n\r\x20-\x7e]*$/;
const special = /(\[(?:CLS|SEP|MASK|PAD|UNK)\])/;
/** Controls, and what a decoder puts in the place of bytes it cannot read. */
const dropped = /(?![\t\n\r])[\p{C}\uFFFD]/gu;
const marks = /\p{Mn}/gu;
const ideographs =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** Each sign by itself, and what stands between signs and blanks. */
const parts = /[\p{P}$+<=>^`|~]|[^\p{White_Space}\p{P}$+<=>^`|~]+/gu;

/**
 * Cuts texts into the word pieces that the model was trained on: BERT's normalisation, then the longest piece that fits,
 * again and again. Ids are those of the model's own tokenizer, special tokens included where a text spells them.
 */
export class WordPieces {
  private readonly vocabulary: ReadonlyMap<string, number>;
  private readonly words = new LRUCache<string, readonly number[]>({ max: rememberedWords });

  /** `vocabulary` is the text of a vocab.txt: one piece a line, its id the number of the line from 0. */
  constructor(vocabulary: string) {
    const pieces = vocabulary.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
    this.vocabulary = new Map(pieces.map((piece, id) => [piece, id]));
    for (const name of ['[CLS]', '[SEP]', '[UNK]']) {
      if (!this.vocabulary.has(name)) throw new Error(`The vocabulary has no ${name}.`);
    }
  }

  /** Ids of a text as the model reads it, its marks of beginning and end included; what is over `longest` is left out. */
  encode(text: string, longest: number): number[] {
    return [this.id('[CLS]'), ...this.ids(text, longest - 2), this.id('[SEP]')];
  }

  /** How many pieces a text is, without the marks of beginning and end; counting ends behind `most`. */
  count(text: string, most = Infinity): number {
    return this.ids(text, most + 1).length;
  }

  /** How many letters a piece stands for on average; none where a word is unknown. Single letters tell the model little. */
  lettersPerPiece(text: string): number {
    const unknown = this.id('[UNK]');
    let [letters, pieces] = [0, 0];
    for (const [word] of normalised(text).matchAll(parts)) {
      const ids = this.ofWord(word);
      pieces += ids.length;
      if (!ids.includes(unknown)) letters += [...word].length;
    }
    return pieces === 0 ? 0 : letters / pieces;
  }

  private ids(text: string, most: number): number[] {
    const ids: number[] = [];
    for (const [at, piece] of text.split(special).entries()) {
      if (at % 2 === 1) ids.push(this.id(piece));
      else
        for (const [word] of normalised(piece).matchAll(parts)) {
          ids.push(...this.ofWord(word));
          if (ids.length >= most) return ids.slice(0, most);
        }
    }
    return ids.slice(0, most);
  }

  private ofWord(word: string): readonly number[] {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const ids = this.cut([...word]);
    this.words.set(word, ids);
    return ids;
  }

  private cut(characters: readonly string[]): number[] {
    if (characters.length > longestWord) return [this.id('[UNK]')];
    const ids: number[] = [];
    for (let from = 0; from < characters.length;) {
      let to = characters.length;
      let id: number | undefined;
      for (; to > from && id === undefined; to -= 1) {
        id = this.vocabulary.get((from === 0 ? '' : '##') + characters.slice(from, to).join(''));
      }
      // A word of which one part is unknown is unknown as a whole.
      if (id === undefined) return [this.id('[UNK]')];
      ids.push(id);
      from = to + 1;
    }
    return ids;
  }

  private id(piece: string): number {
    return this.vocabulary.get(piece) ?? 0;
  }
}

/** Lower case without accents, blanks around characters that are words by themselves. */
function normalised(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  const bare = text.replace(dropped, '').replace(ideographs, ' $& ').normalize('NFD').replace(marks, '');
  // Letter by letter: the form of a sigma at the end of a word is not the tokenizer's business.
  return bare.replaceAll('Σ', 'σ').toLowerCase();
}

import { embedded } from './chunk-text.js';

/** What is cut to the length that the model reads. */
interface Piece {
  section: string;
  sectionPath: string;
  text: string;
}

/** How many word pieces a text is; counting ends behind `most`. */
type Count = (text: string, most: number) => number;

/** How long what the model reads may be, in word pieces, and how they are counted. */
export interface Fits {
  longest: number;
  count: Count;
}

/** So much of what the model reads may be the path of the section. */
const pathShare = 0.25;

/** Parts may be so much longer than their mean, so that rounding at words makes no part more. */
const slack = 8;

/** A piece as it is when the model reads it whole, else in parts that it does; each word is in one of them. */
export function fittingParts(piece: Piece, fits: Fits | null): Piece[] {
  if (fits === null) return [piece];
  const { longest, count } = fits;
  const sectionPath = cutPath(piece.sectionPath, Math.floor(longest * pathShare), count);
  const room = longest - count(embedded({ sectionPath, text: '' }), longest);
  if (count(piece.text, room) <= room) return [{ ...piece, sectionPath }];
  return partsOf(piece.text, { longest: room, count }).map((text) => ({ ...piece, sectionPath, text }));
}

/** Of a path that would fill the model, the end: it says most of what stands below. */
function cutPath(path: string, most: number, count: Count): string {
  if (count(path, most) <= most) return path;
  const characters = [...path];
  const from = least(characters.length, (at) => count(characters.slice(at).join(''), most) <= most);
  return characters.slice(from).join('').trimStart();
}

/**
 * As few parts as the model reads whole, about equally long: of a last one with a few words it would not know what they
 * are about. A word that is too long by itself is cut between its characters.
 */
function partsOf(text: string, fits: Fits): string[] {
  const words = text.split(/(?<=\s)(?=\S)/).flatMap((word) => shortWords(word, fits));
  const pieces = fits.count(text, Infinity);
  const shortest = Math.ceil(pieces / Math.ceil(pieces / fits.longest));
  const parts: string[] = [];
  for (let from = 0; from < words.length;) {
    const some = mostThatFit(words.slice(from), { ...fits, longest: Math.min(fits.longest, shortest + slack) });
    parts.push(
      words
        .slice(from, from + some)
        .join('')
        .trim(),
    );
    from += some;
  }
  return parts.filter((part) => part !== '');
}

function shortWords(word: string, fits: Fits): string[] {
  if (fits.count(word, fits.longest) <= fits.longest) return [word];
  const characters = [...word];
  const parts: string[] = [];
  for (let from = 0; from < characters.length;) {
    const some = mostThatFit(characters.slice(from), fits);
    parts.push(characters.slice(from, from + some).join(''));
    from += some;
  }
  return parts;
}

/** How many of these, put together, are short enough; at least one. */
function mostThatFit(units: readonly string[], { longest, count }: Fits): number {
  // No unit is less than nothing, and hardly any text has more than some ten characters to a piece.
  const most = Math.min(units.length, longest * 20);
  const fitting = least(most, (dropped) => count(units.slice(0, most - dropped).join(''), longest) <= longest);
  return Math.max(1, most - fitting);
}

/** The least number from 0 to `most` for which it is so; it has to be so from there on. */
function least(most: number, isSo: (number: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

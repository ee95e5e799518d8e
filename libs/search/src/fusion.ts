/** A page in a list that was ranked by one kind of score, best first. */
export interface Ranked {
  path: string;
  score: number;
  /** It is called just what was asked for. */
  isNamed?: boolean;
}

/** Where a page stood in one of the lists; ranks count from 1. */
interface Standing {
  rank: number;
  score: number;
}

/** A page of the list that both became. */
export interface Fused {
  path: string;
  /** Between 0 and 1. */
  score: number;
  /** Null where the list does not have the page. */
  keyword: Standing | null;
  semantic: Standing | null;
}

/** What meaning weighs beside words: as much. How it was chosen is in docs/search-quality.md. */
export const meaningShare = 0.5;
/** Pages that are called just what was asked for have more than this, all others less. */
const namedFrom = 0.9;
/** Words of which the model has pieces of so many letters, it knows. */
const wellKnown = 2;
/** Texts that are nearer than this have to do with each other. */
const surelyNear = 0.5;
/** What the first hits add to the question that is asked again. */
const feedbackShare = 0.1;

/**
 * One list of two: each list's scores are stretched to 0 to 1, and a page is worth its weighted sum. A page that only one
 * list has counts as the other's least. A list whose best page says little is heard the less: `voices`, from 0 to 1. Pages that are called just so come before all others, as they do among words.
 * Equal pages keep the order of their paths.
 */
export function fuse(
  keyword: readonly Ranked[],
  semantic: readonly Ranked[],
  voices = { words: 1, meaning: 1 },
): Fused[] {
  const [byWords, byMeaning] = [standings(keyword), standings(semantic)];
  const [words, meaning] = [stretch(keyword), stretch(semantic)];
  const named = new Set(keyword.filter(({ isNamed }) => isNamed).map(({ path }) => path));
  const paths = [...new Set([...byWords.keys(), ...byMeaning.keys()])];
  const fused = paths.map((path): Fused => {
    const [wordsOf, meaningOf] = [byWords.get(path) ?? null, byMeaning.get(path) ?? null];
    const worth =
      (1 - meaningShare) * voices.words * words(wordsOf) + meaningShare * voices.meaning * meaning(meaningOf);
    const score = named.has(path) ? namedFrom + (1 - namedFrom) * worth : namedFrom * worth;
    return { path, score, keyword: wordsOf, semantic: meaningOf };
  });
  const first = ({ path }: Fused) => (named.has(path) ? 0 : 1);
  return fused.sort((a, b) => first(a) - first(b) || b.score - a.score || (a.path < b.path ? -1 : 1));
}

/** The best standing of each page. */
function standings(list: readonly Ranked[]): Map<string, Standing> {
  const found = new Map<string, Standing>();
  for (const [at, { path, score }] of list.entries()) if (!found.has(path)) found.set(path, { rank: at + 1, score });
  return found;
}

/** Least is 0 and most 1; where all are equal, all are 1. */
function stretch(list: readonly Ranked[]): (standing: Standing | null) => number {
  const scores = list.map(({ score }) => score);
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return (standing) => {
    if (standing === null) return 0;
    return most === least ? 1 : (standing.score - least) / (most - least);
  };
}

/** Whether the model knows the words of a question: of names, numbers and other scripts it reads single letters. */
export const voiceOfWords = (lettersPerPiece: number): number =>
  Math.min(Math.max((lettersPerPiece - 1) / (wellKnown - 1), 0), 1);

/** How loudly meaning speaks when its best page is so near, on a question of which the model knows the words. */
export const voiceOfNearness = (nearest: number, lettersPerPiece: number): number =>
  Math.min(Math.max(nearest, 0) / surelyNear, 1) * voiceOfWords(lettersPerPiece);

/** The question moved towards what was found first with it; both are of length 1. Without hits it stays as it is. */
export function withFeedback(question: Float32Array, hits: readonly Float32Array[]): Float32Array {
  if (hits.length === 0) return question;
  const sum = question.map((value, at) => {
    const mean = hits.reduce((total, hit) => total + (hit[at] ?? 0), 0) / hits.length;
    return value + feedbackShare * mean;
  });
  const length = Math.hypot(...sum);
  return length === 0 ? question : sum.map((value) => value / length);
}

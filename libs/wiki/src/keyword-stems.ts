// The English stemmer of Snowball ("Porter2"): https://snowballstem.org/algorithms/english/stemmer.html
const irregular = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
);
const unchanged = new Set(['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes']);
const unchangedAfterPlural = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;

const toEnding: readonly (readonly [ending: string, replacement: string])[] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
];
const toShorterEnding: readonly (readonly [ending: string, replacement: string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const lastEnding = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic)$/;

/** The stem that the forms of an English word share; words of other alphabets stay as they are. */
export function englishStem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word) || unchanged.has(word)) return word;
  const known = irregular.get(word);
  if (known !== undefined) return known;
  const marked = word.replace(/^y|(?<=[aeiouy])y/g, 'Y');
  const [r1, r2] = regions(marked);
  const singular = withoutPlural(marked);
  if (unchangedAfterPlural.test(singular)) return singular.toLowerCase();
  const steps = [withoutPast, finalY, derived, shorter, withoutEnding, withoutFinalE];
  return steps.reduce((stem, step) => step(stem, r1, r2), singular).toLowerCase();
}

/** Where the parts begin in which endings are looked for. */
function regions(word: string): [r1: number, r2: number] {
  const start = /^(?:gener|commun|arsen)/.exec(word)?.[0].length ?? afterSyllable(word, 0);
  return [start, afterSyllable(word, start)];
}

function afterSyllable(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found === null ? word.length : from + found.index + 2;
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  return /[aeiouy].+s$/.test(word) && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutPast(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed !== null) return eed.index >= r1 ? word.slice(0, eed.index + 2) : word;
  const ending = /(?:ed|ing)(?:ly)?$/.exec(word);
  if (ending === null || !/[aeiouy]/.test(word.slice(0, ending.index))) return word;
  const stem = word.slice(0, ending.index);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return r1 >= stem.length && endsShort(stem) ? `${stem}e` : stem;
}

const endsShort = (word: string) => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$/.test(word);

function finalY(word: string): string {
  return /.[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

function derived(word: string, r1: number): string {
  const found = toEnding.find(([ending]) => word.endsWith(ending));
  if (found !== undefined) return replaceEnding(word, found, r1);
  if (word.endsWith('logi')) return replaceEnding(word, ['ogi', 'og'], r1);
  return /[cdeghkmnrt]li$/.test(word) ? replaceEnding(word, ['li', ''], r1) : word;
}

function shorter(word: string, r1: number, r2: number): string {
  if (word.endsWith('ative')) return replaceEnding(word, ['ative', ''], r2);
  const found = toShorterEnding.find(([ending]) => word.endsWith(ending));
  return found === undefined ? word : replaceEnding(word, found, r1);
}

function withoutEnding(word: string, _r1: number, r2: number): string {
  if (/[st]ion$/.test(word)) return replaceEnding(word, ['ion', ''], r2);
  const ending = lastEnding.exec(word)?.[0];
  return ending === undefined ? word : replaceEnding(word, [ending, ''], r2);
}

function withoutFinalE(word: string, r1: number, r2: number): string {
  const last = word.length - 1;
  if (word.endsWith('e')) return last >= r2 || (last >= r1 && !endsShort(word.slice(0, -1))) ? word.slice(0, -1) : word;
  return word.endsWith('ll') && last >= r2 ? word.slice(0, -1) : word;
}

function replaceEnding(word: string, [ending, replacement]: readonly [string, string], region: number): string {
  const start = word.length - ending.length;
  return start >= region ? word.slice(0, start) + replacement : word;
}

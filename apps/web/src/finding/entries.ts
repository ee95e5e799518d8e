/** What the server found. */
export interface Hit {
  kind: 'page' | 'section' | 'text';
  name: string;
  path: string;
  address: string;
  snippet: string | null;
  marks: readonly (readonly [number, number])[];
}

export interface Answer {
  mode: 'hybrid' | 'keyword' | 'semantic' | null;
  results: readonly Hit[];
  visited: readonly Hit[];
}

/** Something that can be done on this page. */
export interface Action {
  name: string;
  address: string | null;
  /** The single key that does the same. */
  key: string | null;
  act: () => void;
}

/** One line of the palette. */
export interface Entry {
  group: 'visited' | 'pages' | 'actions' | 'all';
  name: string;
  detail: string;
  snippet: Hit['snippet'];
  marks: Hit['marks'];
  address: string | null;
  key: string | null;
  act: (() => void) | null;
}

const mostVisited = 8;

/** The lines for what was typed: names first, then actions, then what was found in texts, then the way to all of it. */
export function entriesFor(
  typed: string,
  { answer, actions, all }: { answer: Answer; actions: readonly Action[]; all: Hit },
): Entry[] {
  if (typed === '') {
    return [...answer.visited.slice(0, mostVisited).map((hit) => ofHit('visited', hit)), ...actions.map(ofAction)];
  }
  const isNamed = ({ kind }: Hit) => kind !== 'text';
  return [
    ...answer.results.filter(isNamed).map((hit) => ofHit('pages', hit)),
    ...actions.filter(({ name }) => isMeant(name, typed)).map(ofAction),
    ...answer.results.filter((hit) => !isNamed(hit)).map((hit) => ofHit('pages', hit)),
    ofHit('all', all),
  ];
}

/** Whether each word that was typed begins one of the words; case and accents do not count. */
export function isMeant(name: string, typed: string): boolean {
  const words = wordsOf(name);
  return wordsOf(typed).every((beginning) => words.some((word) => word.startsWith(beginning)));
}

/** A text in parts, of which every other one is marked. */
export function markedParts(text: string, marks: Hit['marks']): { text: string; isMarked: boolean }[] {
  const ends = [0, ...marks.flat(), text.length];
  return ends
    .slice(1)
    .map((end, at) => ({ text: text.slice(ends[at], end), isMarked: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const ofHit = (group: Entry['group'], { name, path, address, snippet, marks }: Hit): Entry => ({
  ...{ group, name, detail: path === name ? '' : path, snippet, marks, address, key: null, act: null },
});

const ofAction = ({ name, address, key, act }: Action): Entry => ({
  ...{ group: 'actions', name, detail: '', snippet: null, marks: [], address, key, act },
});

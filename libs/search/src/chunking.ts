import { fittingParts, type Fits } from './chunk-length.js';

/** A page as it is cut up: its title, its text without frontmatter, and the headings in that. */
export interface PageToChunk {
  title: string;
  body: string;
  headings: readonly ChunkHeading[];
}

/** A heading line, from `start` up to `end` without its line break. */
export interface ChunkHeading {
  level: number;
  text: string;
  start: number;
  end: number;
}

/** A piece of a page that is found by its meaning. */
export interface Chunk {
  /** Counts over the page, from 0. */
  index: number;
  /** The heading it stands under, empty above the first one. */
  section: string;
  /** The page's title and up to three headings above the text, joined with ` > `. */
  sectionPath: string;
  /** What stands there; the model reads the path before it. */
  text: string;
}

interface Section {
  level: number;
  name: string;
  path: string;
  text: string;
}

/* Sizes in words, which are what blanks separate. They are those of the semantic search that wikibot takes the place of. */
const usualWords = 150;
const overlapWords = 35;
/** What is shorter stays whole. */
const wholeWords = 300;
/** What is shorter goes with its neighbour. */
const stubWords = 50;
const namedHeadings = 3;

/** Words of a text: what blanks separate. */
export const countWords = (text: string): number => wordsOf(text).length;

/**
 * Cuts a page into chunks: by its headings, short sections whole, long ones along paragraphs and sentences with some words
 * of the piece before. What `fits` says is too long for the model is cut further; without it nothing is.
 */
export function chunksOf(page: PageToChunk, fits: Fits | null): Chunk[] {
  const whole = countWords(page.body) < wholeWords;
  const chunks = withoutStubs(sectionsOf(page)).flatMap(({ name, path, text }) =>
    (whole ? [text] : piecesOf(text)).map((piece) => ({ section: name, sectionPath: path, text: piece })),
  );
  return chunks.flatMap((chunk) => fittingParts(chunk, fits)).map((chunk, index) => ({ index, ...chunk }));
}

function sectionsOf({ title, body, headings }: PageToChunk): Section[] {
  const sections: Section[] = [{ level: 0, name: '', path: title, text: body.slice(0, headings[0]?.start) }];
  const above: ChunkHeading[] = [];
  for (const [at, heading] of headings.entries()) {
    while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop();
    above.push(heading);
    const path = [title, ...above.slice(0, namedHeadings).map(({ text }) => text)].join(' > ');
    const text = body.slice(heading.end, headings[at + 1]?.start);
    sections.push({ level: heading.level, name: heading.text, path, text });
  }
  return sections.map((section) => ({ ...section, text: section.text.trim() }));
}

/**
 * Puts sections of a few words to the next longer one, those at the end to the last longer one; their headings go along
 * as lines of text. When no section is longer, each that is not empty stays by itself.
 */
function withoutStubs(sections: readonly Section[]): Section[] {
  const isStub = ({ level, text }: Section) => level > 0 && countWords(text) < stubWords;
  const isEmpty = ({ text }: Section) => text === '';
  const kept: Section[] = [];
  let waiting: Section[] = [];
  for (const section of sections) {
    if (isStub(section)) waiting.push(section);
    else if (section.level === 0) kept.push(section);
    else {
      kept.push(joined([...waiting.map(withHeading), section], section));
      waiting = [];
    }
  }
  const last = kept.findLastIndex(({ level }) => level > 0);
  const target = kept[last];
  if (target === undefined) kept.push(...waiting.map((stub) => (isEmpty(stub) ? { ...stub, text: stub.name } : stub)));
  else kept[last] = joined([target, ...waiting.map(withHeading)], target);
  return kept.filter((section) => !isEmpty(section));
}

const withHeading = (stub: Section): Section => ({ ...stub, text: `${stub.name}\n${stub.text}`.trim() });
const joined = (parts: readonly Section[], as: Section): Section => ({
  ...as,
  text: parts.map(({ text }) => text).join('\n\n'),
});

/** A section that is too long to stay whole, in pieces that begin with the end of the one before. */
function piecesOf(text: string): string[] {
  if (countWords(text) < wholeWords) return [text];
  const pieces: string[] = [];
  let open: string[] = [];
  let words = 0;
  const add = (part: string, between: string) => {
    const count = countWords(part);
    if (words > 0 && words + count > usualWords) close();
    open.push(open.length === 0 ? part : between + part);
    words += count;
  };
  const close = () => {
    if (open.length > 0) pieces.push(open.join(''));
    [open, words] = [[], 0];
  };
  for (const paragraph of text.split(/\n[^\S\n]*\n\s*/).filter((part) => part.trim() !== '')) {
    if (countWords(paragraph) <= wholeWords) add(paragraph, '\n\n');
    else for (const [at, sentence] of sentencesOf(paragraph).entries()) add(sentence, at === 0 ? '\n\n' : ' ');
  }
  close();
  return pieces.map((piece, at) => (at === 0 ? piece : `${endOf(pieces[at - 1] ?? '')}\n\n${piece}`));
}

/** Sentences end before a capital letter, and lines with themselves. */
const sentencesOf = (paragraph: string): string[] =>
  paragraph.split(/(?<=[.!?])[^\S\n]+(?=\p{Lu})|\n/u).filter((sentence) => sentence.trim() !== '');

const endOf = (piece: string): string => wordsOf(piece).slice(-overlapWords).join(' ');

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

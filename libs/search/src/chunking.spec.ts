import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embedded, shownChunk } from './chunk-text.js';
import { type Chunk, type ChunkHeading, chunksOf, countWords } from './chunking.js';
import { WordPieces } from './word-pieces.js';

const vocabulary = readFileSync(join(import.meta.dirname, '../model/vocab.txt'), 'utf8');
const pieces = new WordPieces(vocabulary);
const fits = { longest: 254, count: (text: string, most: number) => pieces.count(text, most) };

const w = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `w${from + i}`).join(' ');

function headingsIn(body: string): ChunkHeading[] {
  return [...body.matchAll(/^(#{1,6}) (.+)$/gm)].map(({ 0: line, 1: marks = '', 2: text = '', index }) => ({
    ...{ level: marks.length, text },
    ...{ start: index, end: index + line.length },
  }));
}

const cut = (body: string, title = 'P', length: typeof fits | null = null): Chunk[] =>
  chunksOf({ title, body, headings: headingsIn(body) }, length);

/** Section path and number of words of each chunk, the way the table below is written. */
const shapes = (chunks: Chunk[]) => chunks.map(({ sectionPath, text }) => [sectionPath, countWords(text)]);

describe('chunks without a length', () => {
  it('a page without words has none', () => {
    expect(cut('')).toEqual([]);
    expect(cut(' \n\n')).toEqual([]);
  });

  it('a short page is one', () => {
    const [only] = cut('Hello world', 'Dir/Page');
    expect(only).toEqual({ index: 0, section: '', sectionPath: 'Dir/Page', text: 'Hello world' });
    expect(only && shownChunk(only)).toBe('[Dir/Page] Hello world');
  });

  it('two stubs stay by themselves when nothing is longer', () => {
    const chunks = cut(`# H1\nHello world\n## H2\n${w(10)}`, 'My T');
    expect(chunks.map(shownChunk)).toEqual(['[My T > H1] Hello world', `[My T > H1 > H2] ${w(10)}`]);
  });

  it.each<[string, string, [string, number][]]>([
    ['299 words', w(299), [['P', 299]]],
    ['300 words on one line', w(300), [['P', 300]]],
    [
      'two paragraphs of 150',
      `${w(150)}\n\n${w(150, 150)}`,
      [
        ['P', 150],
        ['P', 185],
      ],
    ],
    [
      'three paragraphs of 120',
      `${w(120)}\n\n${w(120)}\n\n${w(120)}`,
      [
        ['P', 120],
        ['P', 155],
        ['P', 155],
      ],
    ],
    // The heading of the stub is a word of the chunk it went to.
    [
      'a stub before a long section',
      `# A\n${w(20)}\n# B\n${w(400)}`,
      [
        ['P > B', 21],
        ['P > B', 421],
      ],
    ],
    [
      'a stub at the end',
      `# A\n${w(400)}\n# Z\n${w(20)}`,
      [
        ['P > A', 400],
        ['P > A', 56],
      ],
    ],
    [
      'nine stubs',
      Array.from({ length: 9 }, (_, i) => `# S${i}\n${w(40)}`).join('\n'),
      Array.from({ length: 9 }, (_, i) => [`P > S${i}`, 40]),
    ],
    [
      'a preamble and a section',
      `${w(60)}\n# A\n${w(300)}`,
      [
        ['P', 60],
        ['P > A', 300],
      ],
    ],
    [
      'four levels',
      ['# A', '## B', '### C', '#### D'].map((line) => `${line}\n${w(200)}`).join('\n'),
      [
        ['P > A', 200],
        ['P > A > B', 200],
        ['P > A > B > C', 200],
        ['P > A > B > C', 200],
      ],
    ],
    [
      '60 sentences of six words',
      Array.from({ length: 60 }, (_, i) => `Sentence ${i} has exactly six words.`).join(' '),
      [
        ['P', 150],
        ['P', 185],
        ['P', 95],
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(shapes(cut(body))).toEqual(expected);
  });

  it('the deepest heading is the section, though the path names three', () => {
    const body = ['# A', '## B', '### C', '#### D'].map((line) => `${line}\n${w(200)}`).join('\n');
    expect(cut(body).map(({ section }) => section)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('a piece begins with the last 35 words of the one before', () => {
    const [first, second] = cut(`${w(150)}\n\n${w(150, 150)}`);
    const words = first?.text.split(' ') ?? [];
    expect(second?.text).toBe(`${words.slice(-35).join(' ')}\n\n${w(150, 150)}`);
  });

  it('headings of stubs without any text are not lost', () => {
    expect(cut(`# Alpha\n## Beta\n${w(60)}`).map(({ text }) => text)).toEqual([`Alpha\n\n${w(60)}`]);
    expect(cut('# Alpha\n## Beta').map(({ text }) => text)).toEqual(['Alpha', 'Beta']);
  });
});

describe('chunks as long as the model reads', () => {
  it.each<[string, string, number]>([
    ['short words', w(60), 1],
    ['299 numbers of several pieces', Array.from({ length: 299 }, (_, i) => `${i * 7919}`).join(' '), 5],
    ['no blanks', '知'.repeat(1_000), 4],
    ['one line of 2,000 words', 'word '.repeat(2_000), 8],
    ['a word of 5,000 letters, which is one piece', 'a'.repeat(5_000), 1],
  ])('%s', (_, body, count) => {
    const chunks = cut(body, 'P', fits);
    expect(chunks).toHaveLength(count);
    expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_chunk, at) => at));
    for (const chunk of chunks) expect(pieces.count(embedded(chunk))).toBeLessThanOrEqual(254);
  });

  it('a path that would fill the model keeps its end', () => {
    const [only] = cut(
      `# ${'nested heading '.repeat(12)}\n## The one that matters\n${w(60)}`,
      'title '.repeat(90),
      fits,
    );
    expect(only?.sectionPath).toMatch(/The one that matters$/);
    expect(pieces.count(only?.sectionPath ?? '')).toBeLessThanOrEqual(63);
  });

  const word = fc.oneof(
    { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 12 }).filter((text) => /^[^\s#]+$/.test(text)) },
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => /^[^\s#]+$/.test(text)),
    fc.constantFrom(
      '知識管理',
      '日本語のテスト',
      'ภาษาไทย',
      'https://example.org/a?b=c#d',
      'antidisestablishmentarianism',
    ),
  );
  const line = fc.array(word, { minLength: 1, maxLength: 120 }).map((words) => words.join(' '));
  const heading = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.stringMatching(/^[A-Za-z]{1,30}$/))
    .map(([n, t]) => `${'#'.repeat(n)} ${t}`);
  const body = fc
    .array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 1, arbitrary: heading }, fc.constant('')), {
      maxLength: 25,
    })
    .map((lines) => lines.join('\n'));

  it('none is longer than the model reads, and each word of the page is in one', () => {
    fc.assert(
      fc.property(body, fc.string({ maxLength: 60 }), (text, title) => {
        const chunks = cut(text, title, fits);
        for (const chunk of chunks) expect(pieces.count(embedded(chunk), 1_000)).toBeLessThanOrEqual(254);
        const all = chunks.map((chunk) => chunk.text).join(' ');
        const found = new Set(all.split(/\s+/));
        const wanted = text
          .split('\n')
          .filter((one) => !/^#{1,6} /.test(one))
          .flatMap((one) => one.split(/\s+/));
        // Words that no chunk takes whole are cut between their characters, and in order.
        for (const one of wanted) if (one !== '' && pieces.count(one) < 150) expect(found.has(one), one).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

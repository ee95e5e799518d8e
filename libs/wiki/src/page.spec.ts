import fc from 'fast-check';
import { categoryMeanings, defaultCategories } from './categories.js';
import { parsePage } from './page.js';

const page = (text: string) => parsePage(text, 'target-first');

describe('parsePage', () => {
  it('reads all a page says of itself', () => {
    const text =
      '---\ntitle: Iran\ncategory: actor\ntags: [a, b]\naliases: [Persia]\n---\n# The republic\n\nSee [[Home]].\n';

    expect(page(text)).toMatchObject({
      title: 'Iran',
      category: 'actor',
      tags: ['a', 'b'],
      aliases: ['Persia'],
      headings: [{ text: 'The republic' }],
      links: [{ target: 'Home', line: 9 }],
      words: 5,
      body: '# The republic\n\nSee [[Home]].\n',
    });
  });

  it.each([
    ['---\ntitle: " x "\n---\n# H', 'x'],
    ['---\ntitle: 2024\n---\n# H', '2024'],
    ['---\ntitle: true\n---\n# H', 'true'],
    ['---\ntitle: [x]\n---\n# H', 'H'],
    ['---\ntitle:\n---\n# H', 'H'],
    ['## S\n# H', 'H'],
    ['## S', null],
    ['', null],
  ])('takes the title of %j', (text, title) => {
    expect(page(text).title).toBe(title);
  });

  it.each([
    ['tags: a, b ,,a', ['a', 'b']],
    ['tags: [a, a, 3, true, [b], {c: d}, null, ""]', ['a', '3', 'true']],
    ['tags: 7', ['7']],
    ['tags: {a: b}', []],
    ['tags:', []],
    ['tags: [2026-01-02]', ['2026-01-02']],
  ])('takes the tags of %j', (line, tags) => {
    expect(page(`---\n${line}\n---\n`).tags).toEqual(tags);
  });

  it('takes one alias as well as many', () => {
    expect(page('---\nalias: Persia\n---\n').aliases).toEqual(['Persia']);
    expect(page('---\naliases: [A, B]\nalias: C\n---\n').aliases).toEqual(['A', 'B']);
  });

  it('takes any category as text or none', () => {
    expect(page('---\ncategory: 3\n---\n').category).toBe('3');
    expect(page('---\ncategory: [a]\n---\n').category).toBeNull();
  });

  it('gives back labels and anchors that a database takes', () => {
    const { links } = page('[[A#b\0\uD800|c\0]]');

    expect(links).toMatchObject([{ target: 'A', anchor: 'b\uFFFD\uFFFD', label: 'c\uFFFD' }]);
  });

  it('never throws, and gives back nothing a database refuses', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('---\n', 'title: ', '"\\0"', '\0', '\uD800', '# ', '[[', ']]', '|', '\r', '\n', 'x'), {
          maxLength: 30,
        })
        .map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const { body, frontmatter, ...read } = page(written);
        expect(written.slice(0, frontmatter.bodyStart) + body).toBe(written);
        expect(JSON.stringify([read, frontmatter.data])).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the usual categories', () => {
  it('are seven, each with a meaning', () => {
    expect(defaultCategories).toEqual(['actor', 'event', 'trend', 'hypothesis', 'variable', 'reference', 'index']);
    for (const category of defaultCategories) expect(categoryMeanings.get(category)).toMatch(/\w{3}/);
  });
});

import { rewriteLinks } from './link-rewriting.js';
import { parsePage } from './page.js';
import { replaceSection } from './sections.js';

// Half of the largest page a wiki takes. Work that grew with its square would not end within the time a test has.
const large = 524_288;

const pieces = [
  ...[
    '[[',
    '[',
    ']',
    ']]',
    '![',
    '[]',
    '[[a]]',
    '[[a|b]]',
    '[[a',
    '[[a]',
    '[[]]',
    '[[|',
    '[a](b)',
    '[a](',
    '](',
    '[[a]](',
  ],
  ...[
    '`',
    '``',
    '` ``',
    '``` ',
    '```\n',
    '`\n\n',
    '~~~\n',
    '``` a\n',
    '<!--',
    '<!-- ',
    '<!--\n',
    '<!-->',
    '-->',
    '<pre>\n',
    '<',
    '<a',
  ],
  ...[
    '> ',
    '> > > ',
    '>',
    '> \n',
    '- ',
    '-\t',
    '1. ',
    '- a\n',
    '  - a\n',
    '- ```\n',
    '> ```\n',
    '#',
    '# ',
    '# a\n',
    '# a #\n',
    '###### a\n',
  ],
  ...[
    '\\',
    '\\[',
    '\\`',
    '!',
    '(',
    ')',
    '()',
    '"',
    "'",
    '[a](b "',
    "[a](b '",
    '[a](b (',
    '[a](<',
    '[a](<b ',
    '[a]: b\n',
    '[a]: b "\n',
  ],
  ...[
    '[a]: b\n"\n',
    '[a]:',
    '---\n',
    '---\na: b\n',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '\t',
    '\u00a0',
    '!? ',
    '東',
    'ก',
    'a ',
    '\0',
    '\uD800',
    '|',
    '&amp;',
    '%',
  ],
];

describe('a large page', () => {
  it.each(pieces)('made of nothing but %j is read at once', (piece) => {
    const text = piece.repeat(Math.floor(large / Buffer.byteLength(piece)));

    expect(parsePage(text, 'label-first').body.length).toBeGreaterThan(0);
  });

  it.each([
    ['[', '](a)'],
    ['![', '](a)'],
    ['![', ' x](a)'],
    ['[[', ']]'],
    ['[[a ', ']](b)'],
    ['[a](', ')'],
    ['<!--', '-->'],
    ['> ', '```'],
    ['- ', '[[a]]'],
    ['`a', '``'],
  ])('that opens with %j and closes with %j is read at once', (open, close) => {
    const times = Math.floor(large / (open.length + close.length));

    const { links } = parsePage(open.repeat(times) + close.repeat(times), 'target-first');

    expect(links.length).toBeLessThanOrEqual(times);
    for (const { label } of links) expect(label?.length ?? 0).toBeLessThanOrEqual(large);
  });

  it('has labels of pictures in pictures cut, so that they do not add up to its square', () => {
    const { links } = parsePage('!['.repeat(5000) + '](a)'.repeat(5000), 'target-first');

    expect(links).toHaveLength(5000);
    expect(Math.max(...links.map(({ label }) => label?.length ?? 0))).toBe(1000);
  });

  it('is rewritten at once, link by link', () => {
    const text = '[[Old]] '.repeat(large / 8);

    const after = rewriteLinks(text, 'target-first', () => 'New');

    expect(after).toBe('[[New]] '.repeat(large / 8));
  });

  it('has its last section replaced at once', () => {
    const text = `${'# a\n'.repeat(100_000)}# last\n`;

    expect(replaceSection(text, 'last', 'x').endsWith('# last\n\nx\n')).toBe(true);
  });
});

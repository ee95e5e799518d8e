import fc from 'fast-check';
import { linksOf, type LinkOrder } from './links.js';

/** Links in a short notation: `kind target #anchor (label)`. */
function short(text: string, order: LinkOrder = 'target-first'): string[] {
  return linksOf(text, order).map(({ kind, target, anchor, label }) =>
    [kind, target, anchor === null ? '' : `#${anchor}`, label === null ? '' : `(${label})`].filter(Boolean).join(' '),
  );
}

describe('wikilinks', () => {
  it.each([
    ['[[Page]]', 'wiki Page'],
    ['[[Page|Text]]', 'wiki Page (Text)'],
    ['[[Page#Sec]]', 'wiki Page #Sec'],
    ['[[Page#Sec|Text]]', 'wiki Page #Sec (Text)'],
    ['[[/Abs]]', 'wiki Abs'],
    ['[[ Dir/Page ]]', 'wiki Dir/Page'],
    ['[[a|b|c]]', 'wiki a (b|c)'],
    ['[[T|]]', 'wiki T'],
    ['![[img.png]]', 'embed img.png'],
    ['\\![[Page]]', 'wiki Page'],
    ['[[C#]]', 'wiki C#'],
    ['[[[Page]]]', 'wiki Page'],
    ['[[x [[Page]]', 'wiki Page'],
    ['| [[Page\\|Text]] |', 'wiki Page (Text)'],
    ['[[Page|`code`]]', 'wiki Page (`code`)'],
    ['> - see [[Page]].', 'wiki Page'],
    ['[[東京/地下鉄]]', 'wiki 東京/地下鉄'],
  ])('%s', (text, expected) => {
    expect(short(text)).toEqual([expected]);
  });

  it.each([
    ['[[Page]]', 'wiki Page'],
    ['[[Text|Page]]', 'wiki Page (Text)'],
    ['[[Text|/old#s]]', 'wiki old #s (Text)'],
    ['[[a|b|c]]', 'wiki c (a|b)'],
    ['| [[Text\\|Page]] |', 'wiki Page (Text)'],
    ['![[Text|img]]', 'embed img (Text)'],
  ])('%s in a wiki that writes the label first', (text, expected) => {
    expect(short(text, 'label-first')).toEqual([expected]);
  });

  it.each([
    '[[]]',
    '[[#sec]]',
    '[[|T]]',
    '[[ ]]',
    '\\[[Page]]',
    '[[Pa\nge]]',
    '[[Page]',
    '[[https://x.org]]',
    '[[a\0b]]',
  ])('%j is no link', (text) => {
    expect(short(text)).toEqual([]);
  });

  it('leaves a label-first link without target alone', () => {
    expect(short('[[T|]]', 'label-first')).toEqual([]);
  });

  it.each([
    ['a code span', 'x `[[P]]` y'],
    ['a code span of two backticks', '``a ` [[P]] ``'],
    ['a code span over two lines', 'a `b\n[[P]] c` d'],
    ['a fence', '```\n[[P]]\n```'],
    ['a fence of tildes', '~~~ md\n[[P]]\n```\n[[P]]\n~~~'],
    ['a longer fence', '````\n```\n[[P]]\n```\n[[P]]\n````'],
    ['an unclosed fence', '```\n[[P]]\n\n[[P]]'],
    ['a fence in a list', '- a\n\n  ```\n  [[P]]\n  ```'],
    ['a fence right behind a bullet', '1. ```\n   [[P]]\n   ```'],
    ['a fence in a quotation', '> ```\n> [[P]]\n> ```'],
    ['a comment', 'x <!-- [[P]] --> y'],
    ['a comment over blank lines', '<!--\n\n[[P]]\n\n-->'],
    ['an unclosed comment', '<!--\n\n[[P]]'],
    ['a pre element', '<pre>\n[[P]]\n\n[[P]]\n</pre>'],
    ['frontmatter', '---\nsee: "[[P]]"\n---\n'],
  ])('in %s is text', (_, text) => {
    expect(short(text)).toEqual([]);
  });

  it.each([
    ['behind an unclosed code span', '` [[P]]'],
    ['behind an escaped backtick', '\\`[[P]]`'],
    ['after a fence has closed', '```\nx\n```\n[[P]]'],
    ['after the list item of an unclosed fence', '- ```\n  x\n\n[[P]]'],
    ['after the quotation of an unclosed fence', '> ```\n> x\n\n[[P]]'],
    ['after a comment', '<!-- x -->\n[[P]]'],
    ['behind an unclosed comment within a line', 'a <!-- [[P]]'],
    ['below a line that only looks like a fence', '``` a`b\n[[P]]'],
    ['below indented backticks', 'x\n\n    ```\n\n[[P]]'],
    ['below unreadable frontmatter', '---\na: [\n---\n[[P]]'],
  ])('%s is a link', (_, text) => {
    expect(short(text)).toEqual(['wiki P']);
  });

  it('does not let a code span reach over a blank line or into the next list item', () => {
    expect(short('a ` b\n\n[[P]] ` c')).toEqual(['wiki P']);
    expect(short('- a ` b\n- [[P]] ` c')).toEqual(['wiki P']);
  });
});

describe('markdown links', () => {
  it.each([
    ['[x](Other%20Page.md#a)', 'markdown ./Other Page.md #a (x)'],
    ['[x](<Other Page.md>)', 'markdown ./Other Page.md (x)'],
    ['[x](/Page "title")', 'markdown /Page (x)'],
    ["[x](../A/B.md 'title')", 'markdown ../A/B.md (x)'],
    ['![alt](./file.png)', 'markdown ./file.png (alt)'],
    ['[x](Foo_(bar).md)', 'markdown ./Foo_(bar).md (x)'],
    ['[x](Foo\\).md)', 'markdown ./Foo).md (x)'],
    ['[x](a?q=1#b)', 'markdown ./a #b (x)'],
    ['[x](100%)', 'markdown ./100% (x)'],
    ['[x](R&amp;D)', 'markdown ./R&D (x)'],
    ['[id]: Other%20Page.md "t"', 'markdown ./Other Page.md (id)'],
    ['[[1]](Page)', 'markdown ./Page ([1])'],
    ['[a `]` b](Page)', 'markdown ./Page (a `]` b)'],
  ])('%s', (text, expected) => {
    expect(short(text)).toEqual([expected]);
  });

  it.each([
    '[x](https://example.org/a)',
    '[x](mailto:a@b.c)',
    '[x](//example.org)',
    '[x](#here)',
    '[x]()',
    '[x](?a=1)',
    '[[1]](https://example.org)',
    '[^1]: Not a definition of a link',
    '[x](a b)',
    '[x](a',
    '\\[x](a)',
    '[x]: https://example.org',
    '`[x](a)`',
    '[x](a%00b)',
  ])('%s leads to no page', (text) => {
    expect(short(text)).toEqual([]);
  });

  it('knows that a link holds no other link', () => {
    expect(short('[a [b](C) d](E)')).toEqual(['markdown ./C (b)']);
    expect(short('![a [b](C) d](E)')).toEqual(['markdown ./E (a [b](C) d)', 'markdown ./C (b)']);
    expect(short('[b](C) [d](E)')).toEqual(['markdown ./C (b)', 'markdown ./E (d)']);
    expect(short('[x [b](C) ] [d](E)')).toEqual(['markdown ./C (b)', 'markdown ./E (d)']);
  });

  it('finds the picture in a link and the link around it', () => {
    expect(short('[![alt](a.png)](Page.md)')).toEqual(['markdown ./Page.md (![alt](a.png))', 'markdown ./a.png (alt)']);
  });
});

describe('where a link stands', () => {
  it('is given as offsets and line in the whole text', () => {
    const text = '---\ntitle: x\n---\r\n# A\r\n\r\nsee [[ Page#s |label]]\nand [x](<a b.md#c>)\n';

    const [wiki, markdown] = linksOf(text, 'target-first');

    expect(text.slice(wiki?.start, wiki?.end)).toBe('[[ Page#s |label]]');
    expect(text.slice(wiki?.targetStart, wiki?.targetEnd)).toBe('Page');
    expect(text.slice(markdown?.start, markdown?.end)).toBe('[x](<a b.md#c>)');
    expect(text.slice(markdown?.targetStart, markdown?.targetEnd)).toBe('a b.md');
    expect([wiki?.line, markdown?.line]).toEqual([6, 7]);
  });

  it('a definition at the end of the text ends with its target', () => {
    expect(linksOf('[a]: Old', 'target-first')).toMatchObject([{ target: './Old', start: 0, end: 8, targetEnd: 8 }]);
  });

  it('lies within the text for any text', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '[[',
      ']]',
      '(',
      ')',
      '!',
      '|',
      '`',
      '``',
      '<',
      '>',
      '\\',
      '\n',
      '\n\n',
      '- ',
      '> ',
      '```',
      '<!--',
      '-->',
      'a',
      ' ',
      '#',
      '"',
      ': ',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom<LinkOrder>('target-first', 'label-first'),
        (pieces, order) => {
          const text = pieces.join('');
          let last = 0;
          for (const link of linksOf(text, order)) {
            expect(link.start).toBeGreaterThanOrEqual(last);
            expect(link.targetStart).toBeGreaterThan(link.start);
            expect(link.targetEnd).toBeGreaterThan(link.targetStart);
            expect(link.end).toBeLessThanOrEqual(text.length);
            // Only a definition ends with its target, and only where its line does.
            if (link.end === link.targetEnd) expect(text.slice(link.end)).toMatch(/^(?:$|[\r\n])/);
            else expect(link.end).toBeGreaterThan(link.targetEnd);
            last = link.start;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

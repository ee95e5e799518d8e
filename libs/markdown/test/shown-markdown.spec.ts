import { describe, expect, it } from 'vitest';
import { showPage } from '../src/shown/show-page.js';
import { aPage, attribute, named, shown, textOf } from './kit/dom.js';

describe('a page as it is shown', () => {
  it('has tables, tasks, footnotes, marks, strikes and code in colour', () => {
    const elements = shown(
      '| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~old~~ ==new== note[^1]\n\n[^1]: A footnote.\n\n```js\nconst one = 1;\n```\n',
    );

    expect(
      named(elements, 'td').map((cell) => [textOf(cell), attribute(cell, 'align') ?? attribute(cell, 'style')]),
    ).toEqual([
      ['1', null],
      ['2', 'right'],
    ]);
    expect(
      named(elements, 'input').map((box) => [
        attribute(box, 'type'),
        attribute(box, 'checked'),
        attribute(box, 'disabled'),
      ]),
    ).toEqual([
      ['checkbox', '', ''],
      ['checkbox', null, ''],
    ]);
    expect(named(elements, 'label').map((label) => textOf(label).trim())).toEqual(['done', 'open']);
    expect(named(elements, 's').map(textOf)).toEqual(['old']);
    expect(named(elements, 'mark').map(textOf)).toEqual(['new']);
    expect(attribute(named(elements, 'code')[0], 'class')).toBe('language-js');
    expect(
      named(elements, 'span')
        .filter((part) => attribute(part, 'class') === 'hljs-keyword')
        .map(textOf),
    ).toEqual(['const']);
    const [reference] = named(elements, 'sup');
    expect(
      elements.some(
        (element) =>
          `#${attribute(element, 'id')}` ===
          attribute(
            named(elements, 'a').find((link) => attribute(link, 'href')?.startsWith('#fn')),
            'href',
          ),
      ),
    ).toBe(true);
    expect(reference).toBeDefined();
  });

  it('has links to pages, sections and files, and marks those that lead nowhere', () => {
    const places = {
      Iran: { kind: 'page', path: 'Actors/Iran' },
      Nothing: { kind: 'missing', path: 'Nothing' },
      'map.pdf': { kind: 'file', path: 'Folder/Page/map.pdf' },
      './Other.md': { kind: 'page', path: 'Folder/Other' },
      News: { kind: 'ambiguous', paths: ['A/News', 'B/News'] },
      '-': { kind: 'page', path: '-/odd' },
    } as const;
    const text =
      '[[Iran]] [[Iran|the state]] [[Iran#Foreign policy]] [[Nothing]] [[map.pdf]] [other](Other.md) [[News]] [[#Here we are]] [out](https://a.example) [[-]]';

    const links = named(shown(aPage(text, places)), 'a').map((link) => [
      textOf(link),
      attribute(link, 'href'),
      attribute(link, 'class'),
    ]);

    expect(links).toEqual([
      ['Iran', '/@alice/garden/Actors/Iran', 'wb-page'],
      ['the state', '/@alice/garden/Actors/Iran', 'wb-page'],
      ['Iran › Foreign policy', '/@alice/garden/Actors/Iran#foreign-policy', 'wb-page'],
      ['Nothing', '/@alice/garden/Nothing', 'wb-missing'],
      ['map.pdf', '/@alice/garden/Folder/Page/map.pdf', 'wb-file'],
      ['other', '/@alice/garden/Folder/Other', 'wb-page'],
      ['A/News', '/@alice/garden/A/News', 'wb-page'],
      ['B/News', '/@alice/garden/B/News', 'wb-page'],
      ['Here we are', '#here-we-are', null],
      ['out', 'https://a.example', 'wb-outside'],
      ['-', '/@alice/garden/-/page/-/odd', 'wb-page'],
    ]);
  });

  it('reads piped links in the order of the wiki', () => {
    const places = { Page: { kind: 'page', path: 'Page' } } as const;

    const [link] = named(shown(aPage('[[label|Page]]', places, { order: 'label-first' })), 'a');

    expect([textOf(link), attribute(link, 'href')]).toEqual(['label', '/@alice/garden/Page']);
  });

  it('leaves links in code as they are written, in tables too', () => {
    const places = { A: { kind: 'page', path: 'A' } } as const;
    const elements = shown(
      aPage('`[[A]]`\n\n    [[A]]\n\n```\n[[A]]\n```\n\n| x |\n|---|\n| [[A\\|b]] |\n\n$[[A]]$', places),
    );

    expect(named(elements, 'code').map((code) => textOf(code).trim())).toEqual(['[[A]]', '[[A]]', '[[A]]']);
    expect(named(elements, 'a').map(textOf)).toEqual(['b']);
  });

  it('shows pictures, films and sounds of the wiki, in the size that was asked for', () => {
    const file = (name: string) => ({ kind: 'file', path: `Folder/${name}` }) as const;
    const places = { 'a.png': file('a.png'), './b.png': file('b.png'), 'c.mp4': file('c.mp4'), 'd.mp3': file('d.mp3') };
    const elements = shown(aPage('![[a.png|A cat|300x200]] ![B|120](b.png) ![[c.mp4]] ![[d.mp3]]', places));

    expect(
      named(elements, 'img').map((image) => ['src', 'alt', 'width', 'height'].map((name) => attribute(image, name))),
    ).toEqual([
      ['/@alice/garden/Folder/a.png', 'A cat', '300', '200'],
      ['/@alice/garden/Folder/b.png', 'B', '120', null],
    ]);
    expect(attribute(named(elements, 'video')[0], 'src')).toBe('/@alice/garden/Folder/c.mp4');
    expect(attribute(named(elements, 'audio')[0], 'src')).toBe('/@alice/garden/Folder/d.mp3');
  });

  it('holds other pages within itself, whose headings are no targets', () => {
    const inner = aPage('# Inner\n\nText of *Other*.[^1]\n\n[^1]: Note.\n', {}, { path: 'Other' });
    const page = aPage(
      '# Mine\n\n![[Other]]\n\nSee ![[Other]] here.\n',
      { Other: { kind: 'page', path: 'Other' } },
      { embeds: new Map([['Other', inner]]) },
    );
    const elements = shown(page);

    expect(named(elements, 'h1').map((heading) => [textOf(heading), attribute(heading, 'id')])).toEqual([
      ['Mine', 'mine'],
      ['Inner', null],
    ]);
    expect(elements.filter((element) => attribute(element, 'class') === 'wb-embed')).toHaveLength(1);
    expect(showPage(page, { base: '/@alice/garden' }).headings.map(({ text }) => text)).toEqual(['Mine']);
  });

  it('has alerts, blocks, spoilers and folds', () => {
    const elements = shown(
      '> [!WARNING] Look out\n> Text\n\n> [!tip]- Folded\n> Text\n\n::: danger # Heading\nInside\n\n- a\n:::\n\n>! hidden\n\n>| # More of it\n> | no\n',
    );
    const blocks = elements.filter((element) => /wb-(?:alert|fold)/.test(attribute(element, 'class') ?? ''));

    expect(blocks.map((block) => [block.tagName, attribute(block, 'class')])).toEqual([
      ['div', 'wb-alert wb-alert-warning'],
      ['details', 'wb-alert wb-alert-tip'],
      ['div', 'wb-alert wb-alert-caution'],
      ['details', 'wb-fold wb-spoiler'],
      ['details', 'wb-fold'],
    ]);
    expect(elements.filter((element) => attribute(element, 'class') === 'wb-title').map(textOf)).toEqual([
      'Look out',
      'Folded',
      'Heading',
      'Spoiler',
      'More of it',
    ]);
  });

  it('has formulas, in line and apart, and shows those it cannot read as they are', () => {
    const elements = shown(
      'It costs $5 and $6. But $x^2$ and\n\n$$\n\\frac{1}{2}\n$$\n\n`$y$`\n\n```math\nz\n```\n\n$\\nonsense{$',
    );

    expect(named(elements, 'math')).toHaveLength(4);
    expect(named(elements, 'mfrac')).toHaveLength(1);
    expect(textOf(named(elements, 'p')[0])).toContain('It costs $5 and $6.');
  });

  it('has the same anchors as sections have at the other doors, in every script', () => {
    const { headings } = showPage(aPage('# Über uns\n\n## 概要\n\n## Обзор\n\n## 概要\n'), { base: '' });

    expect(headings.map(({ id }) => id)).toEqual(['uber-uns', '概要', 'обзор', '概要-1']);
  });

  it('says whether it brings its title', () => {
    const hasTitle = (text: string) => showPage(aPage(text), { base: '' }).hasTitle;

    expect([hasTitle('---\ntitle: x\n---\n# Title\n'), hasTitle('Text\n\n# Later'), hasTitle('## Two')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says for a preview on which line of the page each block begins', () => {
    const lines = shown('---\ntitle: x\n---\n\n# One\n\nTwo\n\n- three\n', { hasLines: true }).map((element) =>
      attribute(element, 'data-line'),
    );

    expect(lines.filter((line) => line !== null)).toEqual(['5', '7', '9']);
  });
});

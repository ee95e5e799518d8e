import { describe, expect, it } from 'vitest';
import { embeddingsIn, matches } from '../src/embeddings.js';
import type { Listed, Place } from '../src/page-text.js';
import { delimiterOf, readCsv } from '../src/shown/embeddings/csv.js';
import { aPage, attribute, named, shown, textOf, within } from './kit/dom.js';

const file = (path: string): Place => ({ kind: 'file', path });

/** The elements of a page that shows these things of its wiki. */
function shownWith(text: string, places: Record<string, Place> = {}, listed: Partial<Listed> = {}) {
  return shown(aPage(text, places, { listed: { tables: new Map(), files: [], pages: new Map(), ...listed } }));
}

describe('an info box', () => {
  const box =
    '{{InfoBox\n|caption=Some *caption*\n|Random Key=Value\n|_Größe=180 cm\n|a\\=b=c\\|d\n|text-align=justify\n|style=opacity:0\n' +
    '|Homepage=[[Oil|the page]]\nLorem **ipsum**\n\n```python\nx = "}}"\n}}\n```\n}}\n\nBehind.';

  it('has a caption, a text and rows, all of it markdown', () => {
    const elements = shown(aPage(box, { Oil: { kind: 'page', path: 'Oil' } }));
    const [aside] = named(elements, 'aside');

    expect(attribute(aside, 'class')).toBe('wb-box wb-at-right wb-width-3');
    expect(named(within(aside), 'tr').map((row) => within(row).filter(isCell).map(textOf))).toEqual([
      ['Random Key', 'Value'],
      ['Größe', '180 cm'],
      ['a=b', 'c|d'],
      ['Homepage', 'the page'],
    ]);
    expect(named(within(aside), 'em').map(textOf)).toEqual(['caption']);
    expect(named(within(aside), 'strong').map(textOf)).toEqual(['ipsum']);
    expect(named(within(aside), 'code').map(textOf)).toEqual(['x = "}}"\n}}\n']);
    expect(named(within(aside), 'a').map((link) => attribute(link, 'href'))).toEqual(['/@alice/garden/Oil']);
    expect(attribute(named(within(aside), 'div')[0], 'class')).toBe('wb-box-text wb-align-justify');
    expect(elements.filter(({ tagName }) => tagName === 'p').map(textOf)).toContain('Behind.');
  });

  it.each([
    ['|width=50%', 'wb-width-5'],
    ['|width=352px', 'wb-width-5'],
    ['|width=10000', 'wb-width-10'],
    ['|width=0', 'wb-width-1'],
    ['|width=x" onclick="y', 'wb-width-3'],
    ['|position=left', 'wb-at-left'],
    ['|float=center', 'wb-at-center'],
  ])('with %s is %s', (option, name) => {
    const [aside] = named(shown(`{{Info Box\n${option}\n|a=b\n}}`), 'aside');

    expect(attribute(aside, 'class')?.split(' ')).toContain(name);
  });

  it('is text without an end, and ends where it ends', () => {
    expect(named(shown('{{InfoBox\n|a=b\n\nText'), 'aside')).toEqual([]);
    expect(named(shown('{{InfoBox\n|a={{x}}\n}}\n\n{{InfoBox|b=c}}\n\nText'), 'aside')).toHaveLength(2);
    expect(named(shown('> {{InfoBox\n> |a=b\n> }}\n\n- {{InfoBox\n  |c=d\n  }}\n'), 'aside').map(textOf)).toEqual([
      'ab',
      'cd',
    ]);
    expect(named(shown('```\n{{InfoBox\n|a=b\n}}\n```\n\n    {{InfoBox|a=b}}\n'), 'aside')).toEqual([]);
  });
});

const isCell = ({ tagName }: { tagName: string }): boolean => tagName === 'td' || tagName === 'th';

describe('pictures and films', () => {
  const places = { 'a.png': file('Folder/Page/a.png'), 'Oil/b.mp4': file('Oil/b.mp4') };

  it('stand in frames', () => {
    const text =
      '{{ImageFrame\n|src=a.png\n|alt=A cat\n|caption=My cat\n|position=left\n}}\n\n{{Figure\n|caption=*Two*\n![[a.png]]\n}}';
    const elements = shown(aPage(text, places));

    expect(named(elements, 'figure').map((figure) => attribute(figure, 'class'))).toEqual([
      'wb-box wb-at-left wb-width-3',
      'wb-box wb-figure wb-at-center wb-width-10',
    ]);
    expect(named(elements, 'img').map((image) => [attribute(image, 'src'), attribute(image, 'alt')])).toEqual([
      ['/@alice/garden/Folder/Page/a.png', 'A cat'],
      ['/@alice/garden/Folder/Page/a.png', 'a.png'],
    ]);
    expect(named(elements, 'figcaption').map(textOf)).toEqual(['My cat', 'Two']);
  });

  it('of the wiki are shown; of other sites they are links, since these would learn who reads', () => {
    const text =
      '{{Video\n|loop=true\n|autoplay=true\n/Oil/b.mp4\n/none.ogg\n}}\n\n{{Video|https://youtu.be/x?a="b}}\n\n' +
      '{{ImageFrame\n|src=https://a.example/i.png\n}}\n\n{{Video\n}}\n\n{{Video|src=javascript:alert(1)}}';
    const elements = shown(aPage(text, places));
    const [video] = named(elements, 'video');

    expect(video?.attrs.map(({ name }) => name).sort()).toEqual(['controls', 'loop', 'preload', 'src']);
    expect(attribute(video, 'src')).toBe('/@alice/garden/Oil/b.mp4');
    expect(named(elements, 'iframe')).toEqual([]);
    expect(named(elements, 'a').map((link) => attribute(link, 'href'))).toEqual([
      'https://youtu.be/x?a="b',
      'https://a.example/i.png',
      null,
    ]);
    expect(named(elements, 'p').map(textOf)).toContain('Video: it names no film.');
  });
});

describe('a data table', () => {
  it('is a table that is written in it', () => {
    const elements = shown(
      '{{datatable\n|paging=false\n|perPage=42\n|caption=Python\n| a=b | Released |\n|--:|---|\n| 1 | 2 |\n}}',
    );

    expect(named(elements, 'th').map(textOf)).toEqual(['a=b', 'Released']);
    expect(elements.filter((one) => attribute(one, 'class') === 'wb-caption').map(textOf)).toEqual(['Python']);
  });

  it.each([
    [
      '',
      [
        ['Name', 'Score', 'Day'],
        ['Alice; A', '42', 'x'],
        ['Bob', '7', '<b>'],
      ],
    ],
    [
      '|columns=1,3',
      [
        ['Name', 'Day'],
        ['Alice; A', 'x'],
        ['Bob', '<b>'],
      ],
    ],
    [
      '|columns=Score, Name',
      [
        ['Score', 'Name'],
        ['42', 'Alice; A'],
        ['7', 'Bob'],
      ],
    ],
    [
      '|columns=99',
      [
        ['Name', 'Score', 'Day'],
        ['Alice; A', '42', 'x'],
        ['Bob', '7', '<b>'],
      ],
    ],
    [
      '|headers=A,B,C',
      [
        ['A', 'B', 'C'],
        ['Alice; A', '42', 'x'],
        ['Bob', '7', '<b>'],
      ],
    ],
    ['|header=false\n|columns=1', [['Name'], ['Alice; A'], ['Bob']]],
  ])('is made of a file of values, with %j', (options, rows) => {
    const tables = new Map([['data.csv', 'Name;Score;Day\r\n"Alice; A";42;x\r\nBob;7;<b>\r\n']]);
    const elements = shownWith(
      `{{DataTable\n|src=data.csv\n${options}\n}}`,
      { 'data.csv': file('x/data.csv') },
      { tables },
    );

    expect(named(elements, 'tr').map((row) => within(row).filter(isCell).map(textOf))).toEqual(rows);
  });

  it('says so when there is no such file, and when it has more rows than are shown', () => {
    const tables = new Map([['a.csv', `n,m\n${'1,2\n'.repeat(3_000)}`]]);
    const elements = shownWith('{{DataTable|src=a.csv}}\n\n{{DataTable|src=../../secret.cfg}}', {}, { tables });

    expect(named(elements, 'tr')).toHaveLength(2_001);
    expect(named(elements, 'p').map(textOf)).toEqual([
      '… 1000 more rows are in the file.',
      'DataTable: there is no table “../../secret.cfg”, or it is too large.',
    ]);
  });

  it('reads quotes within quotes, breaks within quotes, and guesses what divides', () => {
    expect(readCsv('\uFEFFa,"b ""c""\nd"\n\n,\n', ',', '"', 10)).toEqual([
      ['a', 'b "c"\nd'],
      ['', ''],
    ]);
    expect(['a;b', 'a,b,c;d', 'a\tb', 'a'].map(delimiterOf)).toEqual([';', ',', '\t', ';']);
  });
});

describe('lists of files and pages', () => {
  const changedAt = new Date('2026-03-08T11:26:00Z');
  const files = ['a.pdf', 'b.png'].map((name) => ({
    ...{ path: `Folder/Page/${name}`, bytes: 112_640, changedAt, author: 'Ann', message: 'Added\n\nmore' },
  }));
  const page = (path: string, title: string) => ({ path, title, headings: [{ level: 2, text: 'Part', id: 'part' }] });
  const pages = new Map([
    ['Folder/Page', [page('Folder/Page/a', 'Alpha'), page('Folder/Page/a/c', 'Über'), page('Folder/Page/b', 'beta')]],
  ]);
  const rowsOf = (text: string) =>
    named(shownWith(text, {}, { files }), 'tr').map((row) => within(row).filter(isCell).map(textOf));

  it('show the files of the page', () => {
    expect(rowsOf('{{AttachmentList}}')).toEqual([
      ['File', 'Size', 'Changed', 'By', 'Comment'],
      ['a.pdf', '110.0 KiB', '2026-03-08 11:26', 'Ann', 'Added'],
      ['b.png', '110.0 KiB', '2026-03-08 11:26', 'Ann', 'Added'],
    ]);
    expect(rowsOf('{{Attachments\n|filter=*.PDF\n|format=minimal\n}}')).toEqual([['File'], ['a.pdf']]);
    expect(rowsOf('{{AttachmentList|format=details|filter=x*}}')).toEqual([['File', 'Size', 'Changed']]);
  });

  it.each([
    ['', ['Alpha', 'Part', 'beta', 'Part', 'Über', 'Part']],
    ['|depth=1|style=list', ['Alpha', 'Part', 'beta', 'Part']],
    ['|src=Al*|style=list', ['Alpha', 'Part']],
    ['|src=/Elsewhere', []],
    ['|style=tree', ['Alpha', 'Part', 'Über', 'Part', 'beta', 'Part']],
  ])('show the pages below it with %j', (options, titles) => {
    const elements = shownWith(`{{PageIndex${options}}}`, {}, { pages });

    expect(named(elements, 'a').map(textOf)).toEqual(titles);
  });

  it('are no more than a page may have', () => {
    const elements = shownWith('{{PageIndex}}\n\n'.repeat(40), {}, { pages });

    expect(elements.filter((one) => attribute(one, 'class') === 'wb-index')).toHaveLength(30);
  });

  it('match patterns in time that grows with them', () => {
    expect([
      matches('cat', 'Ca*'),
      matches('dog', 'ca*'),
      matches('abc', 'a?c'),
      matches('', '*'),
      matches('x', ''),
    ]).toEqual([true, false, true, true, false]);
    expect(matches('a'.repeat(2_000), `${'a*'.repeat(500)}b`)).toBe(false);
  });
});

describe('what nobody knows', () => {
  it('is said, with what was written', () => {
    const elements = shown('{{UnknownThing\n|a=b\ntext\n}}\n\n{{constructor}}\n\n{{ site.name }}');

    expect(elements.filter((one) => attribute(one, 'class') === 'wb-title').map(textOf)).toEqual([
      'Unknown embedding: UnknownThing',
      'Unknown embedding: constructor',
    ]);
    expect(named(elements, 'code').map(textOf)).toEqual(['|a=b\ntext']);
    expect(named(elements, 'p').map(textOf)).toContain('{{ site.name }}');
  });

  it('is found in the text as it is on the page', () => {
    const found = embeddingsIn('{{InfoBox\n|a=b\n> {{Video|x.mp4}}\n}}\n\n- {{PageIndex}}\n\n{{open');

    expect(found.map(({ kind, body }) => [kind, body])).toEqual([
      ['infobox', '{{Video|x.mp4}}'],
      ['video', 'x.mp4'],
      ['pageindex', ''],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { linksOf } from '../src/links.js';
import { showPage } from '../src/shown/show-page.js';
import { aPage, attribute, named, shown, textOf, within } from './kit/dom.js';

describe('abbreviations', () => {
  it('say what they are short for, where they stand alone', () => {
    const elements = shown(
      'HTML and XHTML, *HTML5* or `HTML`; the W3C. [HTML](x)\n\n# HTML\n\n*[HTML]: Hyper Text <Markup> Language\n*[W3C]: World Wide Web Consortium\n*[HTML]: Other\n*[constructor]: x\n',
    );

    expect(named(elements, 'abbr').map((abbr) => [textOf(abbr), attribute(abbr, 'title')])).toEqual([
      ['HTML', 'Hyper Text <Markup> Language'],
      ['W3C', 'World Wide Web Consortium'],
      ['HTML', 'Hyper Text <Markup> Language'],
      ['HTML', 'Hyper Text <Markup> Language'],
    ]);
    expect(named(elements, 'p').map(textOf)).toEqual(['HTML and XHTML, HTML5 or HTML; the W3C. HTML']);
  });

  it('are the longest that fit, in every script', () => {
    const titles = named(
      shown('ООН, New York City, New York\n\n*[ООН]: a\n*[New York]: b\n*[New York City]: c\n'),
      'abbr',
    );

    expect(titles.map((abbr) => attribute(abbr, 'title'))).toEqual(['a', 'c', 'b']);
  });
});

describe('the size of a picture', () => {
  const places = { './a.png': { kind: 'file', path: 'x/a.png' } } as const;

  it.each([
    ['![A](a.png =300x200)', ['A', '300', '200', null]],
    ['![A](a.png =300x)', ['A', '300', null, null]],
    ['![A](<a.png> =x200 "T")', ['A', null, '200', 'T']],
    ['![A|50](a.png =300x200)', ['A', '300', '200', null]],
    ['![A|50](a.png)', ['A', '50', null, null]],
  ])('stands behind its address: %s', (text, expected) => {
    const [image] = named(shown(aPage(text, places)), 'img');

    expect(['alt', 'width', 'height', 'title'].map((name) => attribute(image, name))).toEqual(expected);
    expect(linksOf(text, 'target-first').map(({ target }) => target)).toEqual(['./a.png']);
  });

  it('is none of a link, and none of a word', () => {
    for (const text of ['[A](a.png =300x200)', '![A](a.png =axb)', '![A](a.png =300x200']) {
      expect(named(shown(aPage(text, places)), 'img')).toEqual([]);
      expect(linksOf(text, 'target-first')).toEqual([]);
    }
  });
});

describe('links in blocks of HTML', () => {
  const places = { Oil: { kind: 'page', path: 'Oil' }, 'a.png': { kind: 'file', path: 'a.png' } } as const;

  it('are links in its text, as the catalogue has them', () => {
    const text =
      '<div title="[[Oil]]">See [[Oil|the oil]],\n<b>[[Oil]]</b> ![[a.png|30]]</div>\n\n<!-- [[Oil]] -->\n\n<pre>\n[[Oil]]\n</pre>\n';
    const elements = shown(aPage(text, places));

    expect(named(elements, 'a').map((link) => [textOf(link), attribute(link, 'href')])).toEqual([
      ['the oil', '/@alice/garden/Oil'],
      ['Oil', '/@alice/garden/Oil'],
    ]);
    expect(named(elements, 'img').map((image) => attribute(image, 'src'))).toEqual(['/@alice/garden/a.png']);
    expect(attribute(named(elements, 'div')[0], 'title')).toBe('[[Oil]]');
    expect(textOf(named(elements, 'pre')[0]).trim()).toBe('[[Oil]]');
  });

  it('stay what they are in a tag that does not end', () => {
    expect(named(shown(aPage('<div title="[[Oil]]\n[[Oil]]\n', places)), 'a')).toEqual([]);
  });
});

describe('frontmatter that cannot be read', () => {
  it('is shown as it is written, above the page', () => {
    const elements = shown('---\ntitle: [x\nother: <b>\n---\n\n# Title\n');

    expect(named(elements, 'code').map(textOf)).toEqual(['---\ntitle: [x\nother: <b>\n---\n']);
    expect(named(elements, 'h1').map(textOf)).toEqual(['Title']);
    expect(named(elements, 'h2')).toEqual([]);
  });

  it('is nothing of a page that merely begins with a line', () => {
    expect(named(shown('---\n\ntext\n'), 'hr')).toHaveLength(1);
    expect(named(shown('---\ntitle: x\n---\n\ntext\n'), 'pre')).toEqual([]);
  });
});

describe('scripts from right to left', () => {
  it('go their way, block by block, and have anchors', () => {
    const text = '# שלום עולם\n\nمرحبا بالعالم\n\nEnglish\n\n- אחד\n- two\n\n> اقتباس\n\n```\ncode\n```\n';
    const { html, headings } = showPage(aPage(text), { base: '' });
    const elements = shown(text);
    const directed = elements.filter((one) => attribute(one, 'dir') === 'auto').map(({ tagName }) => tagName);

    expect(directed).toEqual(['h1', 'p', 'p', 'ul', 'blockquote']);
    expect(headings.map(({ id }) => id)).toEqual(['שלום-עולם']);
    expect(html).toContain('id="שלום-עולם"');
  });

  it('cost other pages nothing', () => {
    expect(shown('# Title\n\nÜber – 概要\n').filter((one) => attribute(one, 'dir') !== null)).toEqual([]);
  });
});

describe('a diagram', () => {
  it('is its text, which a script of ours may draw', () => {
    const elements = shown('```mermaid\nflowchart LR\n A["<img src=x onerror=alert(1)>"] --> [[B]]\n```\n');

    expect(named(elements, 'pre').map((pre) => [attribute(pre, 'class'), textOf(pre)])).toEqual([
      ['wb-diagram', 'flowchart LR\n A["<img src=x onerror=alert(1)>"] --> [[B]]\n'],
    ]);
  });
});

describe('links in an embedding', () => {
  it('do not end it, where they end a line', () => {
    const places = { b: { kind: 'page', path: 'b' } } as const;
    const elements = shown(aPage('{{InfoBox\n|a=[[b]]\n{x [[b]]}\n|c=d\n}}\n\n{{InfoBox|a=[[b]]}}', places));

    expect(named(elements, 'aside').map((box) => named(within(box), 'a').length)).toEqual([2, 1]);
    expect(named(elements, 'th').map(textOf)).toEqual(['a', 'c', 'a']);
  });
});

describe('the title of a page', () => {
  it('may stand below a box', () => {
    const hasTitle = (text: string) => showPage(aPage(text), { base: '' }).hasTitle;

    expect(hasTitle('{{InfoBox\n|a=b\n# Inner\n}}\n\n# Title\n')).toBe(true);
    expect(hasTitle('{{InfoBox\n|a=b\n# Inner\n}}\n\nText\n\n# Later\n')).toBe(false);
    expect(hasTitle('---\nx: [\n---\n# Title\n')).toBe(true);
    expect(hasTitle('<h1>Title</h1>\n')).toBe(true);
  });
});

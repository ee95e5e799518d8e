import fc from 'fast-check';
import { defaultCategories } from './categories.js';
import { pageLookup, resolveLink } from './link-resolution.js';
import type { LinkOrder } from '@lib/markdown';
import { parsePage } from './page.js';
import type { StarterOptions } from './starter-options.js';
import { starterPages } from './starter-pages.js';

const orders: LinkOrder[] = ['target-first', 'label-first'];

function optionsWith(changed: Partial<StarterOptions> = {}): StarterOptions {
  return {
    name: 'Middle East',
    purpose: 'Follow who acts and why',
    categories: defaultCategories,
    linkOrder: 'target-first',
    tools: [
      { name: 'read_note', summary: 'Read one page as Markdown.' },
      { name: 'get_recent_changes', summary: 'See what changed.' },
    ],
    ...changed,
  };
}

function textOf(path: string, changed: Partial<StarterOptions> = {}): string {
  return starterPages(optionsWith(changed)).find((page) => page.path === path)?.content ?? '';
}

/** Where the wikilinks of the starter pages lead, one line a link. */
function trail(options: StarterOptions): string[] {
  const pages = starterPages(options);
  const parsed = pages.map(({ path, content }) => ({ path, ...parsePage(content, options.linkOrder) }));
  const lookup = pageLookup(parsed);
  return parsed.flatMap(({ path, links }) =>
    links.map(({ target, label }) => `${path}: ${label} -> ${JSON.stringify(resolveLink(target, path, lookup))}`),
  );
}

const hostile = [
  'a\n---\nb',
  '---',
  '---\r\ncategory: [evil]\r\n---',
  '[[Evil]] and [x](Evil.md) and ![[Evil]]',
  '\\[[Evil]]',
  '`[[Evil]]',
  '``` [[Evil]]',
  '<!-- hidden',
  '<script>alert(1)</script>',
  '"quoted": \'twice\' # not a comment',
  '*x* _y_ __z__ ~~s~~ ==m== $m$ {{Figure}} &lt;b&gt;',
  '{a: b}, &anchor *alias !!js/function x',
  '# Heading #',
  'yes',
  '12',
  'null',
  '~',
  '\u0000\u202E\uD800\u2028',
  '[^1]: x',
  'x'.repeat(20_000),
];

describe('starterPages', () => {
  it('are the home page, the usage guide and the template, each ending with one line break', () => {
    const pages = starterPages(optionsWith());

    expect(pages.map(({ path }) => path)).toEqual(['Home', 'Meta/Wiki Usage Guide', 'Meta/Page Template']);
    for (const { content } of pages) expect(content).toMatch(/[^\n]\n$/);
  });

  it('state name and purpose on the home page', () => {
    const { title, headings, category, body } = parsePage(textOf('Home'), 'target-first');

    expect([title, category]).toEqual(['Middle East', 'index']);
    expect(headings[0]).toMatchObject({ level: 1, text: 'Middle East' });
    expect(body).toContain('**Purpose:** Follow who acts and why');
  });

  it.each(orders)('link from the home page to all others, %s', (linkOrder) => {
    const linked = parsePage(textOf('Home', { linkOrder }), linkOrder).links.map(({ target, label }) => [
      target,
      label,
    ]);

    expect(linked).toEqual([
      ['Meta/Wiki Usage Guide', 'Wiki Usage Guide'],
      ['Meta/Page Template', 'Page Template'],
    ]);
  });

  it.each(orders)('link to nothing that does not exist, %s', (linkOrder) => {
    const links = trail(optionsWith({ linkOrder }));

    expect(links.length).toBeGreaterThan(6);
    for (const link of links) expect(link).toContain('{"page":');
  });

  it.each(orders)('show in the template how a page is built, %s', (linkOrder) => {
    const page = parsePage(textOf('Meta/Page Template', { linkOrder }), linkOrder);

    expect(page.frontmatter.order).toEqual(['title', 'category', 'tags', 'aliases', 'status']);
    expect(page).toMatchObject({ title: 'Page Template', category: 'reference', tags: ['template'] });
    expect(page.headings.filter(({ level }) => level === 2).map(({ text }) => text)).toEqual([
      'Background',
      'Findings',
      'Open questions',
      'See also',
    ]);
    expect(page.links.map(({ target }) => target)).toEqual(['Meta/Wiki Usage Guide', 'Home']);
    expect(page.links.every(({ label }) => label !== null)).toBe(true);
  });

  it.each<[string, Partial<StarterOptions>]>([
    ['purpose', { purpose: null }],
    ['purpose', { purpose: ' \n ' }],
    ['name', { name: '' }],
    ['categories', { categories: [] }],
    ['tools', { tools: [] }],
    ['everything', { name: '', purpose: null, categories: [], tools: [] }],
  ])('leave no gap and no placeholder without %s', (_, missing) => {
    for (const { content } of starterPages(optionsWith(missing))) {
      expect(content).not.toMatch(/\n\n\n/);
      expect(content).not.toMatch(/[ \t]\n|^[^`\n]*\{\{?\w*\}|undefined|null|\*\*Purpose:\*\*\s*$/m);
      expect(content).not.toMatch(/: *(?:\[\])?\n(?!\n)(?!-)/);
      expect(content).not.toMatch(/\n## [^\n]+\n+(?:##? |$)/);
    }
    if ('purpose' in missing) expect(textOf('Home', missing)).not.toContain('Purpose');
  });

  it('give pages only categories the wiki has', () => {
    const categories = ['person', 'place'];

    expect(parsePage(textOf('Home', { categories }), 'target-first').category).toBeNull();
    expect(parsePage(textOf('Meta/Page Template', { categories }), 'target-first').category).toBe('person');
    expect(parsePage(textOf('Meta/Page Template', { categories: [] }), 'target-first').category).toBeNull();
  });

  it.each(hostile)('are not broken by the text %j, wherever it is given', (text) => {
    const bare = trail(optionsWith());

    const tools = [{ name: text, summary: text }];
    const options = optionsWith({ name: text, purpose: text, categories: [text, 'reference', 'index'], tools });

    expect(trail(options)).toEqual(bare);
    for (const { content } of starterPages(options)) {
      const page = parsePage(content, 'target-first');
      expect(page.frontmatter.problem).toBeNull();
      expect(page.headings.filter(({ level }) => level === 1)).toHaveLength(1);
      expect(content).not.toMatch(/[\u0000\u202E\uD800\u2028]/);
      expect(page.body).not.toMatch(/(?<![\\`])<(?:script|!--)/);
    }
  });

  it('keep the name of a wiki as its title, word for word', () => {
    for (const name of ['yes', '12', 'a: b', '# x', '"q" \'s\'', '[[x]]', '- x', 'null', '~', '@x', '%x'])
      expect(parsePage(textOf('Home', { name }), 'target-first').title).toBe(name);
  });

  it('have the same links and headings whatever the wiki is called', () => {
    const options = optionsWith();
    const shape = (given: StarterOptions) => [
      trail(given),
      starterPages(given).map(({ content }) =>
        parsePage(content, 'target-first')
          .headings.slice(1)
          .map((h) => h.text),
      ),
    ];
    const expected = shape(options);
    const piece = fc.constantFrom(
      '[[',
      ']]',
      '`',
      '```',
      '\n',
      '---',
      '<!--',
      '\\',
      '#',
      '|',
      '](',
      '!',
      '~~~',
      'a',
      ' ',
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(shape({ ...options, name: text, purpose: text })).toEqual(expected);
      }),
    );
  });
});

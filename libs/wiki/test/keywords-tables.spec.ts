import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { englishStem } from '../src/keyword-stems.js';
import { KeywordsCatalogue, type WikiOfTest } from './kit/keywords-catalogue.js';

describe('the keyword tables', () => {
  let catalogue: KeywordsCatalogue;
  let wiki: WikiOfTest;

  beforeAll(async () => {
    catalogue = await KeywordsCatalogue.open();
  });
  beforeEach(() => {
    wiki = catalogue.newWiki();
  });
  afterAll(() => catalogue?.database.destroy());

  /** All that is kept of a wiki beside its vectors, as it must be after building it anew. */
  async function kept(id: string) {
    const words = await catalogue.database.query(
      'SELECT word, pages FROM keyword_words WHERE wiki = $1 ORDER BY word',
      [id],
    );
    const [totals] = await catalogue.database.query('SELECT pages, words FROM keyword_totals WHERE wiki = $1', [id]);
    return { words, totals };
  }

  it('an update replaces every word of the page', async () => {
    await wiki.write({ A: 'apple pear', B: 'apple' });
    await wiki.write({ A: 'cherry' });

    expect(await wiki.paths('apple')).toEqual(['B']);
    expect(await wiki.paths('pear ')).toEqual([]);
    expect(await wiki.paths('cherry')).toEqual(['A']);
  });

  it('a deleted page is gone, and so are its words from what is suggested', async () => {
    await wiki.write({ A: 'xylophone', B: 'piano' });
    await wiki.remove('A');

    expect(await wiki.paths('xylophone')).toEqual([]);
    expect(await wiki.paths('xylophane')).toEqual([]);
    expect(JSON.stringify(await kept(wiki.id))).not.toContain('xylophon');
  });

  it('many small changes leave the same rows as writing the last state at once', async () => {
    const other = catalogue.newWiki();
    await wiki.write({ A: 'one two', B: 'two three', C: 'three' });
    await wiki.write({ A: 'two two four', D: 'five' });
    await wiki.remove('C', 'missing');
    await wiki.write({ C: '# six', B: 'two three' });
    await other.write({ A: 'two two four', B: 'two three', C: '# six', D: 'five' });

    expect(await kept(wiki.id)).toEqual(await kept(other.id));
  });

  it('counted anew it is as it was counted change by change, and goes on from there', async () => {
    const other = catalogue.newWiki();
    const { manager } = catalogue.database;
    const words = (path: string, body: string) => ({ path, title: path, aliases: [], headings: [], body });
    await wiki.write({ A: 'one', B: 'gone soon' });
    await wiki.remove('B');
    await catalogue.tables.replaceUncounted(manager, wiki.id, [words('A', 'one two'), words('C', 'two three')]);
    await catalogue.tables.recount(manager, wiki.id);
    await catalogue.database.transaction((own) => catalogue.tables.replace(own, wiki.id, [words('D', 'three four')]));
    await other.write({ A: 'one two', C: 'two three', D: 'three four' });

    expect(await kept(wiki.id)).toEqual(await kept(other.id));
    expect(await catalogue.tables.pages(manager, wiki.id)).toBe(3);
  });

  it('a write leaves what its words are found by for later, and tidying puts it in its place', async () => {
    const waiting = async () => {
      const [row] = await catalogue.database.query(`SELECT gin_clean_pending_list('keyword_pages_tsv')::int AS pages`);
      return row.pages;
    };
    await wiki.write({ A: 'apple' });
    expect(await waiting()).toBeGreaterThan(0);
    await wiki.write({ A: 'pear' });
    await catalogue.tables.tidy(catalogue.database);

    expect(await waiting()).toBe(0);
    expect((await wiki.find('pear')).total).toBe(1);
  });

  it('a cleared wiki has nothing left', async () => {
    await wiki.write({ A: 'apple' });
    await catalogue.tables.clear(catalogue.database.manager, wiki.id);

    expect(await kept(wiki.id)).toEqual({ words: [], totals: undefined });
    expect((await wiki.find('apple')).total).toBe(0);
  });

  it("another wiki's words are never found, counted or suggested", async () => {
    const other = catalogue.newWiki();
    await wiki.write({ Mine: 'apple' });
    await other.write({ Secret: 'zanzibar apple' });

    expect(await wiki.find('zanzibar')).toMatchObject({ total: 0, results: [] });
    expect(await wiki.paths('zanzibra')).toEqual([]);
    expect(await wiki.find('apple')).toMatchObject({ total: 1, results: [{ path: 'Mine' }] });
  });

  it('a token limited to paths sees the wiki as if nothing else were in it', async () => {
    const pages = { 'Open/A': 'apple pear', 'Open/B': 'apple', Openly: 'apple', Open: 'apple' };
    const alone = catalogue.newWiki();
    await alone.write({ 'Open/A': pages['Open/A'], 'Open/B': pages['Open/B'], Open: pages.Open });
    await wiki.write({ ...pages, 'Secret/C': 'apple pear zanzibar', 'Secret/D': 'pear' });

    for (const query of ['apple', 'pear', 'apple pear', 'zanzibar', 'zanzibra', 'zanz', '"apple pear"']) {
      const limited = await wiki.find(query, { paths: ['Open'] });
      const expected = await alone.find(query);
      expect(limited, query).toEqual(expected);
    }
    expect(await wiki.paths('apple', { paths: ['Open'], prefix: 'Secret' })).toEqual([]);
  });

  it('a word in the title counts more than any number of them in the text', async () => {
    await wiki.write({
      a: 'the quick brown fox',
      b: 'brown cow and a fox',
      c: 'fox '.repeat(7),
      fox: 'nothing',
      t: '---\ntitle: Red Fox\nsummary: hidden\n---\nbody',
    });

    const found = await wiki.paths('FOX');

    expect(found.slice(0, 3)).toEqual(['fox', 't', 'c']);
    expect(found.slice(3).sort()).toEqual(['a', 'b']);
    expect(await wiki.paths('hidden')).toEqual([]);
  });

  it.each([
    ['NUL and half characters', '\0a\0 \ud800 b \udfff'],
    ['one word of a megabyte', 'x'.repeat(1_000_000)],
    ['a joined word of a megabyte', 'x_'.repeat(500_000)],
    ['one word very often', 'spam '.repeat(200_000)],
    ['very many words', Array.from({ length: 120_000 }, (_, n) => `w${n.toString(36)}`).join(' ')],
    [
      'wide words',
      Array.from({ length: 9_000 }, (_, n) => String.fromCodePoint(0x10400 + (n % 40)).repeat(60) + n).join(' '),
    ],
    ['quotes and backslashes', `' '' \\ \\' :A 'a':1 a:1,2 \u{1F98A}`],
    ['a run of ideographs', '東京都'.repeat(100_000)],
    ['marks upon marks', `a${'\u0301'.repeat(100_000)} ﷽`],
  ])('a page of %s fails no transaction', async (_, text) => {
    await wiki.write({ Odd: `findable ${text}` });

    expect(await wiki.paths('findable')).toEqual(['Odd']);
    await wiki.remove('Odd');
    expect((await kept(wiki.id)).words).toEqual([]);
  });

  it('English is stemmed as PostgreSQL stems it', async () => {
    const words = (
      'running hypotheses sanctions relational happily national generally internationalization hopping hoping agreed ' +
      'dies gas kiwis knack consistency economies policies skies dying news proceed exceeding inning controlled ' +
      'controller yes sayings enjoyment fluently feudally knightly abilities usefulness hopefulness electricity ' +
      'electrical adjustable defensible irritant replacement adjustment dependent adoption communism activate ' +
      'angularity homologous effective bowdlerize probate rate cease controlling rolling conflated troubled sized ' +
      'succeed early idly singly apologize analogously vietnamization predication operator decisiveness formative'
    ).split(' ');
    const rows: { stem: string }[] = await catalogue.database.query(
      "SELECT coalesce((ts_lexize('english_stem', word))[1], word) AS stem FROM unnest($1::text[]) WITH ORDINALITY w (word, n) ORDER BY n",
      [words],
    );

    expect(words.map(englishStem)).toEqual(rows.map(({ stem }) => stem));
  });

  it('finds its way among 2,000 pages', async () => {
    const names = [
      'actor',
      'event',
      'trend',
      'oil',
      'border',
      'treaty',
      'market',
      'river',
      'signal',
      'archive',
      'harbour',
    ];
    const text = (page: number) =>
      Array.from({ length: 120 }, (_, n) => names[(page * 7 + n * n) % names.length] + ((page + n) % 50)).join(' ');
    const pages = Array.from({ length: 2_000 }, (_, page) => [`Pages/P ${page}`, `# Page ${page}\n\n${text(page)}`]);
    await wiki.write(Object.fromEntries(pages) as Record<string, string>);

    const started = performance.now();
    const found = await wiki.find('treaty12 border');
    const took = performance.now() - started;

    expect(await wiki.paths('Page 1234')).toSatisfy((paths: string[]) => paths[0] === 'Pages/P 1234');
    expect(found.total).toBeGreaterThan(0);
    expect(took).toBeLessThan(2_000);
  });
});

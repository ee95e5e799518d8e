import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeywordsCatalogue, type WikiOfTest } from './kit/keywords-catalogue.js';

const pages = {
  Fox: '---\ntitle: Red Fox\ncategory: actor\ntags: [Wild Animals]\n---\n\nA quick brown animal, called vulpes.\n',
  Cow: '# Cow\n\n## Food\n\nGrass, and nothing of the fox. Cows are running slowly.\n',
  'Actors/Iran': 'The Islamic Republic, its foreign policies and economies.\n',
  'Actors/Iran/Economy':
    '# Economy\n\nOil, sanctions; see foo_bar in v1.2.3 of 2026-01-02. Contact info@example.org.\n',
  'Ideas/Hypothesis':
    '---\naliases: [Conjecture]\n---\n# Hypothesis\n\nDon’t call Müller’s naïve café Straße a theory.\n',
  日本: '東京都は日本の首都です。\n',
  ภาษา: 'ประเทศไทยมีภาษาไทยเป็นภาษาราชการ\n',
  서울: '대한민국의 수도는 서울특별시이다. 위키에서 찾는다.\n',
  العربية: 'كَتَبَ الطالبُ رسالةً إلى المدرسة\n',
  Москва: 'Москва — столица России. Ёлки зелёные.\n',
  Ελλάδα: 'Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.\n',
  हिन्दी: 'भारत की राजधानी नई दिल्ली है।\n',
  Signs: 'A fox is 🦊 and a bear is 🐻.\n',
};

describe('what a search finds', () => {
  let catalogue: KeywordsCatalogue;
  let wiki: WikiOfTest;

  beforeAll(async () => {
    catalogue = await KeywordsCatalogue.open();
    wiki = catalogue.newWiki();
    await wiki.write(pages);
  });
  afterAll(() => catalogue?.database.destroy());

  it('the page called so comes first, with name, revision, snippet and section', async () => {
    const found = await wiki.find('fox');

    expect(found).toMatchObject({ mode: 'keyword', total: 3, behind: 0 });
    expect(found.results.map(({ path }) => path)).toEqual(['Fox', 'Signs', 'Cow']);
    expect(found.results[0]).toMatchObject({ name: 'Red Fox', revision: expect.stringMatching(/^[0-9a-f]{10}$/) });
    expect(found.results[2]).toMatchObject({ section: 'Food', sectionPath: 'Cow > Food' });
    expect(found.results[2]?.snippet).toContain('nothing of the fox');
    for (const { score } of found.results) expect(score > 0 && score <= 1).toBe(true);
  });

  it('a page with a setting as it is spelled comes before one that has its words in a heading', async () => {
    const settings = catalogue.newWiki();
    await settings.write({
      Command: '# Command\n\nWhere it works is told by APP_WORKSPACE; other settings come from a file.\n',
      Start: '# Start\n\n## The app workspace\n\nAn app workspace is a folder. Open the app workspace.\n',
    });

    const found = async (query: string) => (await settings.find(query)).results.map(({ path }) => path);

    expect(await found('APP_WORKSPACE')).toEqual(['Command', 'Start']);
    expect(await found('app-workspace')).toEqual(['Start', 'Command']);
  });

  it.each([
    ['run', 'Cow'],
    ['Runs', 'Cow'],
    ['running', 'Cow'],
    ['policy', 'Actors/Iran'],
    ['economy of the republic', 'Actors/Iran'],
    ['foo_bar', 'Actors/Iran/Economy'],
    ['FOO_BAR', 'Actors/Iran/Economy'],
    ['foo bar', 'Actors/Iran/Economy'],
    ['v1.2.3', 'Actors/Iran/Economy'],
    ['2026-01-02', 'Actors/Iran/Economy'],
    ['info@example.org', 'Actors/Iran/Economy'],
    ['conjecture', 'Ideas/Hypothesis'],
    ['muller', 'Ideas/Hypothesis'],
    ['Müller', 'Ideas/Hypothesis'],
    ['NAIVE CAFE', 'Ideas/Hypothesis'],
    ['strasse', 'Ideas/Hypothesis'],
    ["don't", 'Ideas/Hypothesis'],
    ['東京', '日本'],
    ['首都', '日本'],
    ['都', '日本'],
    ['東京都は日本の首都です', '日本'],
    ['ภาษาไทย', 'ภาษา'],
    ['서울', '서울'],
    ['위키', '서울'],
    ['كتب', 'العربية'],
    ['الطالب', 'العربية'],
    ['столица', 'Москва'],
    ['елки', 'Москва'],
    ['ΑΘΗΝΑ', 'Ελλάδα'],
    ['राजधानी', 'हिन्दी'],
    ['🐻', 'Signs'],
  ])('%s finds %s first', async (query, path) => {
    const found = await wiki.paths(query);

    expect(found[0]).toBe(path);
  });

  it.each([
    ['hypothesys', 'Ideas/Hypothesis'],
    ['hipothesis', 'Ideas/Hypothesis'],
    ['Irna', 'Actors/Iran'],
    ['sanctoins', 'Actors/Iran/Economy'],
    ['стоилца', 'Москва'],
  ])('the mistyped %s finds %s', async (query, path) => {
    expect(await wiki.paths(query)).toContain(path);
  });

  it('the last word may be unfinished, unless a blank ends it', async () => {
    expect(await wiki.paths('repub')).toEqual(['Actors/Iran']);
    expect(await wiki.paths('oil sanc')).toContain('Actors/Iran/Economy');
    expect(await wiki.paths('sanc ')).toEqual([]);
  });

  it('a phrase is found as it stands, and nothing else', async () => {
    expect(await wiki.paths('"quick brown"')).toEqual(['Fox']);
    expect(await wiki.paths('"brown quick"')).toEqual([]);
    expect(await wiki.paths('"the fox" cows')).toEqual(['Cow']);
    expect(await wiki.paths('“nothing of the fox”')).toEqual(['Cow']);
    expect(await wiki.paths('"東京都"')).toEqual(['日本']);
    expect(await wiki.paths('"conjecture ideas"')).toEqual([]);
  });

  it('what is excluded is not found', async () => {
    expect(await wiki.paths('fox -grass')).toEqual(['Fox', 'Signs']);
    expect(await wiki.paths('fox -"of the fox" -bear')).toEqual(['Fox']);
    await expect(wiki.find('-fox')).rejects.toMatchObject({ code: 'query-empty' });
  });

  it('prefix, category and tag narrow it', async () => {
    expect(await wiki.paths('iran', { prefix: 'Actors/Iran/' })).toEqual(['Actors/Iran/Economy']);
    expect(await wiki.paths('fox', { category: 'Actor' })).toEqual(['Fox']);
    expect(await wiki.paths('fox', { tag: 'wild-animals' })).toEqual(['Fox']);
    expect(await wiki.paths('fox', { tag: 'tame' })).toEqual([]);
    expect(await wiki.paths('fox', { prefix: 'a\0', category: '\0', tag: '\0' })).toEqual([]);
  });

  it('asked for meaning, it says that words answered', async () => {
    const found = await wiki.find('fox', { mode: 'semantic' });

    expect(found).toMatchObject({ mode: 'keyword', reason: expect.any(String) });
    expect(await wiki.find('fox', { mode: 'keyword' })).not.toHaveProperty('reason');
  });

  it.each(
    [
      [
        "'; drop table pages; --",
        '(a+)+$',
        '\\',
        '"unclosed',
        '-',
        '%',
        '<b>',
        '\u202e',
        '🦊',
        ':*',
        '!()&|',
        "''",
        '\0',
      ],
      [
        'a:*',
        'fox & !cow',
        'fox <-> cow',
        '\ud800',
        'x\\',
        "\\'",
        '"\'"',
        '- -- ---',
        'fox\u202e',
        '_',
        '...',
        '﷽',
        '½',
      ],
    ].flat(),
  )('%j is only words', async (query) => {
    const answer = await wiki.find(query).catch((error: unknown) => error);

    expect(answer).toSatisfy(
      (it: { code?: string; total?: number }) => it.code === 'query-empty' || it.total !== undefined,
    );
  });

  it('a query is limited in length, not in words', async () => {
    await expect(wiki.find('x'.repeat(10_001))).rejects.toMatchObject({ code: 'query-too-long' });
    await expect(wiki.find('   ')).rejects.toMatchObject({ code: 'query-empty' });
    expect((await wiki.find('fox '.repeat(2_500))).total).toBe(3);
    expect(
      (
        await wiki.find(
          Array.from({ length: 3_000 }, (_, n) => `w${n % 900}`)
            .join(' ')
            .slice(0, 10_000),
        )
      ).total,
    ).toBe(0);
  });

  it('pages come in parts, with the whole total', async () => {
    const [first, second, beyond] = [
      await wiki.find('fox', { limit: 2 }),
      await wiki.find('fox', { limit: 2, offset: 2 }),
      await wiki.find('fox', { offset: 50 }),
    ];

    expect([first, second, beyond].map(({ total, results }) => [total, results.length])).toEqual([
      [3, 2],
      [3, 1],
      [3, 0],
    ]);
  });
});

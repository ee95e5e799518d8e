import { setTimeout } from 'node:timers/promises';
import { Search, type SearchQuery } from '@lib/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeywordIndex } from '../src/keyword-index.js';
import { PastWikis } from '../src/past-wikis.js';
import { alice, aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

const bob = '00000000-0000-4000-8000-000000000b0b';
const ids: Record<string, string> = { alice, bob };
const people = { find: async (name: string) => (ids[name] === undefined ? null : { id: ids[name] }) };

describe('a wiki searched as it was', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;
  let search: Search;
  let commits: string[];
  let between: string;

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    search = new Search({
      index: new KeywordIndex({ ...room, people }),
      meaning: null,
      past: new PastWikis({ ...room, people }),
    });
    const first = await wiki.commit({
      'Animals/Fox.md': '---\ncategory: actor\ntags: [wild]\n---\n\n# Fox\n\nThe xylophone was quick and brown.\n',
      'Animals/Cow.md': '# Cow\n\nGrass and milk, a quick meal.\n',
      'Gone.md': '# Gone\n\nA marimba, soon removed.\n',
      'Same.md': 'Always the same glockenspiel.\n',
      'Back.md': 'Comes back to its glockenspiel.\n',
    });
    await setTimeout(1_100);
    between = new Date().toISOString();
    await setTimeout(1_100);
    const byBob = { actor: bob, door: 'mcp', agent: null };
    const second = await wiki.commit(
      {
        'Animals/Fox.md': '---\ncategory: idea\ntags: [tame]\n---\n\n# Fox\n\nNow it is slow and red.\n',
        'Gone.md': null,
        'Animals/Cow.md': null,
        'Barn/Cow.md': '# Cow\n\nGrass and milk, a quick meal.\n',
        'Back.md': 'Something else.\n',
        'New.md': 'A new xylophone.\n',
      },
      'By bob',
      byBob,
    );
    const third = await wiki.commit({ 'Back.md': 'Comes back to its glockenspiel.\n' }, 'Back', byBob);
    commits = [first, second, third];
  });
  afterAll(() => room?.close());

  const find = (query: string, at: string | undefined, more: Partial<SearchQuery> & { paths?: string[] } = {}) => {
    const { paths = null, ...rest } = more;
    return search.find(wiki.as('search.use', { paths }), { query, mode: 'keyword', at, ...rest });
  };
  const paths = async (...asked: Parameters<typeof find>) => (await find(...asked)).results.map(({ path }) => path);
  const first = () => commits[0] ?? '';

  it('has the words that stood there then, and not those of today', async () => {
    const found = await find('xylophone', first());

    expect(found).toMatchObject({ total: 1, at: first(), behind: 0 });
    expect(found.results[0]).toMatchObject({ path: 'Animals/Fox', name: 'Fox', revision: first(), section: 'Fox' });
    expect(found.results[0]?.snippet).toContain('The xylophone was quick and brown.');
    expect(await paths('xylophone', undefined)).toEqual(['New']);
    expect(await paths('red', first())).toEqual([]);
    expect(await find('fox', undefined)).not.toHaveProperty('at');
  });

  it('has pages that were removed or moved since, and none that came since', async () => {
    expect(await paths('marimba', first())).toEqual(['Gone']);
    expect(await paths('marimba', undefined)).toEqual([]);
    expect(await paths('milk', first())).toEqual(['Animals/Cow']);
    expect(await paths('milk', commits[1])).toEqual(['Barn/Cow']);
    expect(await paths('new', first())).toEqual([]);
  });

  it('takes a query as the present does: phrases, words left out, beginnings and slips', async () => {
    expect(await paths('"quick and brown"', first())).toEqual(['Animals/Fox']);
    expect(await paths('"brown and quick"', first())).toEqual([]);
    expect((await paths('quick', first())).sort()).toEqual(['Animals/Cow', 'Animals/Fox']);
    expect(await paths('quick -brown', first())).toEqual(['Animals/Cow']);
    expect(await paths('marim', first())).toEqual(['Gone']);
    expect(await paths('marmiba ', first())).toEqual(['Gone']);
    expect(await paths('xylophane ', first())).toEqual(['Animals/Fox']);
  });

  it('ranks as it ranked then', async () => {
    const other = await room.newWiki();
    await other.commit({
      'Animals/Fox.md': '---\ncategory: actor\ntags: [wild]\n---\n\n# Fox\n\nThe xylophone was quick and brown.\n',
      'Animals/Cow.md': '# Cow\n\nGrass and milk, a quick meal.\n',
      'Gone.md': '# Gone\n\nA marimba, soon removed.\n',
      'Same.md': 'Always the same glockenspiel.\n',
      'Back.md': 'Comes back to its glockenspiel.\n',
    });
    for (const query of ['quick', 'glockenspiel same', 'fox', 'removed milk brown']) {
      const then = await search.find(other.as('search.use'), { query, mode: 'keyword' });
      const shown = (found: typeof then) => found.results.map(({ path, score, snippet }) => ({ path, score, snippet }));
      expect(shown(await find(query, first()))).toEqual(shown(then));
    }
  });

  it('knows of every page the change that was its last one then', async () => {
    const { results } = await find('glockenspiel', first());

    expect(results.map(({ path, revision }) => [path, revision]).sort()).toEqual([
      ['Back', first()],
      ['Same', first()],
    ]);
    expect((await find('glockenspiel', commits[2])).results.find(({ path }) => path === 'Back')?.revision).toBe(
      commits[2],
    );
  });

  it('is narrowed by what pages said then', async () => {
    expect(await paths('fox', first(), { category: 'Actor' })).toEqual(['Animals/Fox']);
    expect(await paths('fox', first(), { category: 'idea' })).toEqual([]);
    expect(await paths('fox', first(), { tag: 'wild' })).toEqual(['Animals/Fox']);
    expect(await paths('fox', first(), { tag: 'tame' })).toEqual([]);
    expect(await paths('quick', first(), { prefix: 'Animals/C' })).toEqual(['Animals/Cow']);
    expect((await paths('glockenspiel', first(), { author: 'alice' })).sort()).toEqual(['Back', 'Same']);
    expect(await paths('glockenspiel', first(), { author: 'bob' })).toEqual([]);
    expect(await paths('glockenspiel', undefined, { author: 'bob' })).toEqual(['Back']);
    expect(await paths('fox', first(), { until: between, since: '2020-01-01' })).toEqual(['Animals/Fox']);
    expect(await paths('fox', first(), { since: between })).toEqual([]);
  });

  it('is named by part of a revision, or by a date', async () => {
    expect(await find('xylophone', first().slice(0, 7).toUpperCase())).toMatchObject({ at: first() });
    expect(await find('xylophone', between)).toMatchObject({ at: first() });
    expect(await find('xylophone', between.slice(0, 19))).toMatchObject({ at: first() });
    expect(await find('xylophone', new Date().toISOString().slice(0, 10))).toMatchObject({ at: commits[2] });
    expect(await find('xylophone', '2999-01-01')).toMatchObject({ at: commits[2], total: 1 });
    expect(await find('xylophone', '2001-01-01')).toMatchObject({ at: null, total: 0, results: [] });
  });

  it.each([
    ['abcdef0123', 'revision-not-found'],
    ['abcdef', 'revision-not-valid'],
    ['last week', 'revision-not-valid'],
    ['', 'revision-not-valid'],
    ['2026-13-01', 'bad-date'],
  ])('refuses %j with %s', async (at, code) => {
    await expect(find('fox', at)).rejects.toMatchObject({ code });
  });

  it('shows a narrow token nothing beyond its paths', async () => {
    const narrow = { paths: ['Animals'] };

    expect(await paths('xylophone', first(), narrow)).toEqual(['Animals/Fox']);
    expect(await find('marimba', first(), narrow)).toMatchObject({ total: 0, results: [] });
    expect(await paths('marmiba ', first(), narrow)).toEqual([]);
    expect(await paths('milk', first(), { paths: ['Barn'] })).toEqual([]);
    expect(await paths('milk', commits[1], { paths: ['Barn'] })).toEqual(['Barn/Cow']);
  });

  it('goes only so far back that the pages that changed since can all be read', async () => {
    const near = new PastWikis({ ...room, people, mostPages: 5 });

    await expect(near.at(wiki.as('search.use'), first())).rejects.toMatchObject({ code: 'too-far-back' });
    expect(await near.at(wiki.as('search.use'), commits[1] ?? '')).toMatchObject({ commit: commits[1] });
    expect(await near.at(wiki.as('search.use', { paths: ['Animals'] }), first())).toMatchObject({ commit: first() });
  });

  it('reads what was tidied away again', async () => {
    await room.database.query('DELETE FROM keyword_versions');

    expect(await paths('marimba', first())).toEqual(['Gone']);
  });

  it('stays as it was while the wiki goes on', async () => {
    const answers = Array.from({ length: 10 }, () => find('always', first()));
    await wiki.commit({ 'Same.md': 'No more of it.\n' });

    for (const { results } of await Promise.all(answers))
      expect(results.map(({ path, snippet }) => [path, snippet])).toEqual([['Same', 'Always the same glockenspiel.']]);
    expect(await paths('always', undefined)).toEqual([]);
    expect(await paths('always', commits[2])).toEqual(['Same']);
  });

  it('is forgotten with its wiki', async () => {
    await room.catalogue.forget(wiki.id);

    expect(await room.database.query('SELECT 1 FROM keyword_versions WHERE wiki = $1', [wiki.id])).toEqual([]);
  });
});

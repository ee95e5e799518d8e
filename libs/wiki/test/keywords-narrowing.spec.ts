import { Search, type SearchQuery } from '@lib/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeywordIndex } from '../src/keyword-index.js';
import { MeaningPages } from '../src/meaning-pages.js';
import { alice, aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

const bob = '00000000-0000-4000-8000-000000000b0b';
const ids: Record<string, string> = { alice, bob };
const people = { find: async (name: string) => (ids[name] === undefined ? null : { id: ids[name] }) };

describe('the pages that a search looks among', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;
  let pages: MeaningPages;
  let index: KeywordIndex;

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    pages = new MeaningPages({ ...room, people });
    index = new KeywordIndex({ ...room, people });
    const text = (more: string) => `---\n${more}\n---\n\nA fox.\n`;
    await wiki.commit({ 'Told/A.md': text('category: actor'), 'Told/B.md': text('tags: [wild]') });
    await wiki.commit({ 'Told/B.md': text('tags: [tame]') }, 'By bob', { actor: bob, door: 'mcp', agent: null });
    wiki.commitInWork({ 'Pushed.md': 'A fox.\n' });
    wiki.work('commit', '-q', '--amend', '--no-edit', '--date=2020-01-02T03:04:05Z');
    await wiki.push();
    await wiki.commit({ 'Old.md': 'A fox.\n' }, 'Imported', { actor: alice, door: 'import', agent: null });
  });
  afterAll(() => room?.close());

  const byWords = async (among: Partial<SearchQuery>, paths: string[] | null = null) => {
    const search = new Search({ index, meaning: null, past: { at: async () => null } });
    const { results } = await search.find(wiki.as('search.use', { paths }), {
      query: 'fox',
      mode: 'keyword',
      ...among,
    });
    return results.map(({ path }) => path).sort();
  };
  const byMeaning = async (among: Partial<SearchQuery>, paths: string[] | null = null) =>
    [...((await pages.among(wiki.as('search.use', { paths }), among)) ?? [])].sort();

  it.each([
    [{ author: 'alice' }, ['Pushed', 'Told/A']],
    [{ author: 'bob' }, ['Told/B']],
    [{ author: 'nobody' }, []],
    [{ author: 'a\0' }, []],
    [{ category: 'Actor' }, ['Told/A']],
    [{ tag: 'Tame' }, ['Told/B']],
    [{ tag: 'wild' }, []],
    [{ since: '2020-01-03' }, ['Old', 'Told/A', 'Told/B']],
    [{ until: '2020-01-02' }, ['Pushed']],
    [{ since: '2020-01-02T03:04:05Z', until: '2020-01-02T03:04:05' }, ['Pushed']],
    [{ until: '2020-01-02T04:04:04+01:00' }, []],
    [{ author: 'alice', prefix: 'Told/', since: '2020-01-03' }, ['Told/A']],
  ])('%j are %j, by words and by meaning', async (among, expected) => {
    expect(await byWords(among)).toEqual(expected);
    expect(await byMeaning(among)).toEqual(expected);
  });

  it('are none that a narrow token does not reach', async () => {
    expect(await byWords({ author: 'alice' }, ['Told'])).toEqual(['Told/A']);
    expect(await byMeaning({ author: 'alice' }, ['Told'])).toEqual(['Told/A']);
  });

  it.each(['', 'yesterday', '2026-13-01', '2026-1-2'])('%j is no date', async (since) => {
    await expect(byWords({ since })).rejects.toMatchObject({ code: 'bad-date' });
    await expect(byWords({ until: since })).rejects.toMatchObject({ code: 'bad-date' });
  });
});

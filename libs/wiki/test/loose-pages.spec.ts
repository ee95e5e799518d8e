import { randomUUID } from 'node:crypto';
import { Search } from '@lib/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAccess, aWikiRef } from '../../acl/src/testing/an-access.js';
import { LoosePages, type LooseText } from '../src/loose-pages.js';
import { PagesBeside } from '../src/pages-beside.js';
import { MeaningPages } from '../src/meaning-pages.js';
import { aReadingRoom } from './kit/a-reading-room.js';

const people = { find: async () => null };
const book: LooseText[] = [
  { path: 'operating', text: '# Operating\n\n## Back up\n\nCopy the xylophone and the database together.\n' },
  { path: 'search', text: '# Search\n\nWords are looked for, and xylophones as well.\n' },
  { path: 'moving/obsidian', text: '# Moving from Obsidian\n\nPack the vault.\n' },
];

describe('pages that lie in no wiki', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  const loosePages = (texts: readonly LooseText[], wiki: string = randomUUID()) => {
    const pages = new LoosePages({ database: room.database, people, wiki, texts: () => texts });
    const access = anAccess('search.use', { wiki: aWikiRef({ id: wiki }) });
    const search = new Search({ index: pages.words, meaning: null, past: pages.past });
    const find = (query: string) => search.find(access, { query, mode: 'keyword' });
    return { pages, access, find, paths: async (query: string) => (await find(query)).results.map(({ path }) => path) };
  };

  it('are found by their words, as those of wikis are', async () => {
    const { find, paths } = loosePages(book);
    const wiki = await room.newWiki();
    await wiki.commit({ 'Other.md': 'A xylophone of somebody.\n' });

    const found = await find('xylophone database');

    expect(found).toMatchObject({ behind: 0, total: 2 });
    expect(found.results[0]).toMatchObject({ path: 'operating', section: 'Back up', revision: null });
    expect(found.results[0]?.snippet).toContain('Copy the xylophone and the database');
    expect(await paths('"the vault"')).toEqual(['moving/obsidian']);
    expect(await paths('xylophone -database')).toEqual(['search']);
    expect((await paths('moving from obsidian'))[0]).toBe('moving/obsidian');
    // Mistyped, and begun.
    expect(await paths('databsae')).toEqual(['operating']);
    expect(await paths('vau')).toEqual(['moving/obsidian']);
    expect(await paths('somebody')).toEqual([]);
  });

  it('are found as they are now, and again when what was read of them is lost', async () => {
    const before = loosePages(book);
    expect(await before.paths('vault')).toEqual(['moving/obsidian']);

    const changed = book.map((page) => ({ ...page, text: page.text.replace('vault', 'suitcase') }));
    const after = loosePages(changed, before.pages.wiki);
    expect(await after.paths('vault')).toEqual([]);
    expect(await after.paths('suitcase')).toEqual(['moving/obsidian']);
    expect(await after.pages.position()).not.toBe(await before.pages.position());

    await room.database.query('TRUNCATE keyword_versions');
    expect(await after.paths('suitcase')).toEqual(['moving/obsidian']);
  });

  it('are read for their meaning beside the pages of wikis', async () => {
    const { pages, access } = loosePages(book);
    const wiki = await room.newWiki();
    await wiki.commit({ 'Other.md': 'Text.\n' });
    const ofWikis = new MeaningPages({ ...room, people });
    const beside = new PagesBeside(ofWikis, pages);

    const { commit, pages: all } = await beside.all(pages.wiki);
    expect(all.map(({ path }) => path)).toEqual(['operating', 'search', 'moving/obsidian']);
    expect([await beside.position(pages.wiki), await beside.sequence(pages.wiki, commit ?? '')]).toEqual([commit, 1]);
    expect(await beside.sequence(pages.wiki, 'another')).toBeNull();
    const [first = { path: '', blob: '' }] = all;
    expect(await beside.content(pages.wiki, first)).toMatchObject({
      page: { title: 'operating', headings: [{ text: 'Operating' }, { text: 'Back up' }] },
    });
    expect(await beside.among(access, {})).toBeNull();
    expect(await beside.reached(access, ['search', 'gone'])).toMatchObject([{ path: 'search', name: 'search' }]);
    expect((await beside.all(wiki.id)).pages.map(({ path }) => path)).toEqual(['Other']);
  });
});

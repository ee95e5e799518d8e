import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkMap, LinkMapFilter } from '../src/link-map.js';
import { aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

describe('the map of links', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    await wiki.commit({
      'Hub.md': '[[A/One]] [[A/Two]] [[Hub]] [[Wanted]] [[Secret/Plan]]\n',
      'A/One.md': '---\ntitle: Number one\ncategory: event\ntags: [x]\n---\n\n[[Hub]] [[A/Two]]\n',
      'A/Two.md': '---\ntags: [X]\n---\n\n[[Hub]] [[Hub]] [[Far]]\n',
      'Far.md': '[[Farther]]\n',
      'Farther.md': 'Text.\n',
      'Alone.md': 'Text.\n',
      'Secret/Plan.md': '[[Hub]] [[Hidden wish]]\n',
    });
  });
  afterAll(() => room?.close());

  const map = (filter: LinkMapFilter = {}, paths: string[] | null = null) =>
    room.pages.linkMap(wiki.as('page.read', { paths }), filter);
  const paths = ({ pages }: LinkMap) => pages.map(({ path }) => path).sort();
  const links = ({ pages, links }: LinkMap) =>
    links.map(([from, to]) => `${pages[from]?.path} > ${pages[to]?.path}`).sort();

  it('has every page and every page that is wanted, the most linked first, and each link once', async () => {
    const whole = await map();

    expect(whole.pages.slice(0, 2)).toEqual([
      { path: 'Hub', name: 'Hub', category: null, linkedFrom: 3, isMissing: false },
      { path: 'A/Two', name: 'A/Two'.slice(2), category: null, linkedFrom: 2, isMissing: false },
    ]);
    expect(whole.pages).toContainEqual({
      ...{ path: 'A/One', name: 'Number one', category: 'event', linkedFrom: 1, isMissing: false },
    });
    expect(whole.pages.filter(({ isMissing }) => isMissing).map(({ path }) => path)).toEqual(['Hidden wish', 'Wanted']);
    expect(links(whole)).toEqual([
      'A/One > A/Two',
      'A/One > Hub',
      'A/Two > Far',
      'A/Two > Hub',
      'Far > Farther',
      'Hub > A/One',
      'Hub > A/Two',
      'Hub > Secret/Plan',
      'Hub > Wanted',
      'Secret/Plan > Hidden wish',
      'Secret/Plan > Hub',
    ]);
    expect([whole.total, whole.isCut]).toEqual([7, false]);
  });

  it.each([
    [{ prefix: 'A/' }, ['A/One', 'A/Two']],
    [{ tag: 'x' }, ['A/One', 'A/Two']],
    [{ category: 'Event' }, ['A/One']],
    [{ prefix: 'nowhere' }, []],
    [{ tag: 'a\0' }, []],
  ])('is narrowed by %j to %j', async (filter, expected) => {
    expect(paths(await map(filter))).toEqual(expected);
  });

  it.each([
    [1, ['A/Two', 'Far', 'Farther']],
    [2, ['A/One', 'A/Two', 'Far', 'Farther', 'Hub']],
    [99, ['A/One', 'A/Two', 'Far', 'Farther', 'Hub', 'Secret/Plan', 'Wanted']],
  ])('goes %i links from a page, in either direction', async (depth, expected) => {
    expect(paths(await map({ around: 'Far', depth }))).toEqual(expected);
  });

  it('is of a page that is wanted, too, and of one that nobody knows', async () => {
    expect(paths(await map({ around: 'Wanted' }))).toEqual(['Hub', 'Wanted']);
    expect(paths(await map({ around: 'Never heard of' }))).toEqual([]);
  });

  it('has the most linked pages when there are too many, and says so', async () => {
    const few = await map({ limit: 2 });

    expect(few.pages.filter(({ isMissing }) => !isMissing).map(({ path }) => path)).toEqual(['Hub', 'A/Two']);
    expect([few.total, few.isCut]).toEqual([7, true]);
  });

  it('has nothing that a narrow token does not reach: no page, no link, no wish, no count', async () => {
    const narrow = await map({}, ['A', 'Hub']);

    expect(paths(narrow)).toEqual(['A/One', 'A/Two', 'Hub']);
    expect(narrow.pages.find(({ path }) => path === 'Hub')?.linkedFrom).toBe(2);
    expect(narrow.total).toBe(3);
    await expect(map({ around: 'Secret/Plan' }, ['A'])).rejects.toMatchObject({ code: 'path-outside-token' });
  });

  it('names pages that there are and are reached, in the order in which they were asked for', async () => {
    const named = async (asked: string[], reach: string[] | null = null) =>
      (await room.pages.named(wiki.as('page.read', { paths: reach }), asked)).map(({ name }) => name);

    expect(await named(['Hub', 'Gone', 'A/One', 'a\0'])).toEqual(['Hub', 'Number one']);
    expect(await named(['Hub', 'A/One'], ['A'])).toEqual(['Number one']);
    expect(await named([])).toEqual([]);
  });

  it('counts the pages of folders at any depth', async () => {
    await wiki.commit({ 'A/B/C/Deep.md': 'Text.\n' });
    expect(await room.pages.folders(wiki.as('page.read'))).toEqual([
      { name: 'A', pages: 3 },
      { name: 'A/B', pages: 1 },
      { name: 'A/B/C', pages: 1 },
      { name: 'Secret', pages: 1 },
    ]);
  });
});

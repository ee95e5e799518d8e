import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

const fox =
  '---\ntitle: Red Fox\ncategory: Actor\nzeta: 1\ntags: [wild, Old World]\n---\n\n# Fox\n\n## Food\n\n[[Cow]] and [[Nowhere]].\n\n## Home\n\n[[Cow]] again, [[Animals/Fox]].\n';

describe('reading and listing pages', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;
  let first: string;
  let tip: string;

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    first = await wiki.commit({ 'Animals/Fox.md': fox, 'Cow.md': '# A cow\n\n[[animals/fox]]\n' }, 'Begin');
    await wiki.commit({ 'Animals/Bear.md': '---\ncategory: event\ntags: WILD\n---\n', 'Animalia.md': 'x\n' });
    tip = await wiki.commit({ 'Secret/Plan.md': '[[Cow]]\n', 'Cow.md': 'No links.\n' }, 'Later');
  });
  afterAll(() => room?.close());

  const read = (asked: { path: string; revision?: string; section?: string }, paths: string[] | null = null) =>
    room.pages.read(wiki.as('page.read', { paths }), asked);
  const list = async (filter: Parameters<typeof room.pages.list>[1], paths: string[] | null = null) =>
    (await room.pages.list(wiki.as('page.read', { paths }), filter)).pages.map(({ path }) => path);

  it('a page comes with everything that is known of it', async () => {
    expect(await read({ path: 'Animals/Fox' })).toEqual({
      name: 'Red Fox',
      path: 'Animals/Fox',
      content: fox,
      frontmatter: { title: 'Red Fox', category: 'Actor', zeta: 1, tags: ['wild', 'Old World'] },
      linksTo: ['Animals/Fox', 'Cow', 'Nowhere'],
      linkedFrom: ['Animals/Fox'],
      revision: first,
      lastCommit: expect.objectContaining({
        revision: first,
        author: { name: 'Alice', username: 'alice' },
        door: 'rest',
        message: 'Begin',
      }),
      commit: tip,
      words: 12,
      isHistoric: false,
    });
    expect((await read({ path: 'Cow' })).name).toBe('Cow');
  });

  it('a section is read by its heading, and named in full', async () => {
    expect(await read({ path: 'Animals/Fox', section: 'food' })).toMatchObject({
      section: 'Fox > Food',
      content: '## Food\n\n[[Cow]] and [[Nowhere]].\n\n',
    });
    await expect(read({ path: 'Animals/Fox', section: 'drink' })).rejects.toMatchObject({ code: 'section-not-found' });
  });

  it('an old revision is read by any beginning of its name', async () => {
    const old = await read({ path: 'Cow', revision: first.slice(0, 7) });
    const same = await read({ path: 'Animals/Fox', revision: tip });

    expect(old).toMatchObject({ isHistoric: true, revision: first, commit: first, linksTo: ['Animals/Fox'] });
    expect(same).toMatchObject({ isHistoric: false, revision: first, commit: tip });
  });

  it.each(['abc', '', 'main', 'HEAD~1', '--output=/tmp/x', 'zzzzzzzz', `${'0'.repeat(41)}`])(
    '%j is no revision',
    async (revision) => {
      await expect(read({ path: 'Cow', revision })).rejects.toMatchObject({
        code: 'revision-not-valid',
        message: expect.stringContaining('at least 7'),
      });
    },
  );

  it('what is not there is not found', async () => {
    await expect(read({ path: 'Cow', revision: '0'.repeat(40) })).rejects.toMatchObject({ code: 'revision-not-found' });
    await expect(read({ path: 'Dog' })).rejects.toMatchObject({ code: 'page-not-found' });
    await expect(read({ path: 'Secret/Plan', revision: first })).rejects.toMatchObject({ code: 'page-not-found' });
    await expect(read({ path: '../Cow' })).rejects.toMatchObject({ code: 'path-not-allowed' });
  });

  it("a commit that main does not lead to is nobody's to see", async () => {
    const tree = wiki.git('rev-parse', 'main^{tree}').trim();
    const stray = wiki.git('commit-tree', '-m', 'Stray', tree).trim();

    await expect(read({ path: 'Cow', revision: stray })).rejects.toMatchObject({ code: 'revision-not-found' });
  });

  it('a page that was renamed is found at the revision it had another name', async () => {
    const made = await wiki.commit({ 'Before.md': 'some text\n' });
    await wiki.commit({ 'Before.md': null, 'After.md': 'some text\n' });

    expect(await read({ path: 'After', revision: made })).toMatchObject({ path: 'Before', content: 'some text\n' });
    await wiki.commit({ 'After.md': null });
  });

  it('what is read again knows what happened meanwhile, and shows nobody more than they may see', async () => {
    const other = await room.newWiki();
    await other.commit({ 'Cow.md': 'x\n', 'Near/Fox.md': '[[Cow|Bear]]\n', 'Far/Plan.md': '[[Cow]]\n' });
    const readAs = (path: string, paths: string[] | null = null) =>
      room.pages.read(other.as('page.read', { paths }), { path });

    expect((await readAs('Cow')).linkedFrom).toEqual(['Far/Plan', 'Near/Fox']);
    expect((await readAs('Cow', ['Cow', 'Near'])).linkedFrom).toEqual(['Near/Fox']);
    expect(await readAs('Cow')).toBe(await readAs('Cow'));
    expect((await readAs('Near/Fox')).linksTo).toEqual(['Cow']);

    await room.settings.set(other.id, { linkOrder: 'label-first' });
    expect((await readAs('Near/Fox')).linksTo).toEqual(['Bear']);
    await other.commit({ 'New.md': '[[Cow]]\n' });
    expect((await readAs('Cow')).linkedFrom).toEqual(['Far/Plan', 'New']);
  });

  it('filters hold together, and case does not count', async () => {
    expect(await list({})).toEqual(['Animalia', 'Animals/Bear', 'Animals/Fox', 'Cow', 'Secret/Plan']);
    expect(await list({ prefix: 'Animal' })).toEqual(['Animalia', 'Animals/Bear', 'Animals/Fox']);
    expect(await list({ prefix: 'Animals/', tag: 'Wild' })).toEqual(['Animals/Bear', 'Animals/Fox']);
    expect(await list({ category: 'ACTOR' })).toEqual(['Animals/Fox']);
    expect(await list({ tag: 'old_world', category: 'event' })).toEqual([]);
    expect(await list({ prefix: '%' })).toEqual([]);
    expect(await list({ prefix: 'a\0\ud800' })).toEqual([]);
  });

  it.each(['path', 'oldest', 'newest'] as const)('in the order %s, parts are the whole', async (order) => {
    const access = wiki.as('page.read');
    const whole = await room.pages.list(access, { order });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const part = await room.pages.list(access, { order, limit: 2, cursor });
      seen.push(...part.pages.map(({ path }) => path));
      expect(part.total).toBe(5);
      cursor = part.next ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual(whole.pages.map(({ path }) => path));
    expect(whole).toMatchObject({ next: null, behind: 0, total: 5 });
  });

  it('a cursor of another list, or of nobody, is refused', async () => {
    const access = wiki.as('page.read');
    const { next } = await room.pages.list(access, { limit: 1 });
    const forged = Buffer.from(JSON.stringify(['pages newest', "now'", 'x'])).toString('base64url');

    for (const filter of [
      { order: 'newest' as const, cursor: next ?? '' },
      { cursor: 'rubbish' },
      { cursor: '' },
      { order: 'newest' as const, cursor: forged },
    ]) {
      await expect(room.pages.list(access, filter)).rejects.toMatchObject({ code: 'bad-cursor' });
    }
  });

  it('a list is narrowed by dates, which are UTC unless they say otherwise', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);

    expect(await list({ updatedSince: tomorrow })).toEqual([]);
    expect(await list({ updatedBefore: tomorrow })).toHaveLength(5);
    expect(await list({ updatedSince: '2020-01-01T00:00:00' })).toHaveLength(5);
    for (const date of [new Date('yesterday'), 'yesterday', '2026-13-01', '2026-01-01 or so']) {
      await expect(list({ updatedSince: date })).rejects.toMatchObject({ code: 'bad-date' });
    }
  });

  it('links go both ways, also of pages that are only wanted', async () => {
    const access = wiki.as('page.read');

    expect(await room.pages.links(access, 'Cow')).toEqual({ linksTo: [], linkedFrom: ['Animals/Fox', 'Secret/Plan'] });
    expect(await room.pages.links(access, 'Nowhere')).toEqual({ linksTo: [], linkedFrom: ['Animals/Fox'] });
    expect(await room.pages.links(access, 'Unheard')).toEqual({ linksTo: [], linkedFrom: [] });
    expect(await room.pages.graph(access)).toEqual({
      nodes: ['Animalia', 'Animals/Bear', 'Animals/Fox', 'Cow', 'Nowhere', 'Secret/Plan'],
      edges: [
        { source: 'Animals/Fox', target: 'Animals/Fox' },
        { source: 'Animals/Fox', target: 'Cow' },
        { source: 'Animals/Fox', target: 'Nowhere' },
        { source: 'Secret/Plan', target: 'Cow' },
      ],
    });
  });

  it('a token that is limited to paths learns nothing of the others', async () => {
    const paths = ['Animals'];
    const access = wiki.as('page.read', { paths });

    expect(await list({}, paths)).toEqual(['Animals/Bear', 'Animals/Fox']);
    expect((await room.pages.list(access, {})).total).toBe(2);
    expect(await read({ path: 'Animals/Fox' }, paths)).toMatchObject({ linksTo: ['Animals/Fox'] });
    expect((await read({ path: 'Cow' }, ['Cow'])).linkedFrom).toEqual([]);
    expect(await room.pages.graph(access)).toMatchObject({ nodes: ['Animals/Bear', 'Animals/Fox'] });
    expect(await room.pages.paths(access, '', 10)).toEqual(['Animals/Bear', 'Animals/Fox']);
    expect((await room.pages.categories(access)).filter(({ pages }) => pages > 0)).toHaveLength(2);
    await expect(read({ path: 'Cow' }, paths)).rejects.toMatchObject({ code: 'path-outside-token' });
    await expect(room.pages.links(access, 'Cow')).rejects.toMatchObject({ code: 'path-outside-token' });
  });

  it('labels are counted, in whatever case they were written', async () => {
    const access = wiki.as('page.read');
    await room.settings.set(wiki.id, { categories: ['actor', 'trend'] });

    expect(await room.pages.categories(access)).toEqual([
      { name: 'actor', pages: 1, listed: true },
      { name: 'trend', pages: 0, listed: true },
      { name: 'event', pages: 1, listed: false },
    ]);
    expect(await room.pages.tags(access)).toEqual([
      { name: 'Old World', pages: 1 },
      { name: expect.stringMatching(/^wild$/i), pages: 2 },
    ]);
    expect(await room.pages.paths(access, 'animals/', 1)).toEqual(['Animals/Bear']);
    expect(await room.pages.count(wiki.id)).toBe(5);
  });

  it('a page is read whole from git while the catalogue cannot follow', async () => {
    const late = await room.newWiki();
    await late.commit({ 'Old.md': 'x\n' });
    await room.database.query('UPDATE catalogue_positions SET commit_oid = $2 WHERE wiki = $1', [
      late.id,
      '0'.repeat(40),
    ]);
    await room.database.query('ALTER TABLE pages RENAME TO pages_away');
    const revision = await late.commit({ 'New.md': '# New\n' }, 'Made');
    await room.database.query('ALTER TABLE pages_away RENAME TO pages');
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`Many/${n}.md`, `${n}\n`]));
    const tip = await late.commit(files);

    const page = await room.pages.read(late.as('page.read'), { path: 'New' });

    expect(page).toMatchObject({
      content: '# New\n',
      commit: tip,
      isHistoric: false,
      lastCommit: { message: expect.stringMatching(/Made|Change/) },
    });
    await room.catalogue.catchUp(late.id);
    expect(await room.pages.read(late.as('page.read'), { path: 'New' })).toMatchObject({ revision, commit: tip });
    expect(await room.pages.list(late.as('page.read'), {})).toMatchObject({ total: 602, behind: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterPages } from '../src/starter-pages.js';
import { guidePath } from '../src/starter-paths.js';
import { aReadingRoom } from './kit/a-reading-room.js';

const limits = { staleDays: 180, oversizedWords: 50, undersizedWords: 3, limit: 100 };

describe('gardening', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  it('finds what needs care', async () => {
    const wiki = await room.newWiki();
    wiki.work('status');
    wiki.commitInWork({ 'Old.md': '[[Home]] is where we [[Nowhere]] go\n' }, 'Old');
    wiki.work('commit', '-q', '--amend', '--no-edit', '--date', '2020-01-01T00:00:00Z');
    await wiki.push();
    await wiki.commit({
      'Home.md': 'See [[Old]], [[Twin]] and also [[self]].\n',
      'A/Twin.md': 'the first of them\n',
      'B/Twin.md': 'the second of them\n',
      'Long.md': 'word '.repeat(60),
      'Self.md': `---\ncategory: Odd\n---\n[[Self]] is all there is\n`,
      'Short.md': 'x\n',
    });

    const report = await room.gardening.report(wiki.as('garden.read'), limits);

    expect(report).toMatchObject({
      orphans: ['A/Twin', 'B/Twin', 'Long', 'Short'],
      brokenLinks: [{ from: 'Old', target: 'Nowhere', line: 1 }],
      ambiguousLinks: [{ from: 'Home', target: 'Twin', line: 1, candidates: ['A/Twin', 'B/Twin'] }],
      stale: [{ path: 'Old', updatedAt: new Date('2020-01-01T00:00:00Z') }],
      oversized: [{ path: 'Long', words: 60 }],
      undersized: [{ path: 'Short', words: 1 }],
      unlistedCategories: ['Odd'],
      guideOutdated: false,
      behind: 0,
    });
    expect((await room.gardening.report(wiki.as('garden.read'), { ...limits, limit: 2 })).orphans).toHaveLength(2);
  });

  it('renews the guide, and keeps what people added to it', async () => {
    const wiki = await room.newWiki();
    const write = wiki.as('page.write');
    const options = { name: 'Notes', purpose: null, ...(await room.settings.of(wiki.id)), tools: room.tools };
    await room.writer.begin(write, starterPages(options), 'Begin');
    const fresh = await room.gardening.refreshGuide(write);
    const { content, revision } = await room.pages.read(wiki.as('page.read'), { path: guidePath });
    await room.writer.write(write, { path: guidePath, content: `${content}\n## Ours\n\nBe kind.\n`, revision });
    await room.settings.set(wiki.id, { categories: ['actor', 'saying'] });
    const { guideOutdated } = await room.gardening.report(wiki.as('garden.read'), limits);

    const renewed = await room.gardening.refreshGuide(write);
    const again = await room.gardening.refreshGuide(write);
    const after = (await room.pages.read(wiki.as('page.read'), { path: guidePath })).content;

    expect([fresh.changed, guideOutdated, renewed.changed, renewed.merged, again.changed]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(after).toContain('saying');
    expect(after).toContain('Be kind.');
  });
});

describe('settings of a wiki', () => {
  it('are the defaults until they are set, and each is set alone', async () => {
    const room = await aReadingRoom();
    const wiki = await room.newWiki();
    const before = await room.settings.of(wiki.id);
    await room.settings.set(wiki.id, { categories: ['b', 'a', ' b ', ''] });
    const changed = await room.settings.change(wiki.as('wiki.settings'), { linkOrder: 'label-first' });

    expect(before).toMatchObject({ linkOrder: 'target-first', categories: expect.arrayContaining(['actor', 'index']) });
    expect(changed).toEqual({ linkOrder: 'label-first', categories: ['b', 'a'] });
    await room.close();
  });
});

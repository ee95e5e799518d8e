import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRoom, outcome, type Room } from './kit/a-room.js';

const day = 86_400_000;

describe('the end of a wiki', () => {
  let room: Room;
  let now = new Date('2026-03-01T12:00:00Z');
  const later = (days: number) => (now = new Date(now.getTime() + days * day));

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob'], { now: () => now });
  });
  afterAll(() => room?.close());

  const remove = async (owner: string, slug: string) => {
    const access = await room.acl.require('wiki.delete', await room.as(owner), { owner, slug });
    return room.wikis.remove(access, `${owner}/${slug}`);
  };
  const restore = async (owner: string, slug: string) =>
    room.wikis.restore(await room.acl.restorable(await room.as(owner), { owner, slug }));

  it('takes its name typed, and closes every door at once', async () => {
    const { wiki, token } = await room.wiki('alice', 'doomed', { visibility: 'public', customSlug: 'doomed-slug' });
    const access = await room.acl.require('wiki.delete', await room.as('alice'), { id: wiki.id });

    expect(await outcome(room.wikis.remove(access, 'alice/Doomed'))).toBe('confirmation-mismatch');
    expect(await outcome(room.wikis.remove(access, ''))).toBe('confirmation-mismatch');
    expect(await remove('alice', 'doomed')).toEqual({ restorableUntil: new Date(now.getTime() + 7 * day) });

    for (const address of [{ owner: 'alice', slug: 'doomed' }, { customSlug: 'doomed-slug' }, { id: wiki.id }])
      expect(await outcome(room.acl.require('wiki.read', await room.as('alice'), address))).toBe('wiki-not-found');
    expect(await outcome(room.actors.byToken(token.secret, 'mcp'))).toBe('bad-credential');
    expect(await room.wikis.byId(wiki.id)).toBeNull();
    expect((await room.wikis.ofActor(await room.as('alice'))).map((mine) => mine.wiki.slug)).not.toContain('doomed');
    expect(await outcome(room.wikis.remove(access, 'alice/doomed'))).toBe('wiki-not-found');
  });

  it('can be taken back for seven days, by its owner alone', async () => {
    const { wiki, token } = await room.wiki('alice', 'regretted', { visibility: 'public' });
    const manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
    await room.members.set(manage, 'bob', 'editor');
    const address = { owner: 'alice', slug: 'regretted' };
    await remove('alice', 'regretted');

    expect(await outcome(room.acl.restorable(await room.as('bob'), address))).toBe('wiki-not-found');
    expect(await outcome(room.acl.restorable(room.actors.nobody('rest'), address))).toBe('sign-in-required');
    expect(await outcome(room.begin('alice', { slug: 'regretted' }))).toBe('slug-taken');
    later(6.99);
    expect(await room.wikis.dueForErasure(now)).not.toContain(wiki.id);
    expect((await restore('alice', 'regretted')).id).toBe(wiki.id);

    expect((await room.actors.byToken(token.secret, 'mcp')).username).toBe('alice');
    expect((await room.acl.require('page.write', await room.as('bob'), address)).role).toBe('editor');
    expect(await outcome(restore('alice', 'regretted'))).toBe('wiki-not-found');
  });

  it('is listed for its owner until it is over', async () => {
    const listed = async (username: string) =>
      room.wikis.restorable(room.acl.requireAccount('wikis.list', await room.as(username)));
    const slugs = async () => (await listed('alice')).map(({ wiki }) => wiki.slug);
    await room.wiki('alice', 'shown');
    await room.wiki('alice', 'kept');
    const before = await slugs();
    const { restorableUntil } = await remove('alice', 'shown');

    expect(await slugs()).toEqual(['shown', ...before]);
    expect((await listed('alice'))[0]).toMatchObject({ restorableUntil, deletedAt: now });
    expect(await listed('bob')).toEqual([]);
    later(6.99);
    expect(await slugs()).toEqual(['shown']);
    later(0.01);
    expect(await slugs()).toEqual([]);
  });

  it('is final after seven days', async () => {
    const { wiki } = await room.wiki('alice', 'late');
    await remove('alice', 'late');
    later(7);

    expect(await outcome(restore('alice', 'late'))).toBe('not-restorable');
    expect(await room.wikis.dueForErasure(now)).toContain(wiki.id);
    await room.wikis.erase(wiki.id);
    await room.wikis.erase(wiki.id);
    expect(await outcome(restore('alice', 'late'))).toBe('wiki-not-found');
    expect(await room.wikis.dueForErasure(now)).not.toContain(wiki.id);
    expect(await outcome(room.wiki('alice', 'late'))).toBe('done');
  });

  it('erases no wiki that is in use', async () => {
    const { wiki } = await room.wiki('alice', 'in-use');

    expect(await outcome(room.wikis.erase(wiki.id))).toBe('denied');
    expect(await room.wikis.byId(wiki.id)).not.toBeNull();
  });

  it('keeps the custom slug from other people for twelve months, and not from the one who had it', async () => {
    const { wiki } = await room.wiki('alice', 'named', { customSlug: 'a-good-name' });
    await remove('alice', 'named');
    expect(await outcome(room.begin('bob', { slug: 'early', customSlug: 'a-good-name' }))).toBe('name-taken');
    expect(await outcome(room.people.create({ username: 'a-good-name' }))).toBe('name-taken');
    later(7);
    await room.wikis.erase(wiki.id);

    expect(await outcome(room.begin('bob', { slug: 'eager', customSlug: 'a-good-name' }))).toBe('name-taken');
    later(364);
    expect(await outcome(room.begin('bob', { slug: 'eager', customSlug: 'a-good-name' }))).toBe('name-taken');
    const again = await room.begin('alice', { slug: 'again', customSlug: 'a-good-name' });
    expect(again.wiki.customSlug).toBe('a-good-name');
    const access = await opened(again.wiki.id);
    await room.wikis.chooseSlug(access, null);
    later(367);
    expect(await outcome(room.begin('bob', { slug: 'patient', customSlug: 'a-good-name' }))).toBe('done');
  });

  const opened = async (id: string) => {
    await room.wikis.activate(id);
    return room.acl.require('wiki.slug', await room.as('alice'), { id });
  };

  it('a half-made wiki frees its names at once, and an open one is not abandoned', async () => {
    const half = await room.begin('alice', { slug: 'half', customSlug: 'half-made' });
    const address = { owner: 'alice', slug: 'half' };
    expect(await outcome(room.acl.require('wiki.read', await room.as('alice'), address))).toBe('wiki-not-found');
    const soon = new Date(Date.now() + day);
    expect(await room.wikis.stuck(soon)).toContain(half.wiki.id);
    expect(await room.wikis.stuck(new Date(0))).toEqual([]);
    await room.wikis.abandon(half.wiki.id);

    expect(await outcome(room.begin('bob', { slug: 'half', customSlug: 'half-made' }))).toBe('done');
    expect(await outcome(room.wikis.activate(half.wiki.id))).toBe('wiki-not-found');
    const { wiki } = await room.wiki('alice', 'half');
    await room.wikis.abandon(wiki.id);
    expect(await room.wikis.byId(wiki.id)).not.toBeNull();
  });
});

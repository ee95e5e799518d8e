import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRoom, type Room } from './kit/a-room.js';

describe('the wikis that somebody sees', () => {
  let room: Room;
  let now = new Date('2026-03-01T12:00:00Z');

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob', 'carol'], { now: () => now });
    await room.wiki('alice', 'open', { visibility: 'public', customSlug: 'alices-open' });
    const shared = await room.wiki('alice', 'shared');
    await room.wiki('alice', 'secret');
    await room.begin('alice', { slug: 'half-made', visibility: 'public' });
    const manage = await room.acl.require('members.manage', await room.as('alice'), { id: shared.wiki.id });
    await room.members.set(manage, 'bob', 'viewer');
    await room.wiki('bob', 'bobs');
  });
  afterAll(() => room?.close());

  const seenBy = async (username: string | null, owner: string) => {
    const actor = username === null ? room.actors.nobody('web') : await room.as(username);
    const seen = await room.wikis.ofOwner(actor, { owner, limit: 100 });
    return seen.map(({ wiki, role }) => `${wiki.slug}: ${role}`);
  };

  it('are the public ones of an owner, and those they have a role on', async () => {
    expect(await seenBy(null, 'alice')).toEqual(['open: null']);
    expect(await seenBy('carol', 'alice')).toEqual(['open: null']);
    expect(await seenBy('bob', 'alice')).toEqual(['open: null', 'shared: viewer']);
    expect(await seenBy('alice', 'alice')).toEqual(['open: owner', 'secret: owner', 'shared: owner']);
    expect([await seenBy(null, 'bob'), await seenBy(null, 'nobody-here')]).toEqual([[], []]);
  });

  it('are no more than a token reaches', async () => {
    const { wiki } = await room.acl.require('wiki.read', await room.as('alice'), { owner: 'alice', slug: 'shared' });
    const manage = room.acl.requireAccount('tokens.manage', await room.as('alice'));
    const { secret } = await room.tokens.create(manage, { label: 'one', verbs: ['read'], wikis: [wiki.id] });
    const actor = await room.actors.byToken(secret, 'rest');

    const seen = await room.wikis.ofOwner(actor, { owner: 'alice', limit: 100 });
    expect(seen.map(({ wiki: one }) => one.slug)).toEqual(['open', 'shared']);
    const reached = await room.acl.everywhere('page.read', actor);
    expect(reached.map((access) => access.wiki.slug)).toEqual(['shared']);
  });

  it('are entered together with the right on each, where the role has it', async () => {
    const read = await room.acl.everywhere('page.read', await room.as('bob'));
    const write = await room.acl.everywhere('page.write', await room.as('bob'));

    expect(read.map(({ wiki, role }) => `${wiki.slug}: ${role}`)).toEqual(['shared: viewer', 'bobs: owner']);
    expect(write.map(({ wiki }) => wiki.slug)).toEqual(['bobs']);
    expect(await room.acl.everywhere('page.read', room.actors.nobody('web'))).toEqual([]);
  });

  it('make their owner one who publishes, as long as they are public', async () => {
    expect(await room.wikis.publishers({ label: null, limit: 10 })).toEqual(['alice']);
    expect(await room.wikis.publishers({ label: 'bob', limit: 10 })).toEqual([]);
    expect(await room.wikis.publishers({ label: 'alices-open', limit: 10 })).toEqual([]);
  });

  it('can be restored for seven days after they were deleted', async () => {
    const has = async (username: string) => room.wikis.hasRestorable(await room.as(username));
    await room.wiki('carol', 'gone');
    const access = await room.acl.require('wiki.delete', await room.as('carol'), { owner: 'carol', slug: 'gone' });
    expect(await has('carol')).toBe(false);
    await room.wikis.remove(access, 'carol/gone');

    expect([await has('carol'), await has('alice')]).toEqual([true, false]);
    now = new Date(now.getTime() + 7 * 86_400_000);
    expect(await has('carol')).toBe(false);
    expect(await room.wikis.hasRestorable(room.actors.nobody('web'))).toBe(false);
  });
});

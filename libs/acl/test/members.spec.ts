import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access, WikiRef } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

describe('members', () => {
  let room: Room;
  let wiki: WikiRef;
  let manage: Access<'members.manage'>;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob', 'carol']);
    wiki = (await room.wiki('alice', 'shared')).wiki;
    manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
  });
  afterAll(() => room?.close());

  const list = () => room.members.list(room.acl.also(manage, 'members.read'));
  const may = async (username: string, action: 'page.read' | 'page.write' | 'members.read' | 'members.manage') =>
    outcome(room.acl.require(action, await room.as(username), { id: wiki.id }));

  it('are given a role, another one, and none', async () => {
    const given = await room.members.set(manage, 'bob', 'viewer');
    expect(given).toMatchObject({ username: 'bob', displayName: 'bob', role: 'viewer', grantedBy: 'alice' });
    expect([await may('bob', 'page.read'), await may('bob', 'page.write')]).toEqual(['done', 'denied']);
    await room.members.set(manage, 'bob', 'editor');
    expect([await may('bob', 'page.write'), await may('bob', 'members.manage')]).toEqual(['done', 'denied']);
    expect(await list()).toMatchObject([
      { username: 'alice', role: 'owner', grantedBy: null, grantedAt: null },
      { username: 'bob', role: 'editor', grantedBy: 'alice', grantedAt: expect.any(Date) },
    ]);
    expect(await may('bob', 'members.read')).toBe('done');
    await room.members.remove(manage, 'bob');
    expect(await may('bob', 'page.read')).toBe('wiki-not-found');
    expect(await list()).toHaveLength(1);
  });

  it('a role given again is not given anew', async () => {
    const first = await room.members.set(manage, 'carol', 'viewer');
    const second = await room.members.set(manage, 'carol', 'viewer');

    expect(second.grantedAt).toEqual(first.grantedAt);
    await room.members.remove(manage, 'carol');
  });

  it('the owner keeps the role of the owner', async () => {
    const refusal = await room.members.set(manage, 'alice', 'viewer').catch((error: unknown) => error);

    expect(refusal).toMatchObject({ code: 'denied', message: expect.stringMatching(/owns this wiki/) });
    expect(await outcome(room.members.remove(manage, 'alice'))).toBe('denied');
    expect(await may('alice', 'members.manage')).toBe('done');
  });

  it('are people who exist, and have a role that can be taken', async () => {
    expect(await outcome(room.members.set(manage, 'absent', 'viewer'))).toBe('user-not-found');
    expect(await outcome(room.members.set(manage, 'bo\0b', 'viewer'))).toBe('user-not-found');
    expect(await outcome(room.members.remove(manage, 'absent'))).toBe('user-not-found');
    expect(await outcome(room.members.remove(manage, 'carol'))).toBe('member-not-found');
  });

  it('find the wikis they have a role on in their list, as far as their token reaches', async () => {
    const other = (await room.wiki('bob', 'own')).wiki;
    await room.wiki('alice', 'open', { visibility: 'public' });
    await room.members.set(manage, 'bob', 'viewer');
    const { secret } = await room.tokens.createFor('bob', { label: 'x', verbs: ['read'], wikis: [other.id] });
    const slugs = async (actor: Parameters<Room['wikis']['ofActor']>[0]) =>
      (await room.wikis.ofActor(actor)).map((mine) => `${mine.wiki.slug} ${mine.role}`);

    expect(await slugs(await room.as('bob'))).toEqual(['shared viewer', 'own owner']);
    expect(await slugs(await room.actors.byToken(secret, 'mcp'))).toEqual(['own owner']);
    expect(await slugs(room.actors.nobody('mcp'))).toEqual([]);
  });

  it('give their own role back, and that of nobody else', async () => {
    await room.members.set(manage, 'bob', 'editor');
    await room.members.set(manage, 'carol', 'viewer');
    const leave = await room.acl.require('members.leave', await room.as('bob'), { id: wiki.id });

    await room.members.leave(leave);

    expect([await may('bob', 'page.read'), await may('carol', 'page.read')]).toEqual(['wiki-not-found', 'done']);
    expect(await outcome(room.members.leave(leave))).toBe('member-not-found');
    const asOwner = room.acl.require('members.leave', await room.as('alice'), { id: wiki.id });
    expect(await outcome(asOwner)).toBe('denied');
    await room.members.remove(manage, 'carol');
  });

  it('see what their owner changes', async () => {
    const settings = room.acl.also(manage, 'wiki.settings');

    const named = await room.wikis.describe(settings, { name: ' Shared notes ', purpose: 'For us' });
    const cleared = await room.wikis.describe(settings, { purpose: null });
    const open = await room.wikis.publish(room.acl.also(manage, 'wiki.publish'), 'public');

    expect(named).toMatchObject({ name: 'Shared notes', purpose: 'For us' });
    expect(cleared).toMatchObject({ name: 'Shared notes', purpose: null });
    expect(open.visibility).toBe('public');
    expect(await outcome(room.wikis.describe(settings, { name: '' }))).toBe('name-not-allowed');
    expect(await may('carol', 'page.read')).toBe('done');
    await room.wikis.publish(room.acl.also(manage, 'wiki.publish'), 'private');
    expect(await may('carol', 'page.read')).toBe('wiki-not-found');
  });

  it('grants by two at once to the same person are one grant', async () => {
    const tries = Array.from({ length: 5 }, () => outcome(room.members.set(manage, 'carol', 'editor')));

    expect(new Set(await Promise.all(tries))).toEqual(new Set(['done']));
    expect((await list()).filter(({ username }) => username === 'carol')).toHaveLength(1);
  });
});

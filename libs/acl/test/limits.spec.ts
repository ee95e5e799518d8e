import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Invitations, Outbox, type SignedInActor, WikiInvitations } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

describe('limits while billing is on', () => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob', 'carol', 'dora', 'one', 'two', 'three', 'four', 'five'], { billing: 'on' });
  });
  afterAll(() => room?.close());

  it('the first wiki is free, creations at once cannot make two of it, and further ones are premium', async () => {
    const slugs = ['a', 'b', 'c', 'd', 'e'];
    // All of them have counted, or wait to count, before the first is let through.
    const held = room.database.createQueryRunner();
    await held.startTransaction();
    await held.query('LOCK TABLE wikis IN SHARE MODE');
    const creations = slugs.map((slug) => outcome(room.begin('alice', { slug })));
    await expect.poll(() => waiting(room), { timeout: 10_000, interval: 5 }).toBe(slugs.length);
    await held.commitTransaction();
    await held.release();
    const results = await Promise.all(creations);

    expect(results.sort()).toEqual(['done', ...Array.from({ length: 4 }, () => 'limit-reached')]);
    const paid = await room.wiki('alice', 'paid', { plan: 'premium' });
    expect(paid.wiki).toMatchObject({ plan: 'premium', paymentStatus: 'active', limits: { push: true, pages: null } });
    const mine = await room.wikis.all();
    expect(mine.filter(({ wiki }) => wiki.owner.username === 'alice' && wiki.plan === 'free')).toHaveLength(1);
  });

  it('a refusal names the limit and the way out', async () => {
    await room.wiki('bob', 'first');
    const refusal = await room.begin('bob', { slug: 'second' }).catch((error: unknown) => error);

    expect(refusal).toMatchObject({ code: 'limit-reached', extra: { limit: 'free_wikis', max: 1 } });
    expect((refusal as Error).message).toMatch(/premium/);
  });

  it('a custom slug takes the premium plan', async () => {
    expect(await outcome(room.begin('carol', { slug: 'x', customSlug: 'carols-own' }))).toBe('plan-refuses');
    const paid = await room.wiki('carol', 'x', { customSlug: 'carols-own', plan: 'premium' });
    expect(paid.wiki.customSlug).toBe('carols-own');
  });

  it('a deleted free wiki gives its place up, and gets it back only when it is free again', async () => {
    const dora = await room.as('dora');
    const old = await room.wiki('dora', 'old');
    await room.wikis.remove(await room.acl.require('wiki.delete', dora, { id: old.wiki.id }), 'dora/old');
    const young = await room.wiki('dora', 'young');
    const restore = await room.acl.restorable(dora, { owner: 'dora', slug: 'old' });

    expect(await outcome(room.wikis.restore(restore))).toBe('limit-reached');
    await room.wikis.setPlan(young.wiki.id, { plan: 'premium' });
    expect(await outcome(room.wikis.restore(restore))).toBe('done');
  });

  it('grants at once cannot pass the limit of collaborators, and a role can change at the limit', async () => {
    const { wiki } = await room.wiki('one', 'shared');
    const manage = await room.acl.require('members.manage', await room.as('one'), { id: wiki.id });
    const others = ['two', 'three', 'four', 'five', 'alice', 'bob'];
    const results = await Promise.all(others.map((name) => outcome(room.members.set(manage, name, 'viewer'))));

    expect(results.filter((result) => result === 'done')).toHaveLength(3);
    expect(results.filter((result) => result === 'limit-reached')).toHaveLength(3);
    const [, member] = await room.members.list(room.acl.also(manage, 'members.read'));
    expect(await room.members.set(manage, member?.username ?? '', 'editor')).toMatchObject({ role: 'editor' });
    await room.wikis.setPlan(wiki.id, { plan: 'premium' });
    const grown = await room.acl.require('members.manage', await room.as('one'), { id: wiki.id });
    for (const name of others) expect(await outcome(room.members.set(grown, name, 'viewer'))).toBe('done');
  });

  it('nobody is invited where nobody fits in, and of two invitations to the last place one is accepted', async () => {
    const { wiki } = await room.wiki('three', 'invited');
    const manage = await room.acl.require('members.manage', await room.as('three'), { id: wiki.id });
    const { database, members } = room;
    const [invitations, outbox] = [new Invitations(room), new Outbox(database)];
    const invited = new WikiInvitations({ database, members, invitations, outbox, hasMail: false });
    const wanted = { login: '', role: 'viewer', days: 1 } as const;
    const from = { address: '192.0.2.1', language: 'en' };
    const links = await Promise.all([1, 2].map(() => invited.invite(manage, wanted, from)));
    for (const name of ['four', 'five']) await room.members.set(manage, name, 'viewer');

    const tries = ['bob', 'carol'].map(async (name, n) => {
      const made = links[n];
      if (made === undefined || made.member !== null) throw new Error('There is no link.');
      return outcome(invitations.accept((await room.as(name)) as SignedInActor, made.secret));
    });

    expect((await Promise.all(tries)).sort()).toEqual(['done', 'limit-reached']);
    // The one that was refused is not used up.
    expect(await invited.list(manage)).toHaveLength(1);
    expect(await outcome(invited.invite(manage, wanted, from))).toBe('limit-reached');
    expect(await outcome(invited.invite(manage, { ...wanted, login: 'x@example.org' }, from))).toBe('limit-reached');
  });

  it('free refuses push, lapsed refuses writing and MCP, and both can be taken back', async () => {
    const { wiki } = await room.wiki('two', 'plans');
    const asked = async (action: 'repo.push' | 'page.write' | 'page.read' | 'wiki.delete', door: 'rest' | 'mcp') => {
      const actor = { ...(await room.as('two')), door };
      return outcome(room.acl.require(action, actor, { id: wiki.id }));
    };

    expect(await asked('repo.push', 'rest')).toBe('plan-refuses');
    await room.wikis.setPlan(wiki.id, { plan: 'premium', paymentStatus: 'lapsed' });
    expect(await asked('page.write', 'rest')).toBe('wiki-lapsed');
    expect(await asked('page.read', 'mcp')).toBe('wiki-lapsed');
    expect([await asked('page.read', 'rest'), await asked('wiki.delete', 'rest')]).toEqual(['done', 'done']);
    await room.wikis.setPlan(wiki.id, { paymentStatus: 'active' });
    expect(await asked('repo.push', 'rest')).toBe('done');
    expect(await outcome(room.wikis.setPlan('00000000-0000-4000-8000-000000000000', { plan: 'free' }))).toBe(
      'wiki-not-found',
    );
  });
});

describe('while billing is off', () => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(['alice']);
  });
  afterAll(() => room?.close());

  it('everyone has as many wikis as they like, each with everything', async () => {
    const made = [await room.wiki('alice', 'one'), await room.wiki('alice', 'two', { plan: 'free' })];

    for (const { wiki } of made)
      expect(wiki).toMatchObject({
        plan: 'premium',
        paymentStatus: 'active',
        limits: { push: true, customSlug: true },
      });
  });
});

/** How many connections to the database of the room wait for a lock. */
async function waiting({ database }: Room): Promise<number> {
  const [row] = await database.query<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row.count;
}

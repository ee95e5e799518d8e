import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Acl, Actors, type Actor, Plans, type WikiAddress, type WikiRef } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

describe('the address of a wiki', () => {
  let room: Room;
  let notes: WikiRef;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob']);
    notes = (await room.wiki('alice', 'notes', { customSlug: 'field-notes' })).wiki;
  });
  afterAll(() => room?.close());

  const idAt = async (address: WikiAddress) =>
    (await room.acl.require('wiki.read', await room.as('alice'), address)).wiki.id;

  it('is its owner and slug, its custom slug, the custom slug twice, or its id', async () => {
    const addresses: WikiAddress[] = [
      { owner: 'alice', slug: 'notes' },
      { customSlug: 'field-notes' },
      { owner: 'field-notes', slug: 'field-notes' },
      { id: notes.id },
      { id: notes.id.toUpperCase() },
    ];

    for (const address of addresses) expect(await idAt(address)).toBe(notes.id);
  });

  it.each([
    { owner: 'alice', slug: 'absent' },
    { owner: 'absent', slug: 'notes' },
    { owner: 'field-notes', slug: 'notes' },
    { owner: 'alice', slug: 'field-notes' },
    { owner: 'Alice', slug: 'notes' },
    { owner: 'alice', slug: "notes' OR true --" },
    { owner: 'alice\0', slug: 'notes' },
    { owner: '\ud800', slug: 'x'.repeat(100_000) },
    { owner: '', slug: '' },
    { customSlug: 'alice' },
    { customSlug: '' },
    { id: 'no-uuid' },
    { id: '00000000-0000-4000-8000-000000000000' },
  ] as WikiAddress[])('%j is nowhere', async (address) => {
    expect(await outcome(idAt(address))).toBe('wiki-not-found');
  });

  it('a wiki that is called like its owner is found as any other', async () => {
    await room.people.create({ username: 'twin' });
    const own = (await room.wiki('twin', 'twin')).wiki;
    const at = { owner: 'twin', slug: 'twin' };

    expect(await idAtAs('twin', at)).toBe(own.id);
  });

  const idAtAs = async (username: string, address: WikiAddress) =>
    (await room.acl.require('wiki.read', await room.as(username), address)).wiki.id;

  it('changes with its slug, and the old one is simply not found', async () => {
    const { wiki } = await room.wiki('alice', 'before');
    const access = await room.acl.require('wiki.rename', await room.as('alice'), { id: wiki.id });

    const renamed = await room.wikis.rename(access, 'after');

    expect(renamed).toMatchObject({ id: wiki.id, slug: 'after' });
    expect(await idAt({ owner: 'alice', slug: 'after' })).toBe(wiki.id);
    expect(await outcome(idAt({ owner: 'alice', slug: 'before' }))).toBe('wiki-not-found');
    expect(await outcome(room.wikis.rename(access, 'notes'))).toBe('slug-taken');
    expect(await outcome(room.wikis.rename(access, 'api'))).toBe('name-not-allowed');
  });

  it('a custom slug is chosen, given back, and chosen again by the same person alone', async () => {
    const { wiki } = await room.wiki('alice', 'fickle');
    const access = await room.acl.require('wiki.slug', await room.as('alice'), { id: wiki.id });
    const choose = (customSlug: string | null) => room.wikis.chooseSlug(access, customSlug);

    expect(await choose('wanted-name')).toMatchObject({ id: wiki.id, customSlug: 'wanted-name' });
    expect(await idAt({ customSlug: 'wanted-name' })).toBe(wiki.id);
    expect(await outcome(choose('bob'))).toBe('name-taken');
    expect(await outcome(choose('field-notes'))).toBe('name-taken');
    expect((await choose(null)).customSlug).toBeNull();
    expect(await outcome(idAt({ customSlug: 'wanted-name' }))).toBe('wiki-not-found');
    expect(await outcome(room.begin('bob', { slug: 'thief', customSlug: 'wanted-name' }))).toBe('name-taken');
    expect((await choose('wanted-name')).customSlug).toBe('wanted-name');
  });

  it('of many wikis of one person called the same at once, one is made', async () => {
    const tries = Array.from({ length: 4 }, () => outcome(room.begin('bob', { slug: 'twice' })));

    expect((await Promise.all(tries)).sort()).toEqual(['done', 'slug-taken', 'slug-taken', 'slug-taken']);
  });

  it('costs one question, the same one for what is missing and what is hidden', async () => {
    await room.people.create({ username: 'stranger' });
    const stranger = await room.as('stranger');
    const asked = async (actor: Actor, slug: string) => {
      const log: string[] = [];
      const acl = new Acl({ database: watched(room.database, log), plans: new Plans({ billing: 'off' }) });
      const work = acl.require('page.read', actor, { owner: 'alice', slug });
      const refusal = await work.then(
        () => null,
        (error: { code: string; message: string; extra: object }) => [error.code, error.message, error.extra],
      );
      return { log, refusal };
    };

    expect(await asked(stranger, 'notes')).toEqual(await asked(stranger, 'absent'));
    const nobody = room.actors.nobody('git');
    expect(await asked(nobody, 'notes')).toEqual(await asked(nobody, 'absent'));
    expect((await asked(nobody, 'absent')).refusal?.[0]).toBe('sign-in-required');
    const allowed = await asked(await room.as('alice'), 'notes');
    expect(allowed).toMatchObject({ refusal: null, log: [expect.any(String)] });
  });

  it('a token costs one question, and a malformed one none', async () => {
    const log: string[] = [];
    const actors = new Actors({ database: watched(room.database, log) });
    const { secret } = await room.tokens.createFor('bob', { label: 'x', verbs: ['read'] });

    await actors.byToken(secret, 'rest');
    await outcome(actors.byToken('wbt_guess', 'rest'));

    expect(log).toHaveLength(1);
  });
});

describe('another right on the same wiki', () => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob']);
  });
  afterAll(() => room?.close());

  it('is decided without the database, as require decides it', async () => {
    const { wiki } = await room.wiki('alice', 'notes');
    const manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
    await room.members.set(manage, 'bob', 'editor');
    const log: string[] = [];
    const acl = new Acl({ database: watched(room.database, log), plans: new Plans({ billing: 'off' }) });
    const access = await acl.require('wiki.read', await room.as('bob'), { id: wiki.id });

    const write = acl.also(access, 'page.write');

    expect(write).toMatchObject({ action: 'page.write', role: 'editor', paths: null });
    expect(() => acl.also(access, 'wiki.delete')).toThrow(expect.objectContaining({ code: 'denied' }));
    expect([acl.can(access, 'page.write'), acl.can(access, 'wiki.delete')]).toEqual([true, false]);
    expect(acl.abilities(access)).toMatchObject({ 'page.read': true, 'page.write': true, 'members.manage': false });
    expect(log).toHaveLength(1);
  });

  it('the system reaches half-made and active wikis, and no others', async () => {
    const half = (await room.begin('alice', { slug: 'half' })).wiki;
    const { wiki } = await room.wiki('alice', 'gone');
    const remove = await room.acl.require('wiki.delete', await room.as('alice'), { id: wiki.id });
    await room.wikis.remove(remove, 'alice/gone');

    expect((await room.acl.system('page.write', half.id)).wiki.slug).toBe('half');
    expect(await outcome(room.acl.system('page.write', wiki.id))).toBe('wiki-not-found');
    expect(await outcome(room.acl.require('page.read', room.actors.system('cli'), { id: half.id }))).toBe(
      'wiki-not-found',
    );
  });

  it('anyone reads a public wiki, and signs in for the rest', async () => {
    const { wiki } = await room.wiki('alice', 'open', { visibility: 'public' });
    const nobody = room.actors.nobody('mcp');
    const access = await room.acl.require('page.read', nobody, { id: wiki.id });

    expect(access.role).toBeNull();
    expect(() => room.acl.also(access, 'page.write')).toThrow(expect.objectContaining({ code: 'sign-in-required' }));
    const bob = await room.acl.require('page.read', await room.as('bob'), { id: wiki.id });
    expect(() => room.acl.also(bob, 'page.write')).toThrow(expect.objectContaining({ code: 'denied' }));
  });
});

/** The same database, writing down what it is asked. */
function watched(database: DataSource, log: string[]): DataSource {
  const query = (sql: string, values: unknown[]) => {
    log.push(sql);
    return database.query(sql, values);
  };
  return { query } as unknown as DataSource;
}

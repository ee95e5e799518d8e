import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Usage } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

describe('people', () => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob', 'carol']);
  });
  afterAll(() => room?.close());

  it('are made, listed, found and counted', async () => {
    const before = await room.people.count();
    const made = await room.people.create({ username: 'zoe', displayName: ' Zoë ', email: 'zoe@example.org' });

    expect(made).toMatchObject({ username: 'zoe', displayName: 'Zoë', email: 'zoe@example.org', isAdmin: false });
    expect(await room.people.find('zoe')).toEqual(made);
    expect([await room.people.find('absent'), await room.people.find('zo\0e')]).toEqual([null, null]);
    expect(await room.people.count()).toBe(before + 1);
    expect((await room.people.list()).map(({ username }) => username)).toContain('zoe');
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await room.people.usernamesOf([made.id, made.id, unknown])).toEqual(new Map([[made.id, 'zoe']]));
  });

  it('are known by issuer and subject, whatever their e-mail address is by now', async () => {
    const identity = { issuer: 'https://accounts.example', subject: '1234' };
    const made = await room.people.create({ username: 'ida', email: 'ida@example.org', identity });

    expect(made.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await room.people.recognise(identity)).toEqual(made);
    expect(await room.people.recognise(identity, { email: 'new@example.org' })).toEqual({
      ...made,
      email: 'new@example.org',
    });
    expect(await room.people.find('ida')).toMatchObject({ email: 'new@example.org' });
  });

  it('with the same subject or e-mail address at another issuer are other people', async () => {
    const [here, there] = ['https://one.example', 'https://two.example'];
    const email = 'shared@example.org';
    const one = await room.people.create({ username: 'ona', email, identity: { issuer: here, subject: 'x' } });

    expect(await room.people.recognise({ issuer: there, subject: 'x' }, { email })).toBeNull();
    const two = await room.people.create({ username: 'twan', email, identity: { issuer: there, subject: 'x' } });
    expect(two.id).not.toBe(one.id);
    expect((await room.people.recognise({ issuer: here, subject: 'x' }))?.id).toBe(one.id);
    const again = { username: 'onaagain', identity: { issuer: here, subject: 'x' } };
    expect(await outcome(room.people.create(again))).toBe('name-taken');
    expect(await room.people.find('onaagain')).toBeNull();
    expect(await outcome(room.people.create({ username: 'noone', identity: { issuer: '', subject: 'x' } }))).toBe(
      'name-not-allowed',
    );
  });

  it('of many who take the same name at once, one gets it', async () => {
    const tries = Array.from({ length: 6 }, () => outcome(room.people.create({ username: 'popular' })));

    expect((await Promise.all(tries)).sort()).toEqual(['done', ...Array.from({ length: 5 }, () => 'name-taken')]);
  });

  it('a username and a custom slug taken at once go to one of the two', async () => {
    const results = await Promise.all([
      outcome(room.people.create({ username: 'contested' })),
      outcome(room.begin('alice', { slug: 'contest', customSlug: 'contested' })),
    ]);

    expect(results.sort()).toEqual(['done', 'name-taken']);
  });

  it('are shut out with their sessions and tokens, and let in again', async () => {
    const { username } = await room.people.create({ username: 'shut', password: 'correct horse' });
    const { secret } = await room.tokens.createFor(username, { label: 'x', verbs: ['read'] });
    const signIn = () => outcome(room.actors.byPassword('shut', 'correct horse', 'web'));
    const byToken = () => outcome(room.actors.byToken(secret, 'rest'));

    await room.people.suspend(username);
    expect([await signIn(), await byToken()]).toEqual(['bad-credential', 'bad-credential']);
    await room.people.readmit(username);
    expect([await signIn(), await byToken()]).toEqual(['done', 'done']);
    expect(await outcome(room.people.suspend('absent'))).toBe('user-not-found');
  });

  it('are removed with their roles and tokens when they own no wiki; nobody has their name for a year', async () => {
    await room.people.create({ username: 'leaver', password: 'correct horse' });
    const { secret } = await room.tokens.createFor('leaver', { label: 'x', verbs: ['read'] });
    await room.wiki('alice', 'shared');
    const [shared, own] = [
      { owner: 'alice', slug: 'shared' },
      { owner: 'leaver', slug: 'own' },
    ];
    await room.members.set(
      await room.acl.require('members.manage', await room.as('alice'), shared),
      'leaver',
      'editor',
    );
    const { wiki } = await room.wiki('leaver', 'own');

    expect(await outcome(room.people.remove('leaver'))).toBe('denied');
    await room.wikis.remove(await room.acl.require('wiki.delete', await room.as('leaver'), own), 'leaver/own');
    expect(await outcome(room.people.remove('leaver'))).toBe('denied');
    await room.wikis.erase(wiki.id);
    await room.people.remove('leaver');

    expect(await room.people.find('leaver')).toBeNull();
    expect(await outcome(room.actors.byToken(secret, 'rest'))).toBe('bad-credential');
    const members = await room.members.list(await room.acl.require('members.read', await room.as('alice'), shared));
    expect(members.map(({ username }) => username)).toEqual(['alice']);
    expect(await outcome(room.people.create({ username: 'leaver' }))).toBe('name-taken');
    expect(await outcome(room.people.remove('leaver'))).toBe('user-not-found');
  });

  it('who alone operate the platform are neither shut out nor removed', async () => {
    await room.people.create({ username: 'olga', isAdmin: true });

    expect(await outcome(room.people.suspend('olga'))).toBe('denied');
    expect(await outcome(room.people.remove('olga'))).toBe('denied');
    await room.people.create({ username: 'omar', isAdmin: true });
    expect(await outcome(room.people.suspend('olga'))).toBe('done');
    expect(await outcome(room.people.remove('omar'))).toBe('denied');
    expect(await outcome(room.people.remove('olga'))).toBe('done');
  });

  it('usernames, custom slugs and e-mail addresses are each taken once', async () => {
    await room.begin('alice', { slug: 'named', customSlug: 'slug-of-alice' });
    await room.people.create({ username: 'mail-one', password: 'correct horse', email: 'same@example.org' });

    expect(await outcome(room.people.create({ username: 'alice' }))).toBe('name-taken');
    expect(await outcome(room.people.create({ username: 'slug-of-alice' }))).toBe('name-taken');
    expect(await outcome(room.begin('bob', { slug: 'x', customSlug: 'alice' }))).toBe('name-taken');
    const second = { username: 'mail-two', password: 'correct horse', email: 'SAME@example.org' };
    expect(await outcome(room.people.create(second))).toBe('name-taken');
    expect(await room.people.find('mail-two')).toBeNull();
    expect(await outcome(room.people.create({ username: 'mail-two' }))).toBe('done');
  });

  it.each([
    [{ password: 'seven77' }, 'password-not-allowed'],
    [{ password: 'x'.repeat(257) }, 'password-not-allowed'],
    [{ password: 'x'.repeat(256) }, 'done'],
    [{ password: 'eight888' }, 'done'],
    [{ email: 'no address' }, 'name-not-allowed'],
    [{ displayName: 'A\nB' }, 'name-not-allowed'],
    [{ username: 'admin' }, 'name-not-allowed'],
  ])('%o is %s', async (fields, expected) => {
    const username = `person-${expected.length}-${JSON.stringify(fields).length}`;

    expect(await outcome(room.people.create({ username, ...fields }))).toBe(expected);
  });

  it('change how they are called, and never their username', async () => {
    const bob = await room.as('bob');

    await room.people.rename(room.acl.requireAccount('account.write', bob), 'Robert');

    const me = await room.people.read(room.acl.requireAccount('account.read', bob));
    expect(me).toMatchObject({ username: 'bob', displayName: 'Robert' });
    expect((await room.as('bob')).displayName).toBe('Robert');
  });

  it('sign in by username or e-mail address and a password', async () => {
    await room.people.create({ username: 'dora', password: 'correct horse', email: 'Dora@example.org' });
    const signIn = (login: string, password: string) => outcome(room.actors.byPassword(login, password, 'web'));

    expect(await room.actors.byPassword('DORA@example.org', 'correct horse', 'web')).toMatchObject({
      kind: 'person',
      username: 'dora',
      door: 'web',
      token: null,
    });
    expect(await signIn('dora', 'correct horse')).toBe('done');
    expect(await signIn('dora', 'correct horsf')).toBe('bad-credential');
    expect(await signIn('nobody-here', 'correct horse')).toBe('bad-credential');
    expect(await signIn('alice', 'correct horse')).toBe('bad-credential');
    expect(await signIn('dora\0', 'correct horse')).toBe('bad-credential');
    expect(await signIn('dora', 'x'.repeat(100_000))).toBe('bad-credential');
    await room.people.setPassword('dora', 'another horse');
    expect([await signIn('dora', 'correct horse'), await signIn('dora', 'another horse')]).toEqual([
      'bad-credential',
      'done',
    ]);
    expect(await outcome(room.people.setPassword('nobody-here', 'another horse'))).toBe('user-not-found');
    expect(await outcome(room.people.setPassword('dora', 'short'))).toBe('password-not-allowed');
  });

  it('that are suspended do nothing any more', async () => {
    await room.people.create({ username: 'eve', password: 'correct horse' });
    const { secret } = await room.tokens.createFor('eve', { label: 'x', verbs: ['read'] });
    await room.database.query(`UPDATE users SET suspended_at = now() WHERE username = 'eve'`);

    expect(await outcome(room.actors.byToken(secret, 'rest'))).toBe('bad-credential');
    expect(await outcome(room.actors.byPassword('eve', 'correct horse', 'web'))).toBe('bad-credential');
    expect(await outcome(room.as('eve'))).toBe('denied');
    expect(await outcome(room.as('absent'))).toBe('user-not-found');
  });

  it('their visits are written in batches, and those of the system are none', async () => {
    const { wiki } = await room.wiki('carol', 'visited');
    const { id, secret } = await room.tokens.createFor('carol', { label: 'x', verbs: ['read'] });
    const carol = await room.actors.byToken(secret, 'rest');
    const usage = new Usage({ database: room.database, soonMs: 60_000 });
    const lastAccess = async () => (await room.wikis.ofActor(carol))[0]?.lastAccessedAt;

    usage.saw(room.actors.system(), wiki);
    await usage.flush();
    expect(await lastAccess()).toBeNull();
    usage.saw(carol, wiki);
    expect(await lastAccess()).toBeNull();
    await usage.flush();
    const first = await lastAccess();
    expect(first).toBeInstanceOf(Date);
    await usage.close();

    const access = room.acl.requireAccount('tokens.manage', await room.as('carol'));
    const listed = (await room.tokens.list(access)).find((token) => token.id === id);
    expect(listed?.lastUsedAt).toEqual(first);
  });

  it('the first call of a token is written almost at once', async () => {
    const { wiki } = await room.wiki('carol', 'waited-for');
    const { id, secret } = await room.tokens.createFor('carol', { label: 'new', verbs: ['read'] });
    const carol = await room.actors.byToken(secret, 'mcp');
    const access = room.acl.requireAccount('tokens.manage', await room.as('carol'));
    const lastUse = async () => (await room.tokens.list(access)).find((token) => token.id === id)?.lastUsedAt;
    const usage = new Usage({ database: room.database, everyMs: 60_000, soonMs: 5 });

    // A visit that waits for its batch already does not hold it up.
    usage.saw(room.actors.nobody('web'), wiki);
    usage.saw(carol, wiki);
    await expect.poll(lastUse).toBeInstanceOf(Date);
    await usage.close();
  });

  it('a visit is written by itself after a while', async () => {
    const { wiki } = await room.wiki('carol', 'watched');
    const usage = new Usage({ database: room.database, everyMs: 5 });

    usage.saw(room.actors.nobody('rest'), wiki);

    const seen = async () => (await room.wikis.ofActor(await room.as('carol'))).find((my) => my.wiki.id === wiki.id);
    await expect.poll(async () => (await seen())?.lastAccessedAt).toBeInstanceOf(Date);
    await usage.close();
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase, anEmptyDatabase } from '../../postgres/testing/a-database.js';
import { AccessCache } from '../src/access-cache.js';
import { Acl } from '../src/acl.js';
import { Actors } from '../src/actors.js';
import { aclEntities } from '../src/entities/entities.js';
import { Members } from '../src/members.js';
import { aclMigrations } from '../src/migrations/migrations.js';
import { Mirror } from '../src/mirror.js';
import { People } from '../src/people.js';
import { Plans } from '../src/plans.js';
import { Tokens } from '../src/tokens.js';
import { Usage } from '../src/usage.js';
import { Wikis } from '../src/wikis.js';

const stored = { entities: aclEntities, migrations: aclMigrations };

function roomOn(database: DataSource, billing: 'on' | 'off' = 'off', root?: string) {
  const plans = new Plans({ billing });
  const mirror = root === undefined ? undefined : new Mirror({ database, root });
  const given = { database, plans, ...(mirror && { mirror }) };
  return {
    acl: new Acl(given),
    actors: new Actors(given),
    people: new People(given),
    wikis: new Wikis(given),
    members: new Members(given),
    tokens: new Tokens(given),
  };
}

type Room = ReturnType<typeof roomOn>;

async function aWiki({ acl, actors, wikis }: Room, owner: string, slug: string, fields: object = {}) {
  const access = acl.requireAccount('wiki.create', await actors.byUsername(owner, 'rest'));
  const made = await wikis.create(access, { slug, name: slug, ...fields });
  await wikis.activate(made.wiki.id);
  return made;
}

describe('rights on a real database', () => {
  let database: DataSource;
  let room: Room;

  beforeAll(async () => {
    database = await aDatabase(stored);
    room = roomOn(database);
    for (const username of ['alice', 'bob', 'carol']) await room.people.create({ username });
  });
  afterAll(() => database?.destroy());

  const as = (username: string) => room.actors.byUsername(username, 'rest');
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('a wiki is not there before it is opened, and its own token reaches it alone', async () => {
    const access = room.acl.requireAccount('wiki.create', await as('alice'));
    const { wiki, token } = await room.wikis.create(access, { slug: 'first', name: 'First' });
    await aWiki(room, 'alice', 'beside');
    const agent = await room.actors.byToken(token.secret, 'mcp');

    const before = await codeOf(room.acl.require('page.read', agent, { id: wiki.id }));
    await room.wikis.activate(wiki.id);

    expect(before).toBe('wiki-not-found');
    expect((await room.acl.require('page.write', agent, { owner: 'alice', slug: 'first' })).wiki.id).toBe(wiki.id);
    expect(await codeOf(room.acl.require('page.read', agent, { owner: 'alice', slug: 'beside' }))).toBe(
      'wiki-not-found',
    );
    expect(await codeOf(room.acl.require('wiki.settings', agent, { id: wiki.id }))).toBe('scope-too-narrow');
  });

  it('asks the database the same for a missing and a forbidden wiki', async () => {
    await aWiki(room, 'alice', 'secret');
    const bob = await as('bob');
    const asked = async (slug: string) => {
      const said: string[] = [];
      const spied = { query: (sql: string, values: unknown[]) => (said.push(sql), database.query(sql, values)) };
      const acl = new Acl({ database: spied as unknown as DataSource, plans: new Plans({ billing: 'off' }) });
      const refusal = await acl
        .require('page.read', bob, { owner: 'alice', slug })
        .catch((error: Error) => error.message);
      return [said, refusal];
    };

    expect(await asked('secret')).toEqual(await asked('absent'));
    expect((await asked('secret'))[0]).toHaveLength(1);
  });

  it('a custom slug and a username cannot be the same name', async () => {
    const { wiki } = await aWiki(room, 'alice', 'named', { customSlug: 'field-notes' });
    const alice = await as('alice');

    expect((await room.acl.require('page.read', alice, { customSlug: 'field-notes' })).wiki.id).toBe(wiki.id);
    expect((await room.acl.require('page.read', alice, { owner: 'field-notes', slug: 'field-notes' })).wiki.id).toBe(
      wiki.id,
    );
    expect(await codeOf(room.people.create({ username: 'field-notes' }))).toBe('name-taken');
    const access = await room.acl.require('wiki.slug', alice, { id: wiki.id });
    expect(await codeOf(room.wikis.chooseSlug(access, 'bob'))).toBe('name-taken');
    await room.wikis.chooseSlug(access, null);
    expect(await codeOf(room.acl.require('page.read', alice, { customSlug: 'field-notes' }))).toBe('wiki-not-found');
  });

  it('a released slug comes back to its owner and to nobody else', async () => {
    const { wiki } = await aWiki(room, 'alice', 'fickle', { customSlug: 'wanted-name' });
    const access = await room.acl.require('wiki.slug', await as('alice'), { id: wiki.id });
    await room.wikis.chooseSlug(access, null);

    const stolen = await codeOf(aWiki(room, 'bob', 'thief', { customSlug: 'wanted-name' }));
    const again = await room.wikis.chooseSlug({ ...access, wiki: { ...wiki, customSlug: null } }, 'wanted-name');

    expect(stolen).toBe('name-taken');
    expect(again.customSlug).toBe('wanted-name');
  });

  it.each([
    ['name', () => room.people.create({ username: 'twice-made' }), 'name-taken'],
    ['slug', () => aWiki(room, 'bob', 'twice'), 'slug-taken'],
  ])('of two who take the same %s at once, one gets it', async (_, make, refusal) => {
    const results = await Promise.all([codeOf(make()), codeOf(make()), codeOf(make())]);

    expect(results.sort()).toEqual(['done', refusal, refusal].sort());
  });

  it('roles are given, shown and taken away', async () => {
    const { wiki } = await aWiki(room, 'alice', 'shared');
    const bob = await as('bob');
    const manage = await room.acl.require('members.manage', await as('alice'), { id: wiki.id });

    await room.members.set(manage, 'bob', 'viewer');
    const reads = await room.acl.require('page.read', bob, { id: wiki.id });
    const writes = await codeOf(room.acl.require('page.write', bob, { id: wiki.id }));
    const list = await room.members.list(await room.acl.require('members.read', bob, { id: wiki.id }));
    await room.members.remove(manage, 'bob');

    expect(reads.role).toBe('viewer');
    expect(writes).toBe('denied');
    expect(list.map(({ username, role, grantedBy }) => [username, role, grantedBy])).toEqual([
      ['alice', 'owner', null],
      ['bob', 'viewer', 'alice'],
    ]);
    expect(await codeOf(room.acl.require('page.read', bob, { id: wiki.id }))).toBe('wiki-not-found');
    expect(await codeOf(room.members.remove(manage, 'bob'))).toBe('member-not-found');
    expect(await codeOf(room.members.set(manage, 'nobody-here', 'viewer'))).toBe('user-not-found');
    expect(await codeOf(room.members.set(manage, 'alice', 'viewer'))).toBe('denied');
  });

  it('a deleted wiki is gone at every door, restorable for seven days by its owner, then erased', async () => {
    const { wiki, token } = await aWiki(room, 'alice', 'doomed');
    const [alice, bob] = [await as('alice'), await as('bob')];
    const address = { owner: 'alice', slug: 'doomed' };
    const access = await room.acl.require('wiki.delete', alice, address);

    expect(await codeOf(room.wikis.remove(access, 'alice/doom'))).toBe('confirmation-mismatch');
    await room.wikis.remove(access, 'alice/doomed');
    expect(await codeOf(room.acl.require('page.read', alice, address))).toBe('wiki-not-found');
    expect(await codeOf(room.actors.byToken(token.secret, 'mcp'))).toBe('bad-credential');
    expect(await codeOf(aWiki(room, 'alice', 'doomed'))).toBe('slug-taken');
    expect(await codeOf(room.acl.restorable(bob, address))).toBe('wiki-not-found');
    await room.wikis.restore(await room.acl.restorable(alice, address));
    await room.wikis.remove(await room.acl.require('wiki.delete', alice, address), 'alice/doomed');
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await room.wikis.dueForErasure(inDays(6.9))).not.toContain(wiki.id);
    expect(await room.wikis.dueForErasure(inDays(7.1))).toContain(wiki.id);
    await room.wikis.erase(wiki.id);
    expect(await codeOf(room.acl.restorable(alice, address))).toBe('wiki-not-found');
    expect(await codeOf(aWiki(room, 'alice', 'doomed'))).toBe('done');
  });

  it('passwords are checked, and wrong ones say the same as unknown people', async () => {
    await room.people.create({ username: 'dora', password: 'correct horse', email: 'Dora@example.org' });

    expect((await room.actors.byPassword('dora@EXAMPLE.org', 'correct horse', 'web')).username).toBe('dora');
    expect(await codeOf(room.actors.byPassword('dora', 'wrong horse', 'web'))).toBe('bad-credential');
    expect(await codeOf(room.actors.byPassword('unknown', 'wrong horse', 'web'))).toBe('bad-credential');
    expect(await codeOf(room.people.create({ username: 'eve', password: 'short' }))).toBe('password-not-allowed');
  });

  it('tokens are made, listed without their secret, and revoked by their owner alone', async () => {
    const mine = room.acl.requireAccount('tokens.manage', await as('carol'));
    const theirs = room.acl.requireAccount('tokens.manage', await as('bob'));
    const made = await room.tokens.create(mine, { label: 'agent', verbs: ['read'], paths: ['Drafts/'] });

    expect(JSON.stringify(await room.tokens.list(mine))).not.toContain(made.secret);
    expect((await room.actors.byToken(made.secret, 'rest')).token).toMatchObject({
      paths: ['Drafts'],
      verbs: ['read'],
    });
    expect(await codeOf(room.tokens.revoke(theirs, made.id))).toBe('token-not-found');
    expect(await codeOf(room.tokens.revoke(mine, "' OR true --"))).toBe('token-not-found');
    await room.tokens.revoke(mine, made.id);
    expect(await codeOf(room.actors.byToken(made.secret, 'rest'))).toBe('bad-credential');
    const past = { label: 'x', verbs: ['read' as const], expiresAt: new Date(0) };
    expect(await codeOf(room.tokens.create(mine, past))).toBe('expiry-not-allowed');
  });

  it('last use is written in batches', async () => {
    const { wiki } = await aWiki(room, 'carol', 'visited');
    const { id, secret } = await room.tokens.createFor('carol', { label: 'x', verbs: ['read'] });
    const usage = new Usage({ database });

    usage.saw(await room.actors.byToken(secret, 'rest'), wiki);
    await usage.close();

    const [row] = await database.query<[{ last_used: Date }]>('SELECT last_used FROM tokens WHERE id = $1', [id]);
    expect(Date.now() - row.last_used.getTime()).toBeLessThan(60_000);
    const [mine] = await room.wikis.ofActor(await as('carol'));
    expect(mine?.lastAccessedAt).toBeInstanceOf(Date);
  });
});

describe('limits while billing is on', () => {
  let database: DataSource;
  let room: Room;

  beforeAll(async () => {
    database = await aDatabase(stored);
    room = roomOn(database, 'on');
    for (const username of ['alice', 'bob', 'one', 'two', 'three', 'four', 'five'])
      await room.people.create({ username });
  });
  afterAll(() => database?.destroy());

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('creations at once cannot pass a limit of one free wiki', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((slug) => codeOf(aWiki(room, 'alice', slug))));

    expect(results.sort()).toEqual(['done', 'limit-reached', 'limit-reached', 'limit-reached']);
    expect(await codeOf(aWiki(room, 'alice', 'paid', { plan: 'premium' }))).toBe('done');
  });

  it('grants at once cannot pass the limit of collaborators', async () => {
    const { wiki } = await aWiki(room, 'bob', 'shared');
    const manage = await room.acl.require('members.manage', await room.actors.byUsername('bob', 'rest'), {
      id: wiki.id,
    });
    const give = (username: string) => codeOf(room.members.set(manage, username, 'viewer'));

    const results = await Promise.all(['one', 'two', 'three', 'four', 'five'].map(give));

    expect(results.filter((result) => result === 'done')).toHaveLength(wiki.limits.collaborators ?? 0);
    expect(results.filter((result) => result === 'limit-reached')).toHaveLength(2);
  });
});

describe('the access cache', () => {
  it('forgets at once when another process takes a right away', async () => {
    const { url, drop } = await anEmptyDatabase();
    const open = async () => {
      const { DataSource: Source } = await import('typeorm');
      return new Source({ type: 'postgres', url, ...stored, migrationsRun: true }).initialize();
    };
    const [here, there] = [await open(), await open()];
    const cache = new AccessCache({ url });
    try {
      const other = roomOn(there);
      await other.people.create({ username: 'alice' });
      const { id, secret } = await other.tokens.createFor('alice', { label: 'x', verbs: ['read'] });
      const actors = new Actors({ database: here, cache });
      await actors.byToken(secret, 'rest');

      const access = other.acl.requireAccount('tokens.manage', await other.actors.byUsername('alice', 'rest'));
      await other.tokens.revoke(access, id);

      const refused = () =>
        actors.byToken(secret, 'rest').then(
          () => false,
          () => true,
        );
      await expect.poll(refused, { timeout: 1_500, interval: 10 }).toBe(true);
    } finally {
      await cache.close();
      await here.destroy();
      await there.destroy();
      await drop();
    }
  });
});

describe('the mirror beside the repositories', () => {
  it('brings people, wikis and roles back, and tells what it could not read', async () => {
    const root = mkdtempSync(join(tmpdir(), 'wikibot-mirror-'));
    const [lost, fresh] = [await aDatabase(stored), await aDatabase(stored)];
    try {
      const room = roomOn(lost, 'off', root);
      await room.people.create({ username: 'alice', password: 'correct horse', email: 'a@example.org', isAdmin: true });
      const damaged = await room.people.create({ username: 'bob' });
      await room.people.create({ username: 'carol' });
      const { wiki, token } = await aWiki(room, 'alice', 'notes', {
        customSlug: 'field-notes',
        purpose: 'What I know',
      });
      const manage = await room.acl.require('members.manage', await room.actors.byUsername('alice', 'rest'), {
        id: wiki.id,
      });
      await room.members.set(manage, 'carol', 'editor');
      const file = join(root, 'repositories', wiki.id, 'wikibot.json');
      const texts = [file, join(root, 'users', `${damaged.id}.json`)].map((path) => readFileSync(path, 'utf8'));
      writeFileSync(join(root, 'users', `${damaged.id}.json`), '{"id":');

      const again = roomOn(fresh, 'off', root);
      const result = await new Mirror({ database: fresh, root }).reconstruct();
      const twice = await new Mirror({ database: fresh, root }).reconstruct();

      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(texts.join()).not.toMatch(/argon2|wbt_|sha256/);
      expect(texts.join()).not.toContain(token.secret);
      expect(result).toMatchObject({ users: 2, wikis: 1, grants: 1 });
      expect(result.problems).toEqual([expect.stringContaining(damaged.id)]);
      expect(twice).toMatchObject({ users: 0, wikis: 0, grants: 0 });
      const carol = await again.actors.byUsername('carol', 'rest');
      const found = await again.acl.require('page.write', carol, { customSlug: 'field-notes' });
      expect(found.wiki).toMatchObject({ id: wiki.id, purpose: 'What I know', owner: { username: 'alice' } });
      expect(await new Mirror({ database: lost, root }).compareAll()).toEqual({ written: 1 });
      expect(await new Mirror({ database: lost, root }).compareAll()).toEqual({ written: 0 });
    } finally {
      await lost.destroy();
      await fresh.destroy();
      rmSync(root, { recursive: true, force: true });
    }
  });
});

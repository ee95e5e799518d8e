import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../postgres/testing/a-database.js';
import { AccessCache } from '../src/index.js';
import { outcome, type Room, roomOn, stored } from './kit/a-room.js';

describe('the access cache', () => {
  let url: string;
  let cache: AccessCache;
  let here: Room;
  let there: Room;
  let queries: number;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    ({ url, drop } = await anEmptyDatabase());
    const open = () => new DataSource({ type: 'postgres', url, ...stored, migrationsRun: true }).initialize();
    // Two processes: the one that is asked, with a cache, and another one that changes rights.
    const [mine, other] = [await open(), await open()];
    cache = new AccessCache({ url });
    queries = 0;
    here = roomOn(counted(mine), { cache });
    there = roomOn(other);
    for (const username of ['alice', 'bob']) await there.people.create({ username });
    await listening();
  });

  afterEach(async () => {
    await cache.close();
    await Promise.all([here.close(), there.close()]);
    await drop();
  });

  /** Waits until the cache hears of changes, and has heard of all of those so far. */
  async function listening(): Promise<void> {
    await cache.remember('wake', async () => null);
    await expect.poll(() => cache.isListening, { timeout: 10_000, interval: 5 }).toBe(true);
  }

  function counted(database: DataSource): DataSource {
    const query = database.query.bind(database);
    database.query = ((sql: string, values?: unknown[]) => {
      queries += 1;
      return query(sql, values);
    }) as typeof database.query;
    return database;
  }

  const costOf = async (work: () => Promise<unknown>) => {
    const before = queries;
    await work();
    return queries - before;
  };

  it('answers a second time without the database, whoever is asked about', async () => {
    const { wiki, token } = await there.wiki('alice', 'notes');
    const stranger = await here.as('bob');
    const ask = async () => {
      const agent = await here.actors.byToken(token.secret, 'mcp');
      await here.acl.require('page.read', agent, { id: wiki.id });
      await outcome(here.acl.require('page.read', stranger, { id: wiki.id }));
      await outcome(here.acl.require('page.read', stranger, { owner: 'alice', slug: 'absent' }));
    };

    await expect.poll(() => costOf(ask), { interval: 1 }).toBe(0);
  });

  it('keeps the door of each request, and people apart', async () => {
    const { wiki, token } = await there.wiki('alice', 'notes');
    const [first, second] = [
      await here.actors.byToken(token.secret, 'mcp'),
      await here.actors.byToken(token.secret, 'git'),
    ];

    expect([first.door, second.door]).toEqual(['mcp', 'git']);
    expect(await outcome(here.acl.require('page.read', first, { id: wiki.id }))).toBe('done');
    expect(await outcome(here.acl.require('page.read', await here.as('bob'), { id: wiki.id }))).toBe('wiki-not-found');
    expect(await outcome(here.acl.require('page.read', here.actors.nobody('mcp'), { id: wiki.id }))).toBe(
      'sign-in-required',
    );
  });

  it('forgets when another process revokes a token, takes a role or deletes a wiki', async () => {
    const { wiki } = await there.wiki('alice', 'notes');
    const manage = await there.acl.require('members.manage', await there.as('alice'), { id: wiki.id });
    await there.members.set(manage, 'bob', 'editor');
    const { id, secret } = await there.tokens.createFor('bob', { label: 'x', verbs: ['read', 'write'] });
    const bob = await here.actors.byToken(secret, 'rest');
    const write = () => outcome(here.acl.require('page.write', bob, { id: wiki.id }));
    const token = () => outcome(here.actors.byToken(secret, 'rest'));
    await expect.poll(write, { interval: 5 }).toBe('done');

    // Well under the second after which everything is forgotten anyway.
    const soon = { timeout: 900, interval: 2 };
    await there.members.set(manage, 'bob', 'viewer');
    await expect.poll(write, soon).toBe('denied');
    await there.tokens.revoke(there.acl.requireAccount('tokens.manage', await there.as('bob')), id);
    await expect.poll(token, soon).toBe('bad-credential');
    await there.wikis.remove(there.acl.also(manage, 'wiki.delete'), 'alice/notes');
    await expect.poll(write, soon).toBe('wiki-not-found');
  });

  it('forgets at once what its own process changes', async () => {
    const { wiki } = await here.wiki('alice', 'notes');
    const alice = await here.as('alice');
    const bob = await here.as('bob');
    const manage = await here.acl.require('members.manage', alice, { id: wiki.id });
    const read = () => outcome(here.acl.require('page.read', bob, { id: wiki.id }));

    for (let turn = 0; turn < 20; turn += 1) {
      expect(await read()).toBe('wiki-not-found');
      await here.members.set(manage, 'bob', 'viewer');
      expect(await read()).toBe('done');
      await here.members.remove(manage, 'bob');
    }
  });

  it('does not keep what was read before a change that came while it was reading', async () => {
    let value = 'before';
    const read = cache.remember('race', async () => {
      const seen = value;
      value = 'after';
      cache.forget();
      return seen;
    });

    expect(await read).toBe('before');
    expect(await cache.remember('race', async () => value)).toBe('after');
  });

  it('remembers nothing while its connection is lost, and listens again by itself', async () => {
    let answers = 0;
    const ask = () => cache.remember('count', async () => (answers += 1));
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'wikibot-access' AND datname = current_database()`;
    await there.database.query(kill);
    await expect.poll(() => cache.isListening, { interval: 1 }).toBe(false);

    const [one, two] = [await ask(), await ask()];
    expect(two).toBe(one + 1);

    await listening();
    const again = await ask();
    expect(await ask()).toBe(again);
  });

  it('remembers for a second at most, and no more than it may hold', async () => {
    const small = new AccessCache({ url, maxEntries: 2 });
    try {
      await small.remember('wake', async () => null);
      await expect.poll(() => small.isListening, { interval: 5 }).toBe(true);
      let asked = 0;
      const ask = (key: string) => small.remember(key, async () => (asked += 1));
      for (const key of ['a', 'b', 'c']) await ask(key);
      expect(await ask('c')).toBe(3);
      expect(await ask('a')).toBe(4);

      const started = performance.now();
      await expect.poll(() => ask('a'), { timeout: 3000, interval: 20 }).toBe(5);
      expect(performance.now() - started).toBeLessThan(1500);
    } finally {
      await small.close();
    }
  });

  it('works on without a database to listen to, and says why', async () => {
    const errors: unknown[] = [];
    const deaf = new AccessCache({ url: 'postgres://127.0.0.1:1/none', onError: (error) => errors.push(error) });
    let asked = 0;

    for (let turn = 0; turn < 3; turn += 1) await deaf.remember('x', async () => (asked += 1));

    expect(asked).toBe(3);
    await expect.poll(() => errors.length, { interval: 5 }).toBeGreaterThan(0);
    await deaf.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostSessions, Sessions, Usage } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

const host = 'alice.wiki.example';
const [state, next] = ['hash of a state', '/notes/Page?x=1'];

describe('sessions', () => {
  let room: Room;
  let sessions: Sessions;
  let hosts: HostSessions;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob']);
    sessions = new Sessions({ database: room.database });
    hosts = new HostSessions({ database: room.database });
  });
  afterAll(() => room?.close());

  const at = async (username: string, browser = {}) => {
    const { id, secret } = await sessions.begin({ userId: (await room.people.find(username))?.id ?? '' }, browser);
    const actor = await room.actors.bySession(secret, 'web');
    const read = room.acl.requireAccount('account.read', actor);
    return { id, secret, read, write: room.acl.requireAccount('account.write', actor) };
  };
  const isAlive = async (secret: string, where: string | null = null) =>
    (await outcome(room.actors.bySession(secret, 'web', where))) === 'done';
  const issue = ({ write }: Awaited<ReturnType<typeof at>>, more = {}) =>
    hosts.issue(write.actor, { host, state, next, ...more });
  const redeem = async (code: string, more = {}) => hosts.redeem(code, { host, state, ...more }, {});
  const endAllOf = async (username: string) => sessions.endAll((await at(username)).write);

  it('are listed with what is known of the browser and its network', async () => {
    const one = await at('alice', { agent: 'Mozilla/5.0 one', address: '203.0.113.77' });
    const two = await at('alice', { agent: `${'x'.repeat(400)}`, address: '2001:db8:1:2::7' });
    const three = await at('alice', { agent: 'a\0b', address: '::ffff:198.51.100.9' });
    const four = await at('alice', { address: '::1' });
    await at('bob');

    const listed = await sessions.list(one.read);
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set([one.id, two.id, three.id, four.id]));
    const row = (id: string) => listed.find((session) => session.id === id);
    expect(row(one.id)).toMatchObject({
      agent: 'Mozilla/5.0 one',
      network: '203.0.113.0/24',
      host: null,
      parent: null,
    });
    expect(row(two.id)).toMatchObject({ agent: 'x'.repeat(300), network: '2001:db8:1::/48' });
    expect(row(three.id)).toMatchObject({ agent: 'ab', network: '198.51.100.0/24' });
    expect(row(four.id)?.network).toBe('0:0:0::/48');
  });

  it('end one by one, by their own person only, or all at once', async () => {
    const [here, there] = [await at('alice'), await at('alice')];
    const bob = await at('bob');

    expect(await outcome(sessions.endOne(bob.write, there.id))).toBe('session-not-found');
    expect(await outcome(sessions.endOne(here.write, 'no id'))).toBe('session-not-found');
    await sessions.endOne(here.write, there.id);
    expect([await isAlive(here.secret), await isAlive(there.secret)]).toEqual([true, false]);
    await sessions.endAll(here.write);
    expect([await isAlive(here.secret), await isAlive(bob.secret)]).toEqual([false, true]);
  });

  it('on the host of a wiki begin with a code, and are good at that host alone', async () => {
    const main = await at('alice');
    const arrived = await redeem(await issue(main));

    expect(arrived?.next).toBe(next);
    const secret = arrived?.secret ?? '';
    expect(await isAlive(secret, host)).toBe(true);
    expect([await isAlive(secret), await isAlive(secret, 'bob.wiki.example')]).toEqual([false, false]);
    expect(await isAlive(main.secret, host)).toBe(false);
    const child = (await sessions.list(main.read)).find((session) => session.host === host);
    expect(child?.parent).toBe(main.id);
  });

  it('no code is good twice, late, elsewhere or for another browser, and each try uses it up', async () => {
    const main = await at('alice');
    const once = await issue(main);
    const both = await Promise.all([redeem(once), redeem(once)]);
    expect(both.filter((one) => one !== null)).toHaveLength(1);

    for (const wrong of [{ host: 'bob.wiki.example' }, { state: 'of another browser' }]) {
      const code = await issue(main);
      expect(await redeem(code, wrong)).toBeNull();
      expect(await redeem(code)).toBeNull();
    }
    const late = await issue(main);
    const [kept] = await room.database.query<{ sha256: string; life: number }[]>(
      'SELECT sha256, extract(epoch FROM expires_at - now())::int AS life FROM host_codes',
    );
    expect(kept?.sha256).not.toBe(late);
    expect(kept?.life).toBeLessThanOrEqual(60);
    await room.database.query('UPDATE host_codes SET expires_at = now()');
    expect(await redeem(late)).toBeNull();
    expect(await redeem('made up')).toBeNull();
  });

  it('on hosts end with that of the platform, and not the other way round', async () => {
    const main = await at('alice');
    const one = (await redeem(await issue(main)))?.secret ?? '';
    const other = 'bob.wiki.example';
    const two = (await redeem(await issue(main, { host: other }), { host: other }))?.secret ?? '';

    await sessions.end(one);
    expect([await isAlive(one, host), await isAlive(two, other), await isAlive(main.secret)]).toEqual([
      ...[false, true, true],
    ]);
    const late = await issue(main);
    await sessions.end(main.secret);
    expect([await isAlive(two, other), await redeem(late)]).toEqual([false, null]);
    expect(await outcome(issue(main))).toBe('done');
  });

  it('there is one for each host, and a new password ends them all', async () => {
    const main = await at('alice');
    const first = (await redeem(await issue(main)))?.secret ?? '';
    const second = (await redeem(await issue(main)))?.secret ?? '';

    expect([await isAlive(first, host), await isAlive(second, host)]).toEqual([false, true]);
    await room.people.setPassword('alice', 'another horse');
    expect([await isAlive(second, host), await isAlive(main.secret)]).toEqual([false, false]);
  });

  it('on a host keep that of the platform alive', async () => {
    await endAllOf('alice');
    const main = await at('alice');
    const secret = (await redeem(await issue(main)))?.secret ?? '';
    await room.database.query(`UPDATE sessions SET last_seen = now() - interval '13 days'`);
    const usage = new Usage({ database: room.database });
    usage.saw(await room.actors.bySession(secret, 'web', host));
    await usage.close();

    const seen = (await sessions.list(main.read)).map(({ lastSeenAt }) => Date.now() - lastSeenAt.getTime() < 60_000);
    expect(seen).toEqual([true, true]);
  });
});

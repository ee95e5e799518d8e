import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Passkeys, Sessions } from '../src/index.js';
import { Authenticator, type Lies } from './kit/an-authenticator.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

const party = { id: 'wiki.example', name: 'wikibot', origin: 'https://wiki.example' };

describe('passkeys', () => {
  let room: Room;
  let passkeys: Passkeys;
  let sessions: Sessions;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob', 'carol', 'dora', 'erin']);
    passkeys = new Passkeys({ database: room.database, party });
    sessions = new Sessions({ database: room.database });
  });
  afterAll(() => room?.close());

  /** Somebody at a browser, signed in just now. */
  const at = async (username: string, browser = `browser of ${username}`) => {
    const person = await room.people.find(username);
    const { secret } = await sessions.begin({ userId: person?.id ?? '' });
    const actor = await room.actors.bySession(secret, 'web');
    const write = room.acl.requireAccount('account.write', actor);
    const read = room.acl.requireAccount('account.read', actor);
    const device = new Authenticator(party.origin);
    const add = async (lies: Lies = {}, name = 'laptop') => {
      const answer = device.create(await passkeys.registration(write, browser), lies);
      return passkeys.add(write, { name, answer, browser });
    };
    const signIn = async (lies: Lies = {}) =>
      passkeys.signIn(device.get(await passkeys.assertion(browser), lies), browser);
    return { read, write, device, browser, add, signIn, session: actor.session ?? '' };
  };
  const setProved = (session: string, ago: string) =>
    room.database.query(`UPDATE sessions SET proved_at = now() - $2::interval WHERE id = $1`, [session, ago]);

  it('are added, and sign in without a name', async () => {
    const alice = await at('alice');
    const made = await alice.add();

    expect(made).toMatchObject({ name: 'laptop', lastUsedAt: null });
    expect(await alice.signIn()).toMatchObject({ username: 'alice' });
    expect((await alice.signIn()).userId).toBe(alice.write.actor.userId);
    const [listed] = await passkeys.list(alice.read);
    expect(listed?.lastUsedAt).toBeInstanceOf(Date);
  });

  it('ask for verification and for keys that know whose they are', async () => {
    const { write, browser } = await at('alice');
    const options = await passkeys.registration(write, browser);

    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(options.rp).toEqual({ id: 'wiki.example', name: 'wikibot' });
    expect(options.excludeCredentials).toHaveLength(1);
    expect((await passkeys.assertion(browser)).userVerification).toBe('required');
  });

  it.each<[string, Lies]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['of a host of ours', { origin: 'https://alice.wiki.example' }],
    ['for another host name', { rpId: 'evil.example' }],
    ['for a challenge of its own', { challenge: 'bWFkZSB1cA' }],
    ['of another kind', { type: 'webauthn.elsewhere' }],
    ['from within a frame', { crossOrigin: true }],
    ['without verification', { isVerified: false }],
  ])('an answer %s neither adds nor signs in', async (_, lies) => {
    const bob = await at('bob');
    const before = await passkeys.list(bob.read);

    expect(await outcome(bob.add(lies))).toBe('passkey-not-valid');
    expect(await passkeys.list(bob.read)).toEqual(before);
    const carol = await at('carol');
    await carol.add({}, 'phone');
    expect(await outcome(carol.signIn(lies))).toBe('passkey-not-valid');
    expect(await outcome(carol.signIn())).toBe('done');
  });

  it('an answer is taken once, from the browser that was asked, and in time', async () => {
    const carol = await at('carol');
    await carol.add();
    const answer = carol.device.get(await passkeys.assertion(carol.browser));
    expect(await outcome(passkeys.signIn(answer, carol.browser))).toBe('done');
    expect(await outcome(passkeys.signIn(answer, carol.browser))).toBe('passkey-not-valid');

    const other = carol.device.get(await passkeys.assertion('another browser'));
    expect(await outcome(passkeys.signIn(other, carol.browser))).toBe('passkey-not-valid');
    const late = carol.device.get(await passkeys.assertion(carol.browser));
    await room.database.query('UPDATE passkey_challenges SET expires_at = now()');
    expect(await outcome(passkeys.signIn(late, carol.browser))).toBe('passkey-not-valid');
  });

  it('a challenge for signing in adds none, nor does that of somebody else', async () => {
    const [carol, dora] = [await at('carol', 'shared'), await at('dora', 'shared')];
    const forOther = dora.device.create(await passkeys.registration(carol.write, 'shared'));
    const add = (answer: unknown) => passkeys.add(dora.write, { name: 'x', answer, browser: 'shared' });

    expect(await outcome(add(forOther))).toBe('passkey-not-valid');
    const { challenge } = await passkeys.assertion('shared');
    const user = { id: Buffer.from('dora').toString('base64url') };
    expect(await outcome(add(dora.device.create({ challenge, rp: { id: party.id }, user })))).toBe('passkey-not-valid');
    expect(await passkeys.list(dora.read)).toEqual([]);
  });

  it('whose count does not grow are copies, and refused', async () => {
    const dora = await at('dora');
    await dora.add();
    expect(await outcome(dora.signIn({ counter: 7 }))).toBe('done');

    expect(await outcome(dora.signIn({ counter: 7 }))).toBe('passkey-not-valid');
    expect(await outcome(dora.signIn({ counter: 3 }))).toBe('passkey-not-valid');
    expect(await outcome(dora.signIn({ counter: 8 }))).toBe('done');
  });

  it('that never count are taken, as passwords managers have them', async () => {
    const dora = await at('dora');
    await dora.add({}, 'manager');

    expect(await outcome(dora.signIn({ counter: 0 }))).toBe('done');
    expect(await outcome(dora.signIn({ counter: 0 }))).toBe('done');
  });

  it('sign nobody in who is not theirs, unknown or suspended', async () => {
    const dora = await at('dora');
    await dora.add();
    const stranger = Buffer.from((await room.people.find('bob'))?.id.replaceAll('-', '') ?? '', 'hex');

    expect(await outcome(dora.signIn({ userHandle: stranger.toString('base64url') }))).toBe('passkey-not-valid');
    await room.database.query(`UPDATE users SET suspended_at = now() WHERE username = 'dora'`);
    expect(await outcome(dora.signIn())).toBe('passkey-not-valid');
    await room.database.query(`UPDATE users SET suspended_at = NULL WHERE username = 'dora'`);
    expect(await outcome(dora.signIn())).toBe('done');
    const other = new Authenticator(party.origin);
    other.create({ challenge: 'x', rp: { id: party.id }, user: { id: 'x' } });
    const unknown = other.get(await passkeys.assertion('b'));
    expect(await outcome(passkeys.signIn(unknown, 'b'))).toBe('passkey-not-valid');
  });

  it('sign with their own key', async () => {
    const dora = await at('dora');
    await dora.add();
    const [good, other] = [dora.device.kept.at(-1), new Authenticator(party.origin)];
    other.create({ challenge: 'x', rp: { id: party.id }, user: { id: 'x' } });
    const [key] = other.kept;
    if (good === undefined || key === undefined) throw new Error('No passkey was made.');
    const forged = dora.device.get(await passkeys.assertion(dora.browser), {}, { ...good, key: key.key });

    expect(await outcome(passkeys.signIn(forged, dora.browser))).toBe('passkey-not-valid');
    expect(await outcome(dora.signIn())).toBe('done');
  });

  it.each([null, 7, 'text', {}, { id: 'x' }, { id: 'x', response: { clientDataJSON: '!!' } }, { id: 7, response: {} }])(
    'what is no answer at all is refused: %j',
    async (answer) => {
      expect(await outcome(passkeys.signIn(answer, 'b'))).toBe('passkey-not-valid');
    },
  );

  it('are added and removed only soon after a proof, and a password given again is one', async () => {
    await room.people.setPassword('erin', 'correct horse');
    const erin = await at('erin');
    const { id } = await erin.add();
    await setProved(erin.session, '16 minutes');

    expect(await sessions.isProved(erin.read)).toBe(false);
    expect(await outcome(erin.add())).toBe('proof-required');
    expect(await outcome(passkeys.remove(erin.write, id))).toBe('proof-required');
    expect(await outcome(sessions.prove(erin.write, 'wrong horse'))).toBe('bad-credential');
    expect(await outcome(passkeys.remove(erin.write, id))).toBe('proof-required');
    await sessions.prove(erin.write, 'correct horse');
    await passkeys.rename(erin.write, id, 'key ring');
    expect((await passkeys.list(erin.read)).map(({ name }) => name)).toEqual(['key ring']);
    await passkeys.remove(erin.write, id);
    expect(await passkeys.list(erin.read)).toEqual([]);
    expect(await outcome(erin.signIn())).toBe('passkey-not-valid');
  });

  it('of others are not there, and tokens reach none', async () => {
    const [erin, alice] = [await at('erin'), await at('alice')];
    const { id } = await erin.add();

    expect(await outcome(passkeys.remove(alice.write, id))).toBe('passkey-not-found');
    expect(await outcome(passkeys.rename(alice.write, id, 'mine'))).toBe('passkey-not-found');
    expect(await outcome(passkeys.rename(erin.write, 'no\0ne', 'mine'))).toBe('passkey-not-found');
    const { secret } = await room.tokens.createFor('erin', { label: 't', verbs: ['read', 'write', 'admin'] });
    const token = room.acl.requireAccount('account.write', await room.actors.byToken(secret, 'web'));
    expect(await outcome(passkeys.registration(token, 'b'))).toBe('denied');
    expect(await outcome(passkeys.remove(token, id))).toBe('denied');
    expect(await outcome(sessions.endAll(token))).toBe('denied');
  });

  it('that are the last way to sign in stay, also when the last two go at once', async () => {
    await room.people.create({ username: 'frank' });
    const frank = await at('frank');
    const [one, two] = [await frank.add({}, 'one'), await frank.add({}, 'two')];
    const gone = await Promise.all([one, two].map(({ id }) => outcome(passkeys.remove(frank.write, id))));

    expect(gone.sort()).toEqual(['done', 'last-way-in']);
    expect(await passkeys.list(frank.read)).toHaveLength(1);
  });
});

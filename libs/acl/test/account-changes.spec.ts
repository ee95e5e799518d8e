import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from './kit/a-room.js';
import { type AccountRoom, anAccountRoom, asking } from './kit/an-account-room.js';

const [password, another] = ['correct horse battery', 'another horse battery'];

describe('changes of an account', () => {
  let room: AccountRoom;
  let visitors = 0;

  beforeAll(async () => {
    room = await anAccountRoom([]);
    for (const username of ['alice', 'bob', 'carol'])
      await room.people.create({ username, password, email: `${username}@example.org` });
  });
  afterAll(() => room?.close());

  const elsewhere = () => ({ ...asking, address: `198.51.100.${(visitors += 1)}` });
  const ask = async (login: string) => {
    await room.passwords.request(login, elsewhere());
    return room.mails();
  };
  const secretFor = async (login: string) => (await ask(login))[0]?.link?.secret ?? '';
  const signIn = (login: string, given: string) => outcome(room.actors.byPassword(login, given, 'web'));
  const write = async (username: string, session?: string) => {
    const actor = await room.as(username);
    return room.acl.requireAccount('account.write', session === undefined ? actor : { ...actor, session });
  };
  const beginSession = async (username: string) => {
    const { userId } = await room.as(username);
    return room.sessions.begin({ userId: userId ?? '' });
  };
  const isIn = (secret: string) => outcome(room.actors.bySession(secret, 'web'));

  describe('a forgotten password', () => {
    it('is changed by a link, once, and ends sessions and other links', async () => {
      const session = await beginSession('alice');
      const [first, second] = [await secretFor('alice'), await secretFor('ALICE@example.org')];
      expect(await room.passwords.read(first)).toMatchObject({ username: 'alice' });

      expect(await outcome(room.passwords.finish(first, 'short', asking))).toBe('password-not-allowed');
      expect(await room.passwords.finish(first, another, asking)).toMatchObject({ username: 'alice' });

      expect([await signIn('alice', password), await signIn('alice', another)]).toEqual(['bad-credential', 'done']);
      expect(await isIn(session.secret)).toBe('bad-credential');
      for (const used of [first, second])
        expect(await outcome(room.passwords.finish(used, password, asking))).toBe('link-not-valid');
      expect(await room.mails()).toMatchObject([{ kind: 'password-changed', to: 'alice@example.org', link: null }]);
    });

    it('is changed by one of many who use a link at once', async () => {
      const secret = await secretFor('carol');
      const many = [0, 1, 2].map((n) => outcome(room.passwords.finish(secret, `${another} ${n}`, asking)));

      expect((await Promise.all(many)).sort()).toEqual(['done', 'link-not-valid', 'link-not-valid']);
      await room.mails();
    });

    it('of nobody is asked for in the same way', async () => {
      for (const login of ['nobody', 'nobody@example.org', '', 'a\0b', 'x'.repeat(5_000)])
        expect(await ask(login)).toEqual([]);
    });

    it('of somebody suspended, or known by another server alone, gets no link', async () => {
      await room.people.create({ username: 'eve', password, email: 'eve@example.org' });
      await room.database.query(`UPDATE users SET suspended_at = now() WHERE username = 'eve'`);
      const identity = { issuer: 'https://one.example', subject: '1' };
      await room.people.create({ username: 'ida', email: 'ida@example.org', identity });

      for (const login of ['eve', 'eve@example.org', 'ida', 'ida@example.org']) expect(await ask(login)).toEqual([]);
    });

    it('may be the first one of somebody who has none', async () => {
      await room.people.create({ username: 'fritz', email: 'fritz@example.org' });

      await room.passwords.finish(await secretFor('Fritz@example.org'), password, asking);

      expect(await signIn('fritz@example.org', password)).toBe('done');
      await room.mails();
    });

    it('is good for an hour', async () => {
      const [letter] = await ask('bob');
      await room.database.query(`UPDATE account_links SET expires_at = expires_at - interval '59 minutes'`);
      expect(await outcome(room.passwords.read(letter?.link?.secret ?? ''))).toBe('done');
      await room.database.query(`UPDATE account_links SET expires_at = expires_at - interval '1 minute'`);

      expect(letter?.link?.hours).toBe(1);
      expect(await outcome(room.passwords.read(letter?.link?.secret ?? ''))).toBe('link-not-valid');
    });
  });

  it('a password that is changed leaves this session and ends the others', async () => {
    const [own, other] = [await beginSession('bob'), await beginSession('bob')];

    await room.passwords.change(await write('bob', own.id), another, asking);

    expect([await isIn(own.secret), await isIn(other.secret)]).toEqual(['done', 'bad-credential']);
    expect(await signIn('bob', another)).toBe('done');
    expect(await room.mails()).toMatchObject([{ kind: 'password-changed', username: 'bob' }]);
  });

  describe('an e-mail address', () => {
    const request = async (username: string, email: string) =>
      room.emails.request(await write(username), email, elsewhere());

    it('changes when it is confirmed, and the one before is told', async () => {
      await request('bob', 'robert@example.org');
      const [letter] = await room.mails();
      expect(letter).toMatchObject({ kind: 'email', to: 'robert@example.org', username: 'bob' });
      expect((await room.people.find('bob'))?.email).toBe('bob@example.org');

      await room.emails.finish(letter?.link?.secret ?? '', asking);

      expect((await room.people.find('bob'))?.email).toBe('robert@example.org');
      expect(await room.mails()).toMatchObject([{ kind: 'email-changed', to: 'bob@example.org', link: null }]);
      expect(await outcome(room.emails.finish(letter?.link?.secret ?? '', asking))).toBe('link-not-valid');
    });

    it('of somebody else stays theirs, and they alone are told', async () => {
      await request('bob', 'Carol@example.org');

      expect(await room.mails()).toMatchObject([{ kind: 'has-account', to: 'carol@example.org', username: 'carol' }]);
    });

    it('that two confirm at once is one of theirs', async () => {
      await request('bob', 'both@example.org');
      await request('carol', 'both@example.org');
      const links = (await room.mails()).map(({ link }) => link?.secret ?? '');
      expect(links).toHaveLength(2);

      const outcomes = await Promise.all(links.map((link) => outcome(room.emails.finish(link, asking))));

      expect(outcomes.sort()).toEqual(['done', 'link-not-valid']);
      await room.mails();
    });

    it('that a thief asked for is not theirs after a new password', async () => {
      await request('alice', 'thief@example.org');
      const [sent] = await room.mails();
      await request('alice', 'thief-again@example.org');

      await room.people.setPassword('alice', password);

      expect(await outcome(room.emails.finish(sent?.link?.secret ?? '', asking))).toBe('link-not-valid');
      expect(await room.mails()).toEqual([]);
    });

    it('that changes takes the links away that went to the one before', async () => {
      const reset = await secretFor('alice');
      await request('alice', 'alice2@example.org');
      const [letter] = await room.mails();
      await room.emails.finish(letter?.link?.secret ?? '', asking);

      expect(await outcome(room.passwords.read(reset))).toBe('link-not-valid');
      await room.mails();
    });

    it.each([
      ['nowhere', 'name-not-allowed'],
      ['ALICE2@example.org', 'fields-refused'],
    ])('%j is refused: %s', async (email, code) => {
      expect(await outcome(request('alice', email))).toBe(code);
      expect(await room.mails()).toEqual([]);
    });
  });

  describe('a mail', () => {
    it('is given to one of many who ask, and again when it did not go', async () => {
      await room.passwords.request('alice', elsewhere());
      const many = await Promise.all([room.outbox.next(), room.outbox.next(), room.outbox.next()]);
      const [letter] = many.filter((one) => one !== null);
      expect(many.filter((one) => one === null)).toHaveLength(2);

      expect(letter && (await room.outbox.retry(letter))).toBe(true);
      expect(await room.outbox.next()).toBeNull();
      await room.database.query('UPDATE mails SET due_at = now()');
      const again = await room.outbox.next();

      expect(again).toMatchObject({ id: letter?.id, attempts: 2, kind: 'password' });
      // The first may have arrived all the same.
      for (const { link } of [letter, again].filter((one) => one != null))
        expect(await outcome(room.passwords.read(link?.secret ?? ''))).toBe('done');
    });

    it('whose sender died is sent by another', async () => {
      await room.database.query('UPDATE mails SET due_at = now()');

      expect(await room.mails()).toMatchObject([{ attempts: 3 }]);
    });

    it('is given up after a day', async () => {
      await room.passwords.request('alice', elsewhere());
      const letter = await room.outbox.next();
      await room.database.query(`UPDATE mails SET created_at = now() - interval '25 hours'`);

      expect(letter && (await room.outbox.retry(letter))).toBe(false);
      expect(await room.database.query('SELECT * FROM mails')).toEqual([]);
    });
  });
});

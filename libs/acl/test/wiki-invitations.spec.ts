import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access, SignedInActor } from '../src/index.js';
import { outcome } from './kit/a-room.js';
import { type AccountRoom, anAccountRoom, asking } from './kit/an-account-room.js';

const password = 'correct horse battery';
const terms = { role: 'editor', days: 7 } as const;
let networks = 0;
/** So that what a test asks for counts for no other. */
const anywhere = () => ({ ...asking, address: `198.51.100.${(networks += 1)}` });

describe('asking others into a wiki', () => {
  let room: AccountRoom;
  let manage: Access<'members.manage'>;

  beforeAll(async () => {
    room = await anAccountRoom(['alice', 'bob', 'carol'], { mode: 'invitation' });
    await room.people.create({ username: 'known', password, email: 'known@example.org' });
    const { wiki } = await room.wiki('alice', 'notes');
    manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
  });
  afterAll(() => room?.close());

  const invite = (login: string, more: object = {}) =>
    room.invited.invite(manage, { login, ...terms, ...more }, anywhere());
  const link = async (login: string, more: object = {}) => {
    const made = await invite(login, more);
    if (made.member !== null) throw new Error(`${login} is a member and no link.`);
    return made;
  };
  const accept = async (username: string, secret: string) =>
    outcome(room.invitations.accept((await room.as(username)) as SignedInActor, secret));
  const roles = async () =>
    Object.fromEntries(
      (await room.members.list(room.acl.also(manage, 'members.read'))).map(({ username, role }) => [username, role]),
    );

  it('gives whoever has the username the role at once, with or without the sign before it', async () => {
    expect(await invite('bob')).toMatchObject({ member: { username: 'bob', role: 'editor' }, invitation: null });
    expect(await invite(' @carol ', { role: 'viewer' })).toMatchObject({ member: { username: 'carol' } });
    expect(await roles()).toEqual({ alice: 'owner', bob: 'editor', carol: 'viewer' });
    expect(await room.invited.list(manage)).toEqual([]);
  });

  it('says so where nobody has the username, and takes the owner and what is no address for neither', async () => {
    const codes = ['nobody', 'alice', 'a@', 'a b@example.org', 'bo\0b'].map((login) => outcome(invite(login)));

    expect(await Promise.all(codes)).toEqual([
      ...['user-not-found', 'denied', 'name-not-allowed', 'name-not-allowed', 'user-not-found'],
    ]);
    expect(await room.invited.list(manage)).toEqual([]);
  });

  it('makes the same of an address with an account and one without, and looks nothing up for it', async () => {
    const statements: string[][] = [];
    const answers = [];
    for (const login of ['known@example.org', 'other@example.org']) {
      const run = recorded(room);
      answers.push(await link(login));
      statements.push(run.stop());
    }
    const [known, other] = answers.map(({ member, invitation: { role, by } }) => ({ member, role, by }));

    expect(known).toEqual(other);
    expect(statements[0]).toEqual(statements[1]);
    expect(statements[0]?.filter((sql) => /FROM users/.test(sql))).toEqual([]);
    expect(await roles()).not.toHaveProperty('known');
    const letters = await room.mails();
    expect(letters.map(({ to }) => to)).toEqual(['known@example.org', 'other@example.org']);
    const [first, second] = letters.map(({ id: _, to: __, link: sent, ...same }) => ({ ...same, hours: sent?.hours }));
    expect(first).toEqual(second);
    expect(first).toMatchObject({ kind: 'invitation', username: 'alice', wiki: 'alice/notes', hours: 7 * 24 });
  });

  it('lists it until it is accepted, by the link that was shown or the one in the mail', async () => {
    const [shown, mailed] = [await link('shown@example.org'), await link('mailed@example.org', { role: 'viewer' })];
    const letter = (await room.mails()).find(({ to }) => to === 'mailed@example.org');
    const listed = async () => (await room.invited.list(manage)).map(({ email }) => email);
    expect(await listed()).toEqual(expect.arrayContaining(['shown@example.org', 'mailed@example.org']));
    expect(JSON.stringify(await room.invited.list(manage))).not.toContain(shown.secret);
    expect(letter?.link?.secret).not.toBe(mailed.secret);

    expect(await accept('known', letter?.link?.secret ?? '')).toBe('done');
    const person = await room
      .signUpAs('invitation', false)
      .begin({ username: 'dora', displayName: '', email: '', password }, shown.secret, asking);

    expect(person?.username).toBe('dora');
    expect(await roles()).toMatchObject({ known: 'viewer', dora: 'editor' });
    expect(await listed()).not.toEqual(expect.arrayContaining(['shown@example.org']));
    expect(await listed()).not.toEqual(expect.arrayContaining(['mailed@example.org']));
    expect([await accept('bob', mailed.secret), await accept('bob', shown.secret)]).toEqual([
      ...['link-not-valid', 'link-not-valid'],
    ]);
    const kept = await room.database.query<{ email: string }[]>(
      'SELECT email FROM invitations WHERE used_at IS NOT NULL',
    );
    expect(kept.map(({ email }) => email)).toEqual([null, null]);
  });

  it('keeps one invitation for an address, the last', async () => {
    const first = await link('Twice@example.org');
    const second = await link('twice@example.org', { role: 'viewer' });

    const theirs = (await room.invited.list(manage)).filter(({ email }) => /twice/i.test(email ?? ''));
    expect(theirs).toMatchObject([{ id: second.invitation.id, role: 'viewer' }]);
    // A link that is in somebody's hands stays good, for what the invitation is for now.
    for (const { secret } of [first, second])
      expect((await room.invitations.read(secret)).grant).toMatchObject({ role: 'viewer' });
    await room.invited.revoke(manage, second.invitation.id);
    expect(await outcome(room.invitations.read(first.secret))).toBe('link-not-valid');
  });

  it('ends what is revoked, and the mail that waits with it, of this wiki alone', async () => {
    const { secret, invitation } = await link('revoked@example.org');
    const { wiki } = await room.wiki('bob', 'own');
    const others = await room.acl.require('members.manage', await room.as('bob'), { id: wiki.id });

    expect(await outcome(room.invited.revoke(others, invitation.id))).toBe('invitation-not-found');
    expect(await room.invited.list(others)).toEqual([]);
    await room.invited.revoke(manage, invitation.id.toUpperCase());

    expect(await accept('carol', secret)).toBe('link-not-valid');
    expect((await room.mails()).map(({ to }) => to)).not.toContain('revoked@example.org');
    expect(await outcome(room.invited.revoke(manage, invitation.id))).toBe('invitation-not-found');
    expect(await outcome(room.invited.revoke(manage, 'no id'))).toBe('invitation-not-found');
  });

  it('sends no more mails than any door does, and says the same', async () => {
    const from = anywhere();
    await room.mails();
    for (let time = 0; time < 5; time += 1) {
      const made = await room.invited.invite(manage, { login: 'often@example.org', ...terms }, from);
      expect(made.invitation?.email).toBe('often@example.org');
    }
    const letters = await room.mails();
    expect(letters).toHaveLength(3);
    for (const { link: sent } of letters) expect(await outcome(room.invitations.read(sent?.secret ?? ''))).toBe('done');
    const many = Array.from({ length: 61 }, (_, n) => n);
    let last = 'done';
    for (const n of many)
      last = await outcome(room.invited.invite(manage, { login: `p${n % 30}@example.org`, ...terms }, from));
    expect(last).toBe('too-many-failures');
    for (const { id } of await room.invited.list(manage)) await room.invited.revoke(manage, id);
  });

  it('keeps to a hundred that wait, also when many are made at once', async () => {
    for (let n = 0; n < 98; n += 1) await link('');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcome(link(''))));

    expect(outcomes.sort()).toEqual(['done', 'done', 'limit-reached', 'limit-reached', 'limit-reached']);
    expect(await room.invited.list(manage)).toHaveLength(100);
    expect(await outcome(invite('', { days: 0 }))).toBe('expiry-not-allowed');
  });
});

/** Every statement that is run for something, without what differs by design. */
function recorded({ database }: AccountRoom) {
  const statements: string[] = [];
  const runner = database.createQueryRunner.bind(database);
  const query = database.query.bind(database);
  database.query = (async (sql: string, ...more: unknown[]) => {
    statements.push(sql);
    return query(sql, ...(more as []));
  }) as typeof database.query;
  database.createQueryRunner = (...mode) => {
    const made = runner(...mode);
    const run = made.query.bind(made);
    made.query = (async (sql: string, ...more: unknown[]) => {
      statements.push(sql);
      return run(sql, ...(more as []));
    }) as typeof made.query;
    return made;
  };
  return {
    stop: () => {
      database.query = query;
      database.createQueryRunner = runner;
      return statements;
    },
  };
}

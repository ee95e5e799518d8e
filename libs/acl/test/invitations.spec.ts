import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedInActor } from '../src/index.js';
import { outcome } from './kit/a-room.js';
import { type AccountRoom, anAccountRoom, asking } from './kit/an-account-room.js';

const password = 'correct horse battery';

describe('invitations', () => {
  let room: AccountRoom;
  let wiki: string;

  beforeAll(async () => {
    room = await anAccountRoom(['alice', 'bob', 'carol'], { mode: 'invitation', hasMail: false });
    wiki = (await room.wiki('alice', 'notes')).wiki.id;
  });
  afterAll(() => room?.close());

  const manage = async () => room.acl.require('members.manage', await room.as('alice'), { id: wiki });
  const invite = async (role: 'editor' | 'viewer' = 'editor') =>
    (await room.invitations.toWiki(await manage(), { days: 7, role })).secret;
  const form = (username: string) => ({ username, displayName: '', email: '', password });
  const begin = (username: string, secret: string) => room.signUp.begin(form(username), secret, asking);
  const roleOf = async (username: string) =>
    (await room.members.list(room.acl.also(await manage(), 'members.read'))).find((row) => row.username === username)
      ?.role;
  const accept = async (username: string, secret: string) =>
    outcome(room.invitations.accept((await room.as(username)) as SignedInActor, secret));

  it('to a wiki give an account and the role, once', async () => {
    const secret = await invite('viewer');
    expect((await room.invitations.read(secret)).grant).toMatchObject({ name: 'notes', role: 'viewer', by: 'alice' });

    expect(await begin('dora', secret)).toMatchObject({ username: 'dora', isAdmin: false });

    expect(await roleOf('dora')).toBe('viewer');
    expect(await outcome(begin('ernst', secret))).toBe('link-not-valid');
    expect(await room.people.find('ernst')).toBeNull();
  });

  it('are kept as hashes, and are used up by one of many at once', async () => {
    const secret = await invite();
    expect(JSON.stringify(await room.database.query('SELECT * FROM invitations'))).not.toContain(secret);

    const many = await Promise.all(['many-1', 'many-2', 'many-3'].map((name) => outcome(begin(name, secret))));

    expect(many.sort()).toEqual(['done', 'link-not-valid', 'link-not-valid']);
  });

  it('give whoever has an account the role, and never a lower one', async () => {
    expect(await accept('bob', await invite('editor'))).toBe('done');
    expect(await roleOf('bob')).toBe('editor');
    expect(await accept('bob', await invite('viewer'))).toBe('done');
    expect(await roleOf('bob')).toBe('editor');
    expect(await accept('alice', await invite('viewer'))).toBe('done');
    expect(await roleOf('alice')).toBe('owner');
    expect(await accept('carol', (await room.invitations.toPlatform({ days: 1 })).secret)).toBe('link-not-valid');
  });

  it('end with their time, and with the rights of whoever invited', async () => {
    const [old, withdrawn, gone] = [await invite(), await invite(), await invite()];
    await room.database.query(
      `UPDATE invitations SET expires_at = now() WHERE id = (SELECT id FROM invitations ORDER BY created_at DESC LIMIT 1 OFFSET 2)`,
    );
    expect(await accept('carol', old)).toBe('link-not-valid');

    await room.database.query(`UPDATE users SET suspended_at = now() WHERE username = 'alice'`);
    expect(await accept('carol', withdrawn)).toBe('link-not-valid');
    await room.database.query(`UPDATE users SET suspended_at = NULL WHERE username = 'alice'`);
    const remove = await room.acl.require('wiki.delete', await room.as('alice'), { id: wiki });
    await room.wikis.remove(remove, 'alice/notes');
    expect(await accept('carol', gone)).toBe('link-not-valid');
    await room.wikis.restore(await room.acl.restorable(await room.as('alice'), { owner: 'alice', slug: 'notes' }));
    expect(await accept('carol', gone)).toBe('done');
  });

  it('last from one day to ninety', async () => {
    const days = (count: number) => outcome(room.invitations.toPlatform({ days: count }));

    expect([await days(0), await days(1), await days(90), await days(91)]).toEqual([
      ...['expiry-not-allowed', 'done', 'done', 'expiry-not-allowed'],
    ]);
  });

  it('to the first account make an operator, as long as there is no account', async () => {
    const empty = await anAccountRoom([], { mode: 'closed' });
    const [one, two] = [await empty.invitations.toFirstAccount(), await empty.invitations.toFirstAccount()];
    const first = (username: string, secret: string) =>
      empty.signUp.begin({ ...form(username), email: `${username}@example.org` }, secret, asking);

    const both = await Promise.all([outcome(first('root-one', one.secret)), outcome(first('root-two', two.secret))]);

    expect(both.sort()).toEqual(['done', 'link-not-valid']);
    expect(await empty.people.list()).toMatchObject([{ isAdmin: true, email: null }]);
    // Its address stands in the account once it is confirmed.
    expect(await empty.mails()).toMatchObject([{ kind: 'email', link: { hours: 24 } }]);
    expect(await outcome(first('root-three', (await empty.invitations.toFirstAccount()).secret))).toBe(
      'link-not-valid',
    );
    await empty.close();
  });
});

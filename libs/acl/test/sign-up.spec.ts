import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AclError } from '../src/index.js';
import { outcome } from './kit/a-room.js';
import { type AccountRoom, anAccountRoom, asking } from './kit/an-account-room.js';

const password = 'correct horse battery';

/** The faults of a form, by field; nothing when it is taken. */
async function faultsOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return {};
  } catch (error) {
    if (error instanceof AclError && error.code === 'fields-refused') return error.extra['fields'];
    throw error;
  }
}

describe('signing up', () => {
  let room: AccountRoom;
  let visitors = 0;

  beforeAll(async () => {
    room = await anAccountRoom(['alice']);
    await room.people.create({ username: 'known', password, email: 'known@example.org' });
  });
  afterAll(() => room?.close());

  const form = (username: string, more: object = {}) => ({
    ...{ username, displayName: '', email: `${username}@example.org`, password },
    ...more,
  });
  /** Each from a network of its own. */
  const elsewhere = () => ({ ...asking, address: `198.51.100.${(visitors += 1)}` });
  const begin = (username: string, more: object = {}) => room.signUp.begin(form(username, more), null, elsewhere());
  const linkOf = async (to: string) => (await room.mails()).find((mail) => mail.to === to)?.link?.secret ?? '';

  it('makes no account before the link is followed, and one with the password that was chosen', async () => {
    expect(await begin('dora', { displayName: ' Dora Öl ' })).toBeNull();
    expect(await room.people.find('dora')).toBeNull();
    const secret = await linkOf('dora@example.org');

    expect(await room.signUp.waiting(secret)).toEqual({ username: 'dora', email: 'dora@example.org' });
    expect(await faultsOf(room.signUp.finish(secret, { password: 'another password' }))).toEqual({ password: 'wrong' });
    const made = await room.signUp.finish(secret, { password });

    expect(made).toMatchObject({ username: 'dora', displayName: 'Dora Öl', email: 'dora@example.org', isAdmin: false });
    expect(await outcome(room.actors.byPassword('dora@example.org', password, 'web'))).toBe('done');
    expect(await outcome(room.signUp.finish(secret, { password }))).toBe('link-not-valid');
  });

  it('keeps neither links nor passwords as they are', async () => {
    await begin('ernst');
    const secret = await linkOf('ernst@example.org');
    const stored = JSON.stringify([
      await room.database.query('SELECT * FROM account_links'),
      await room.database.query('SELECT * FROM sign_ups'),
      await room.database.query('SELECT * FROM mails'),
    ]);

    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(password);
  });

  it('does the same for an address that has an account, and tells its owner alone', async () => {
    expect(await begin('second', { email: 'KNOWN@example.org' })).toBeNull();

    const [mail, ...others] = await room.mails();
    expect(mail).toMatchObject({ kind: 'has-account', to: 'known@example.org', username: 'known', link: null });
    expect(others).toEqual([]);
    expect(await room.people.find('second')).toBeNull();
  });

  it.each([
    ['ab', 'length'],
    ['abc', undefined],
    ['a'.repeat(30), undefined],
    ['a'.repeat(31), 'length'],
    ['-abc', 'edge-hyphen'],
    ['abc-', 'edge-hyphen'],
    ['-a', 'length'],
    ['a-', 'length'],
    ['Abc', 'characters'],
    ['admin', 'reserved'],
    ['alice', 'taken'],
    ['<b>abc', 'characters'],
  ])('as %j is refused for %s', async (username, rule) => {
    const refused = await faultsOf(begin(username, { email: `somebody${visitors}@example.org` }));

    expect(refused).toEqual(rule === undefined ? {} : { username: rule });
  });

  it.each([
    ['https://evil.example', 'address'],
    ['win at www.evil.example', 'address'],
    ['Cheap pills evil.com', 'address'],
    ['<b>bold</b>', 'characters'],
    ['J. R. R. Tolkien', undefined],
    ['amy.lee', undefined],
  ])('called %j is refused for %s', async (displayName, rule) => {
    const refused = await faultsOf(begin(`called-${visitors}`, { displayName }));

    expect(refused).toEqual(rule === undefined ? {} : { displayName: rule });
  });

  it('tells every fault of a form at once', async () => {
    const wrong = { displayName: 'a\nb', email: 'nowhere', password: 'short' };

    expect(await faultsOf(begin('A', wrong))).toEqual({
      ...{ username: 'characters', displayName: 'characters', email: 'email', password: 'length' },
    });
  });

  it('of two who wait for one name, the first has it and the other takes another', async () => {
    await begin('popular', { email: 'first@example.org' });
    await begin('popular', { email: 'other@example.org' });
    const links = new Map((await room.mails()).map(({ to, link }) => [to, link?.secret ?? '']));
    await room.signUp.finish(links.get('first@example.org') ?? '', { password });
    const other = links.get('other@example.org') ?? '';

    expect(await faultsOf(room.signUp.finish(other, { password }))).toEqual({ username: 'taken' });
    const made = await room.signUp.finish(other, { password, username: 'less-popular' });
    expect(made).toMatchObject({ username: 'less-popular', email: 'other@example.org' });
  });

  it('makes one account of a link that is followed twice at once', async () => {
    await begin('twice');
    const secret = await linkOf('twice@example.org');
    const both = [0, 1].map(() => outcome(room.signUp.finish(secret, { password })));

    expect((await Promise.all(both)).filter((one) => one === 'done')).toHaveLength(1);
    expect(await room.people.find('twice')).not.toBeNull();
  });

  it('takes no link that is too old, and none for something else', async () => {
    await begin('late');
    const secret = await linkOf('late@example.org');
    expect(await outcome(room.passwords.read(secret))).toBe('link-not-valid');
    expect(await outcome(room.emails.read(secret))).toBe('link-not-valid');
    await room.database.query('UPDATE account_links SET expires_at = now()');

    for (const link of [secret, '', 'x', `${secret}\0`, 'A'.repeat(43)])
      expect(await outcome(room.signUp.finish(link, { password }))).toBe('link-not-valid');
  });

  it('is open to whom the server is, and to nobody else', async () => {
    const attempt = (mode: 'open' | 'invitation' | 'closed', invitation: string | null) =>
      outcome(room.signUpAs(mode, true).admit(invitation));
    const { secret } = await room.invitations.toPlatform({ days: 1 });

    expect(await attempt('open', null)).toBe('done');
    expect(await attempt('invitation', null)).toBe('sign-up-closed');
    expect(await attempt('invitation', secret)).toBe('done');
    expect(await attempt('invitation', 'A'.repeat(43))).toBe('link-not-valid');
    expect(await attempt('closed', secret)).toBe('sign-up-closed');
  });

  it('sends no more than some mails to an address, and says nothing of it', async () => {
    const often = { ...asking, address: '203.0.113.9' };
    for (let time = 0; time < 5; time += 1) expect(await room.signUp.begin(form('often'), null, often)).toBeNull();

    expect(await room.mails()).toHaveLength(3);
    // Whoever floods an address from one place does not keep its owner from theirs.
    await room.signUp.begin(form('often'), null, elsewhere());
    expect(await room.mails()).toHaveLength(1);
  });

  it('refuses whoever asks for too much', async () => {
    const from = { ...asking, address: '203.0.113.77' };
    const codes = new Set<string>();
    for (let time = 0; time < 61; time += 1) codes.add(await outcome(room.passwords.request(`somebody-${time}`, from)));

    expect([...codes]).toEqual(['done', 'too-many-failures']);
    expect(await outcome(room.passwords.request('somebody', elsewhere()))).toBe('done');
  });
});

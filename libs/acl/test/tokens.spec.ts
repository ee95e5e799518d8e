import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NewToken, Sessions } from '../src/index.js';
import { aRoom, outcome, type Room } from './kit/a-room.js';

describe('tokens', () => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(['alice', 'bob']);
  });
  afterAll(() => room?.close());

  const manage = async (username: string) => room.acl.requireAccount('tokens.manage', await room.as(username));
  const reader: NewToken = { label: 'reader', verbs: ['read'] };

  it('act for a person, and no further than they were made', async () => {
    const { wiki } = await room.wiki('alice', 'notes');
    const made = await room.tokens.create(await manage('alice'), {
      label: 'claude-code',
      verbs: ['write', 'read', 'read'],
      wikis: [wiki.id],
      paths: ['/Drafts/'],
      expiresAt: new Date(Date.now() + 60_000),
    });
    const actor = await room.actors.byToken(made.secret, 'mcp');

    expect(made).toMatchObject({ kind: 'personal', verbs: ['read', 'write'], paths: ['Drafts'], wikis: [wiki.id] });
    expect(made.prefix).toBe(made.secret.slice(0, 9));
    expect(actor).toMatchObject({ kind: 'token', door: 'mcp', username: 'alice', token: { label: 'claude-code' } });
    expect((await room.acl.require('page.write', actor, { id: wiki.id })).paths).toEqual(['Drafts']);
    expect(await outcome(room.acl.require('repo.read', actor, { id: wiki.id }))).toBe('path-outside-token');
    expect(await outcome(room.acl.require('wiki.settings', actor, { id: wiki.id }))).toBe('path-outside-token');
    const other = (await room.wiki('alice', 'other')).wiki;
    expect(await outcome(room.acl.require('page.read', actor, { id: other.id }))).toBe('wiki-not-found');
  });

  it('that reach far are made from a browser only after a proof of not long ago', async () => {
    const { wiki } = await room.wiki('alice', 'proved');
    const { id: userId } = (await room.people.find('alice')) ?? { id: '' };
    const { secret } = await new Sessions({ database: room.database }).begin({ userId });
    const access = room.acl.requireAccount('tokens.manage', await room.actors.bySession(secret, 'web'));
    const make = (wanted: Partial<NewToken>) => outcome(room.tokens.create(access, { ...reader, ...wanted }));
    const all = async () => [
      await make({}),
      await make({ wikis: [wiki.id], verbs: ['read', 'admin'] }),
      await make({ wikis: [wiki.id], verbs: ['read', 'write'] }),
    ];

    expect(await all()).toEqual(['done', 'done', 'done']);
    await room.database.query(`UPDATE sessions SET proved_at = now() - interval '16 minutes'`);
    expect(await all()).toEqual(['proof-required', 'proof-required', 'done']);
  });

  it('are listed without their secrets, by their owner alone', async () => {
    const access = await manage('bob');
    const made = await room.tokens.create(access, reader);

    const listed = await room.tokens.list(access);

    expect(listed).toMatchObject([{ id: made.id, label: 'reader', lastUsedAt: null, expiresAt: null }]);
    expect(JSON.stringify(listed)).not.toContain(made.secret.slice(10));
    const [{ stored }] = await room.database.query<[{ stored: string }]>(
      'SELECT row_to_json(t)::text AS stored FROM tokens t WHERE id = $1',
      [made.id],
    );
    expect(stored).not.toContain(made.secret.slice(10));
  });

  it('are revoked by their owner, at once, and by nobody else', async () => {
    const made = await room.tokens.create(await manage('alice'), reader);

    for (const id of [made.id, '00000000-0000-4000-8000-000000000000', 'malformed', '', "' OR true --", '\0'])
      expect(await outcome(room.tokens.revoke(await manage('bob'), id))).toBe('token-not-found');
    expect(await outcome(room.actors.byToken(made.secret, 'rest'))).toBe('done');
    await room.tokens.revoke(await manage('alice'), made.id);
    expect(await outcome(room.actors.byToken(made.secret, 'rest'))).toBe('bad-credential');
    expect(await outcome(room.tokens.revoke(await manage('alice'), made.id))).toBe('token-not-found');
    expect((await room.tokens.list(await manage('alice'))).map(({ id }) => id)).not.toContain(made.id);
  });

  it('end when their time is up', async () => {
    const made = await room.tokens.create(await manage('alice'), {
      ...reader,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await room.database.query('UPDATE tokens SET expires_at = now() WHERE id = $1', [made.id]);

    expect(await outcome(room.actors.byToken(made.secret, 'rest'))).toBe('bad-credential');
  });

  it.each<[Partial<NewToken>, string]>([
    [{ expiresAt: new Date(Date.now() - 1) }, 'expiry-not-allowed'],
    [{ expiresAt: new Date(Number.NaN) }, 'expiry-not-allowed'],
    [{ expiresAt: new Date('9999-01-01') }, 'expiry-not-allowed'],
    [{ label: '' }, 'name-not-allowed'],
    [{ label: 'two\nlines' }, 'name-not-allowed'],
    [{ paths: ['../up'] }, 'name-not-allowed'],
    [{ paths: [] }, 'name-not-allowed'],
    [{ verbs: [] }, 'name-not-allowed'],
    [{ wikis: [] }, 'wiki-not-found'],
    [{ wikis: ['malformed'] }, 'wiki-not-found'],
    [{ wikis: ['00000000-0000-4000-8000-000000000000'] }, 'wiki-not-found'],
  ])('with %o are refused: %s', async (fields, expected) => {
    expect(await outcome(room.tokens.create(await manage('alice'), { ...reader, ...fields }))).toBe(expected);
  });

  it('name only wikis that the person may see', async () => {
    const hidden = (await room.wiki('alice', 'hidden')).wiki;
    const open = (await room.wiki('alice', 'open', { visibility: 'public' })).wiki;

    expect(await outcome(room.tokens.createFor('bob', { ...reader, wikis: [open.id, hidden.id] }))).toBe(
      'wiki-not-found',
    );
    expect(await outcome(room.tokens.createFor('bob', { ...reader, wikis: [open.id] }))).toBe('done');
    expect(await outcome(room.tokens.createFor('absent', reader))).toBe('user-not-found');
  });

  it('made with a token can do no more than that one', async () => {
    const { secret } = await room.tokens.createFor('alice', { label: 'admin', verbs: ['admin'] });
    const access = room.acl.requireAccount('tokens.manage', await room.actors.byToken(secret, 'rest'));

    expect(await outcome(room.tokens.create(access, { label: 'more', verbs: ['read'] }))).toBe('scope-too-narrow');
    expect(await outcome(room.tokens.create(access, { label: 'same', verbs: ['admin'] }))).toBe('done');
  });

  it('of a wiki read and write there once it is open, and nowhere else, until they are renewed', async () => {
    const { wiki, token } = await room.begin('alice', { slug: 'agents' });
    const beside = (await room.wiki('alice', 'beside')).wiki;
    const agent = await room.actors.byToken(token.secret, 'mcp');
    const reads = (id: string) => outcome(room.acl.require('page.read', agent, { id }));

    expect(await reads(wiki.id)).toBe('wiki-not-found');
    await room.wikis.activate(wiki.id);
    expect([await reads(wiki.id), await reads(beside.id)]).toEqual(['done', 'wiki-not-found']);
    expect(agent.token).toMatchObject({ kind: 'wiki', verbs: ['read', 'write'], wikis: [wiki.id], paths: null });
    expect(await outcome(room.acl.require('page.write', agent, { id: wiki.id }))).toBe('done');
    expect(await outcome(room.acl.require('wiki.settings', agent, { id: wiki.id }))).toBe('scope-too-narrow');
    expect(() => room.acl.requireAccount('account.read', agent)).toThrow(
      expect.objectContaining({ code: 'scope-too-narrow' }),
    );
    expect((await room.wikis.ofActor(agent)).map((mine) => mine.wiki.slug)).toEqual(['agents']);
    const access = await room.acl.require('wiki.tokens', await room.as('alice'), { id: wiki.id });
    const renewed = await Promise.all([1, 2, 3].map(() => room.tokens.renewWikiToken(access)));

    expect(await outcome(room.actors.byToken(token.secret, 'mcp'))).toBe('bad-credential');
    const left = await Promise.all(renewed.map(({ secret }) => outcome(room.actors.byToken(secret, 'mcp'))));
    expect(left.sort()).toEqual(['bad-credential', 'bad-credential', 'done']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import { attributeOf, type WebClient } from '../kit/web-client.js';
import {
  codeIn,
  faultsIn,
  formTokenIn,
  hrefsIn,
  manage,
  pathOf,
  password,
  secretIn,
  send,
  wikisInABrowser,
  wordsOf,
} from '../kit/web-connecting.js';

type Kit = Awaited<ReturnType<typeof wikisInABrowser>>;

describe('tokens are kept in a browser', () => {
  let app: TestApp;
  let [alice, bob, carol, dora, stranger] = [] as unknown as WebClient[];
  let make: Kit['make'];
  let tokensOf: Kit['tokensOf'];

  beforeAll(async () => {
    ({ app, alice, bob, carol, dora, stranger, make, tokensOf } = await wikisInABrowser());
  });
  afterAll(() => app?.stop());

  it('tokens are listed where they reach, made with limits, and revoked', async () => {
    const own = manage('notes', 'tokens');
    const fields = { label: 'Laptop', may: 'write', paths: 'Drafts\n\n Notes/2026 ', expires: '30' };
    const shown = await carol.submit(await carol.open(own), 'tokens', fields);
    const secret = secretIn(shown) ?? '';
    const token = (await tokensOf('carol')).find(({ label }) => label === 'Laptop');

    expect(pathOf(shown)).toBe(manage('notes', 'connect'));
    expect(token).toMatchObject({ verbs: ['read', 'write'], paths: ['Drafts', 'Notes/2026'] });
    expect((token?.expiresAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    // git always takes the whole wiki.
    expect(codeIn(shown, 'git')).toBeUndefined();
    const list = await carol.open(own);
    expect(list.main).toMatch(
      /Laptop.*may read and write · only in Drafts, Notes\/2026 · begins with wbt_\w+.*never used/,
    );
    expect(list.text).not.toContain(secret);
    expect(list.headers.get('cache-control')).toBe('no-store');
    expect((await carol.open(manage('open', 'tokens'))).main).not.toContain('Laptop');

    const id = token?.id ?? '';
    const bobs = await send(bob, `${own}/revoke`, { id, form_token: formTokenIn(await bob.open(own)) });
    expect(bobs.status).toBe(404);
    expect((await app.rooms.actors.byToken(secret, 'rest')).username).toBe('carol');
    const after = await send(carol, `${own}/revoke`, { id, form_token: formTokenIn(list) });
    expect([after.status, after.main]).toEqual([200, expect.stringContaining('The token is revoked.')]);
    await expect(app.rooms.actors.byToken(secret, 'rest')).rejects.toThrow('not valid');
  });

  it.each([
    ['without a name', { label: '' }, 'label'],
    ['for what is no folder', { label: 'x', paths: '../up' }, 'paths'],
    ['for too long a folder', { label: 'x', paths: 'x'.repeat(1_025) }, 'paths'],
  ])('a token %s is refused at its field', async (_what, fields, field) => {
    const before = await tokensOf('alice');
    const page = await alice.submit(await alice.open(manage('notes', 'tokens')), 'tokens', fields);

    expect([page.status, Object.keys(faultsIn(page))]).toEqual([422, [field]]);
    expect(await tokensOf('alice')).toHaveLength(before.length);
  });

  it('the token of the wiki is renewed by its owner alone, and the one before ends', async () => {
    const made = await make({ slug: 'renewed', name: 'Renewed' });
    const own = manage('renewed', 'tokens');
    const page = await alice.submit(await alice.open(own), 'renew');

    const [before, after] = [secretIn(made) ?? '', secretIn(page) ?? ''];
    expect([pathOf(page), after === before]).toEqual([manage('renewed', 'connect'), false]);
    await expect(app.rooms.actors.byToken(before, 'rest')).rejects.toThrow('not valid');
    expect((await app.rooms.actors.byToken(after, 'rest')).token?.kind).toBe('wiki');
    const ofCarol = await carol.open(manage('notes', 'tokens'));
    expect(ofCarol.all('form').map((form) => attributeOf(form, 'action'))).not.toContain(
      `${manage('notes', 'tokens')}/renew`,
    );
    const token = formTokenIn(ofCarol);
    expect((await send(carol, `${manage('notes', 'tokens')}/renew`, { form_token: token })).status).toBe(403);
  });

  it('/account/tokens has all, and makes those that reach all or some wikis', async () => {
    const own = '/account/tokens';
    expect((await stranger.open(own)).url).toContain('/auth/sign-in?next=%2Faccount%2Ftokens');
    for (const place of ['/account', '/account/security']) expect(hrefsIn(await alice.open(place))).toContain(own);
    const all = await alice.submit(await alice.open(own), own, { label: 'Everything', may: 'admin' });
    const some = await alice.submit(await alice.open(own), own, {
      label: 'Some',
      reach: 'chosen',
      'wiki:alice/notes': 'on',
    });
    const none = await alice.submit(await alice.open(own), own, { label: 'None', reach: 'chosen' });
    const hidden = await dora.submit(await dora.open(own), own, {
      label: 'x',
      reach: 'chosen',
      'wiki:alice/notes': 'on',
    });

    const secret = secretIn(all) ?? '';
    expect(wordsOf(codeIn(all, 'Claude Code')).slice(5)).toEqual([
      ...['wikibot', expect.stringMatching(/:\d+\/mcp$/), '--header', `Authorization: Bearer ${secret}`],
    ]);
    const session = await connect(`${app.url}/mcp`, secret);
    expect((await session.does('list_wikis')).text).toContain('alice/notes');
    await session.close();
    expect(secretIn(await alice.open(own))).toBeUndefined();
    expect(some.main).toMatch(/Some.*may read · in alice\/notes/);
    expect([none.status, none.main]).toEqual([422, expect.stringContaining('Choose at least one wiki.')]);
    expect([hidden.status, await tokensOf('dora')]).toEqual([404, []]);
  });

  it('a token that reaches far takes a proof that is not old, and one goes on where one was', async () => {
    const own = '/account/tokens';
    const form = await alice.open(own);
    await app.rooms.database.source.query(`UPDATE sessions SET proved_at = now() - interval '16 minutes'`);

    const refused = await alice.submit(form, own, { label: 'Late', may: 'admin' });
    expect([refused.status, refused.main]).toEqual([403, expect.stringContaining('sign-in of the last 15 minutes')]);
    expect(refused.all('form').map((one) => attributeOf(one, 'action'))).not.toContain(own);
    const admin = await alice.submit(await alice.open(manage('notes', 'tokens')), 'tokens', {
      label: 'x',
      may: 'admin',
    });
    expect(admin.status).toBe(403);
    expect(hrefsIn(admin)).toContain('/account/security/confirm?next=%2Fwikis%2Falice%2Fnotes%2Ftokens');
    const small = await alice.submit(await alice.open(manage('notes', 'connect')), 'connect', { label: 'Small' });
    expect(secretIn(small)).toBeDefined();

    const confirm = await alice.open(hrefsIn(refused).find((href) => href?.includes('confirm')) ?? '');
    const back = await alice.submit(confirm, 'confirm', { password });
    expect(pathOf(back)).toBe(own);
    expect(secretIn(await alice.submit(back, own, { label: 'Now', may: 'admin' }))).toBeDefined();
    const away = await alice.open('/account/security/confirm?next=https://evil.example');
    expect(pathOf(await alice.submit(away, 'confirm', { password }))).toBe('/');
  });
});

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { connect } from '../kit/mcp-client.js';
import { attributeOf, textOf, type WebClient } from '../kit/web-client.js';
import {
  aSignedIn,
  codeIn,
  faultsIn,
  hrefsIn,
  manage,
  pathOf,
  secretIn,
  send,
  wikisInABrowser,
  wordsOf,
} from '../kit/web-connecting.js';

type Kit = Awaited<ReturnType<typeof wikisInABrowser>>;

describe('wikis are made and agents connected in a browser', () => {
  let app: TestApp;
  let [alice, bob, carol, dora, stranger] = [] as unknown as WebClient[];
  let make: Kit['make'];
  let tokensOf: Kit['tokensOf'];

  beforeAll(async () => {
    ({ app, alice, bob, carol, dora, stranger, make, tokensOf } = await wikisInABrowser());
  });
  afterAll(() => app?.stop());

  const address = (slug: string) => ({ owner: 'alice', slug });
  const local = (told = '') => app.url + new URL(told).pathname;

  it('/new leads whoever is not signed in to sign in, and back', async () => {
    const page = await stranger.open('/new');

    expect([pathOf(page), new URL(page.url).search]).toEqual(['/auth/sign-in', '?next=%2Fnew']);
    expect((await send(stranger, '/new', { slug: 'x', name: 'x', form_token: '' })).status).toBe(403);
  });

  it('a wiki is made with all that was chosen, and leads to where agents are connected to it', async () => {
    const page = await make({
      ...{ name: 'Größe & "Kraft"', slug: 'kraft', purpose: 'What moves.\nAnd why.' },
      ...{ categories: 'person, place,\nevent', visibility: 'public', link_order: 'label-first' },
    });

    expect([page.status, pathOf(page)]).toEqual([200, '/wikis/alice/kraft/connect']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const { acl, actors, settings } = app.rooms;
    const { wiki } = await acl.require('wiki.read', actors.nobody('rest'), address('kraft'));
    expect(wiki).toMatchObject({ name: 'Größe & "Kraft"', purpose: 'What moves.\nAnd why.', visibility: 'public' });
    expect(await settings.of(wiki.id)).toMatchObject({
      ...{ linkOrder: 'label-first', categories: ['person', 'place', 'event'] },
    });
  });

  it('its token is shown once: not in an address, not after a reload, and never to be read from the cookie', async () => {
    const page = await make({ slug: 'once', name: 'Once' });
    const secret = secretIn(page) ?? '';
    const again = await alice.open(page.url);

    expect(codeIn(page, 'Token')).toBe(secret);
    expect(page.url).not.toContain('wbt_');
    expect((await app.rooms.actors.byToken(secret, 'mcp')).token).toMatchObject({ kind: 'wiki', label: 'wiki token' });
    expect([again.status, secretIn(again)]).toEqual([200, undefined]);
    expect(again.headers.get('cache-control')).toBe('no-store');
    expect(codeIn(again, 'Claude Code')).toContain('Bearer YOUR_TOKEN');
    expect(alice.cookieNames).toEqual(expect.not.arrayContaining([expect.stringContaining('handed')]));
  });

  it.each([
    ['a slug in upper case', { slug: 'UPPER' }, 422, 'slug', 'made of the letters'],
    ['no slug', { slug: '' }, 422, 'slug', 'too short'],
    ['a slug with a hyphen at its end', { slug: 'api-', name: 'api-' }, 422, 'slug', 'hyphen'],
    ['too long a slug', { slug: 'x'.repeat(65) }, 422, 'slug', 'too short or too long'],
    ['a slug that is taken', { slug: 'notes' }, 409, 'slug', 'There is a wiki of yours under that slug'],
    ['no name', { name: '' }, 422, 'name', 'too short'],
    ['a name with markup', { name: 'a <b> c' }, 422, 'name', '"<" or ">"'],
    ['a longer name than any', { name: 'x'.repeat(201) }, 422, 'name', 'too short or too long'],
    ['a longer name than people have', { name: 'x'.repeat(101) }, 422, 'name', '1 to 100 characters'],
    ['too long a purpose', { purpose: 'x'.repeat(2_001) }, 422, 'purpose', 'too short or too long'],
    ['a purpose with control characters', { purpose: 'a\u0007b' }, 422, 'purpose', 'control'],
    ['too long a category', { categories: 'x'.repeat(101) }, 422, 'categories', 'too short or too long'],
  ])('%s is refused at its field, and what was typed is kept', async (_what, wrong, status, field, words) => {
    const before = (await tokensOf('alice')).length;
    const typed = {
      slug: 'typed',
      name: 'Typed "name"',
      purpose: 'Typed purpose',
      link_order: 'label-first',
      ...wrong,
    };
    const page = await make(typed);

    expect([page.status, pathOf(page)]).toEqual([status, '/new']);
    expect(Object.keys(faultsIn(page))).toEqual([field]);
    expect(faultsIn(page)[field]).toContain(words);
    const values = Object.fromEntries(
      page.all('input').map((one) => [attributeOf(one, 'name'), attributeOf(one, 'value')]),
    );
    expect([values['slug'], values['name']]).toEqual([typed.slug, typed.name]);
    expect(page.all('textarea').map(textOf)).toContain(typed.purpose);
    const chosen = page.all('input').filter((one) => attributeOf(one, 'checked') !== null);
    expect(chosen.map((one) => attributeOf(one, 'value'))).toEqual(['private', 'label-first']);
    expect((await tokensOf('alice')).length).toBe(before);
  });

  it('what no form of ours can send is refused too, and no form of another site is taken', async () => {
    const page = await make({ slug: 'odd', name: 'odd', visibility: 'secret' });
    const foreign = { slug: 'foreign', name: 'foreign', form_token: 'guessed' };

    expect(page.status).toBe(422);
    for (const path of ['/new', manage('notes', 'connect'), manage('notes', 'tokens'), manage('notes', 'tokens/renew')])
      expect((await send(alice, path, foreign)).status, path).toBe(403);
    expect((await alice.open('/@alice/foreign')).status).toBe(404);
  });

  it('every value on the page works: MCP by the command and both files, REST by curl, git by its prompt', async () => {
    const page = await make({ slug: 'real', name: 'Real' });
    const secret = secretIn(page) ?? '';
    const words = wordsOf(codeIn(page, 'Claude Code'));
    expect(words.slice(0, 6)).toEqual(['claude', 'mcp', 'add', '--transport', 'http', 'real']);
    const session = await connect(local(words[6]), words[8]?.replace('Authorization: Bearer ', '') ?? '');
    await session.does('write_note', { path: 'By Agent', content: 'Written with what the page says.\n' });
    await session.close();
    for (const name of ['Cursor', 'Other clients, as JSON']) {
      const { mcpServers } = JSON.parse(codeIn(page, name) ?? '');
      const { url, headers } = mcpServers.real;
      const other = await connect(local(url), headers.Authorization.replace('Bearer ', ''));
      expect((await other.does('read_note', { path: 'By Agent' })).text).toContain('Written with');
      await other.close();
    }
    const curl = wordsOf(codeIn(page, 'curl'));
    const [name = '', value = ''] = (curl[3] ?? '').split(': ');
    const answer = await fetch(local(curl[4]), { headers: { [name]: value } });
    expect([answer.status, ((await answer.json()) as { path: string }).path]).toEqual([200, 'Home']);

    const git = await GitClient.create();
    try {
      await writeFile(git.path('ask'), `#!/bin/sh\necho "$1" >> ${git.path('asked')}\necho ${secret}\n`, {
        mode: 0o700,
      });
      const [program, ...args] = wordsOf(codeIn(page, 'git'));
      expect(program).toBe('git');
      expect(args.join(' ')).not.toContain('wbt_');
      await git.run(['-c', `core.askPass=${git.path('ask')}`, ...args.slice(0, -1), local(args.at(-1))]);
      const here = git.path('real');
      expect(await git.run(['log', '--format=%s', '-1', '--', 'By Agent.md'], here)).toContain('By Agent');
      expect(await git.run(['config', 'remote.origin.url'], here)).not.toContain('wbt_');
      expect(execFileSync('cat', [git.path('asked')], { encoding: 'utf8' })).toMatch(/^Password for 'http:\/\/alice@/);
    } finally {
      await git.remove();
    }
  });

  it('tells at once that the agent has called, and what it wrote', async () => {
    const page = await make({ slug: 'live', name: 'Live' });
    const place = page.all('section').find((one) => attributeOf(one, 'data-calls') !== null);
    const calls = async (who = alice) => who.open(attributeOf(place, 'data-calls') ?? '');
    expect(page.main).toContain('Waiting for the first call with the token “wiki token”');
    expect(page.all('noscript').map(textOf).join()).toContain('reload the page to see whether the agent has called');
    expect(JSON.parse((await calls()).text)).toMatchObject({ isConnected: false, pages: [] });

    const session = await connect(`${app.url}/@alice/live/mcp`, secretIn(page) ?? '');
    await expect
      .poll(async () => JSON.parse((await calls()).text), { timeout: 3_000, interval: 100 })
      .toMatchObject({ isConnected: true, said: '“wiki token” is connected.' });
    await session.does('write_note', { path: 'A/One & two', content: 'x' });
    await session.does('write_note', { path: 'Two', content: 'x' });
    await session.close();

    const answer = await calls();
    expect(JSON.parse(answer.text).pages).toEqual([
      { name: 'A/One & two', href: '/@alice/live/A/One%20%26%20two' },
      { name: 'Two', href: '/@alice/live/Two' },
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await calls(bob)).status).toBe(404);
    expect((await calls(stranger)).status).toBe(404);
    for (const wrong of ['', '?opened=x', '?opened=1&since=nonsense', '?opened=1&since=' + 'f'.repeat(40)])
      expect((await alice.open(`${manage('live', 'connect')}/calls${wrong}`)).status, wrong).toBeOneOf([404, 422]);
  });

  it('what others write, and what was written before, is not told', async () => {
    const page = await carol.open(manage('notes', 'connect'));
    const place = page.all('section').find((one) => attributeOf(one, 'data-calls') !== null);
    const { secret } = await app.rooms.tokens.createFor('alice', { label: 'other', verbs: ['read', 'write'] });
    const session = await connect(`${app.url}/@alice/notes/mcp`, secret);
    await session.does('write_note', { path: 'Of Alice', content: 'x' });
    await session.close();

    expect(JSON.parse((await carol.open(attributeOf(place, 'data-calls') ?? '')).text)).toMatchObject({
      ...{ isConnected: false, said: 'Waiting for your agent …', pages: [] },
    });
  });

  it('each reader makes a token for one client, which may no more than they', async () => {
    const ofBob = await bob.submit(await bob.open(manage('notes', 'connect')), 'connect', { label: 'Cursor of Bob' });
    const ofCarol = await carol.submit(await carol.open(manage('notes', 'connect')), 'connect', { may: 'write' });
    const ofDora = await dora.submit(await dora.open(manage('open', 'connect')), 'connect', {});

    const made = [...(await tokensOf('bob')), ...(await tokensOf('carol')), ...(await tokensOf('dora'))];
    expect(made.map(({ label, verbs, wikis }) => [label, verbs.join(), wikis?.length])).toEqual([
      ['Cursor of Bob', 'read', 1],
      ['Claude Code', 'read,write', 1],
      ['Claude Code', 'read', 1],
    ]);
    for (const page of [ofBob, ofCarol, ofDora]) {
      const secret = secretIn(page) ?? '';
      expect(codeIn(page, 'Claude Code')).toContain(`Bearer ${secret}`);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect((await app.rooms.actors.byToken(secret, 'rest')).kind).toBe('token');
    }
  });

  it.each([
    ['the right to write', { may: 'write' }, 403, 'you are a viewer'],
    ['no name', { label: '' }, 422, 'too short'],
    ['a name with invisible characters', { label: 'a\u202eb' }, 422, 'invisible'],
    ['a right there is not', { may: 'everything' }, 422, ''],
  ])('a viewer who asks for a token with %s is refused', async (_what, fields, status, words) => {
    const page = await bob.submit(await bob.open(manage('notes', 'connect')), 'connect', fields);

    expect(page.status).toBe(status);
    expect(page.main).toContain(words);
    expect(secretIn(page)).toBeUndefined();
    expect(await tokensOf('bob')).toHaveLength(1);
  });

  it('who is nobody sees a public wiki without token and header, and a private one not at all', async () => {
    const page = await stranger.open(manage('open', 'connect'));

    expect(page.status).toBe(200);
    expect(wordsOf(codeIn(page, 'Claude Code'))).toHaveLength(7);
    expect(page.text).not.toMatch(/YOUR_TOKEN|Bearer|data-calls/);
    expect(codeIn(page, 'Claude.ai')).toMatch(/\/@alice\/open\/mcp$/);
    expect(hrefsIn(page)).toContain('/auth/sign-in?next=%2Fwikis%2Falice%2Fopen%2Fconnect');
    for (const part of ['connect', 'tokens']) {
      const [hidden, missing] = [
        await stranger.open(manage('notes', part)),
        await stranger.open(manage('nowhere', part)),
      ];
      expect([hidden.status, missing.status, hidden.main]).toEqual([404, 404, missing.main]);
      expect((await dora.open(manage('notes', part))).main).toBe((await dora.open(manage('nowhere', part))).main);
    }
    expect((await stranger.open(manage('open', 'tokens'))).status).toBe(404);
    expect(codeIn(await alice.open(manage('notes', 'connect')), 'Claude.ai')).toBeUndefined();
    expect(hrefsIn(await bob.open(manage('notes', 'connect')))).toContain(manage('notes', 'tokens'));
    expect(hrefsIn(page)).not.toContain(manage('open', 'tokens'));
  });
});

describe('where wikis are paid for', () => {
  it('the second free wiki is refused in the words of the service, and what was typed is kept', async () => {
    const app = await startApp({ BILLING: 'on' });
    try {
      const alice = await aSignedIn(app, 'alice');
      await alice.submit(await alice.open('/new'), '/new', { slug: 'one', name: 'One' });
      const page = await alice.submit(await alice.open('/new'), '/new', { slug: 'two', name: 'The second' });

      expect(page.status).toBe(403);
      expect(page.main).toContain('You have 1 wiki on the free plan, and a person may have 1.');
      expect(page.all('input').map((one) => attributeOf(one, 'value'))).toContain('The second');
    } finally {
      await app.stop();
    }
  });
});

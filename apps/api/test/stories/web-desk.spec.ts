import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const dayMs = 86_400_000;
const linksOf = (page: WebPage) => page.all('a').map((link) => attributeOf(link, 'href') ?? '');
const headingsOf = (page: WebPage, level: string) => page.all(level).map(textOf);

describe('the desk', () => {
  let app: TestApp;
  let garden: WikiKit;

  beforeAll(async () => {
    app = await startApp();
    garden = await aWiki(app, 'alice', 'garden', { name: 'The garden' });
    const bob = await app.addUser('bob');
    await app.addUser('newcomer');
    const { people, acl, actors, members } = app.rooms;
    for (const username of ['alice', 'bob', 'newcomer']) await people.setPassword(username, password);
    const owner = await actors.byUsername('alice', 'rest');
    await members.set(await acl.require('members.manage', owner, { owner: 'alice', slug: 'garden' }), 'bob', 'editor');
    await new RestClient(app.url, bob.token).under('/api/v1').post('/wikis', { slug: 'cellar', name: 'The cellar' });
  });
  afterAll(() => app?.stop());

  const signedIn = async (login: string) => {
    const browser = new WebClient(app.url);
    return {
      browser,
      desk: await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', { login, password }),
    };
  };
  /** Somebody was here yesterday, and saw all that there was then. */
  const wasHere = async (username: string) => {
    const { acl, actors, changesAcross, visits } = app.rooms;
    const actor = await actors.byUsername(username, 'web');
    const newest = await changesAcross.newest(await acl.everywhere('history.read', actor));
    const seqs = new Map([...newest].map(([wiki, { seq }]) => [wiki, seq]));
    await app.rooms.database.source.query('DELETE FROM visits WHERE user_id = $1', [actor.userId]);
    await visits.look(actor.userId ?? '', seqs, new Date(Date.now() - dayMs));
  };

  it('says to whoever has no wiki what to do first', async () => {
    const { desk } = await signedIn('newcomer');

    expect(headingsOf(desk, 'h2')).toEqual(['Begin with a wiki']);
    expect(linksOf(desk)).toEqual(expect.arrayContaining(['/new', '/import', '/docs/getting-started']));
    expect(linksOf(desk)).not.toContain('/wikis/deleted');
    expect(
      attributeOf(
        desk.all('meta').find((meta) => attributeOf(meta, 'name') === 'robots'),
        'content',
      ),
    ).toBe('noindex');
  });

  it('has one’s own wikis with role and pages, and those of nobody else', async () => {
    const { desk: bobs } = await signedIn('bob');
    const { desk: alices } = await signedIn('alice');

    expect(linksOf(bobs)).toEqual(expect.arrayContaining(['/@alice/garden', '/@bob/cellar', '/new', '/import']));
    expect(bobs.main).toMatch(/The garden editor.*3 pages/s);
    expect(linksOf(alices)).toContain('/@alice/garden');
    expect(alices.text).not.toContain('cellar');
  });

  it('tells what changed since one was here, people and agents apart, with the way to the differences', async () => {
    await wasHere('alice');
    const { browser: bob } = await signedIn('bob');
    for (const text of ['Red.', 'Red and white.'])
      await bob.submit(await bob.open('/@alice/garden/-/edit/Roses'), '/-/edit/Roses', { content: `${text}\n` });
    const agent = await connect(`${app.url}/@alice/garden/mcp`, garden.mcpToken);
    await agent.does('write_note', { path: 'Beds/Soil', content: 'Loam.\n' });
    await agent.close();
    const { browser, desk } = await signedIn('alice');

    expect(headingsOf(desk, 'h2')[0]).toMatch(/^Changed since /);
    expect(headingsOf(desk, 'h4')).toEqual(['People', 'Agents']);
    expect(desk.main).toMatch(/People\s*bob 2 changes.*Roses.*Agents.*for you · 1 change.*Beds\/Soil new/s);
    const [roses = '', soil = ''] = desk
      .all('a')
      .flatMap((link) => (['Roses', 'Beds/Soil'].includes(textOf(link)) ? [attributeOf(link, 'href') ?? ''] : []));
    expect(roses).toMatch(/^\/@alice\/garden\/-\/diff\/Roses\?from=[0-9a-f]{40}$/);
    expect((await browser.open(roses)).main).toContain('Red and white.');
    expect((await browser.open(soil)).main).toContain('Loam.');
    // It stays new while one is here, and is not new the next time.
    expect(headingsOf(await browser.open('/'), 'h2')[0]).toMatch(/^Changed since /);
    await app.rooms.database.source.query(`UPDATE visits SET looked_at = looked_at - interval '1 day'`);
    expect(headingsOf(await browser.open('/'), 'h2')[0]).toBe('Newest changes');
  });

  it('shows the newest changes where nothing is new, and says so', async () => {
    await wasHere('bob');
    const { desk } = await signedIn('bob');

    expect(headingsOf(desk, 'h2')[0]).toBe('Newest changes');
    expect(desk.main).toContain('Nothing has changed since you were here');
    expect(desk.main).toContain('Beds/Soil');
  });

  it('does not tell of what one wrote in the browser oneself', async () => {
    await wasHere('bob');
    const { browser } = await signedIn('bob');
    await browser.submit(await browser.open('/@alice/garden/-/edit/Own'), '/-/edit/Own', { content: 'Mine.\n' });

    expect(headingsOf(await browser.open('/'), 'h2')[0]).toBe('Newest changes');
  });

  it('has one’s drafts with the way to go on, and nobody else’s', async () => {
    const { browser } = await signedIn('alice');
    const form = await browser.open('/@alice/garden/-/edit/Beds/Herbs');
    const token = attributeOf(
      form.all('input').find((input) => attributeOf(input, 'name') === 'form_token'),
      'value',
    );
    const kept = await browser.put(
      '/@alice/garden/-/draft/Beds/Herbs',
      { content: 'Thyme', revision: null },
      token ?? '',
    );
    expect(kept.status, kept.text).toBeLessThan(300);
    const desk = await browser.open('/');

    expect(headingsOf(desk, 'h2')).toContain('Your drafts');
    const way = linksOf(desk).find((link) => link.includes('/-/edit/Beds/Herbs')) ?? '';
    expect((await browser.open(way)).text).toContain('Thyme');
    expect((await signedIn('bob')).desk.text).not.toContain('Herbs');
  });

  it('leads to deleted wikis as long as there are any to restore', async () => {
    await garden.platform.post('/wikis', { slug: 'doomed', name: 'Doomed' });
    expect(linksOf((await signedIn('alice')).desk)).not.toContain('/wikis/deleted');
    const { acl, actors, wikis } = app.rooms;
    const owner = await actors.byUsername('alice', 'rest');
    await wikis.remove(await acl.require('wiki.delete', owner, { owner: 'alice', slug: 'doomed' }), 'alice/doomed');

    expect(linksOf((await signedIn('alice')).desk)).toContain('/wikis/deleted');
    expect(linksOf((await signedIn('bob')).desk)).not.toContain('/wikis/deleted');
  });

  it('asks the database as often for hundreds of wikis as for a few, and shows those that changed last', async () => {
    const { source } = app.rooms.database;
    const { browser } = await signedIn('bob');
    const asked = async () => {
      const query = vi.spyOn(source, 'query');
      const page = await browser.open('/');
      const calls = query.mock.calls.length;
      query.mockRestore();
      return { page, calls };
    };
    await asked();
    const few = await asked();
    await source.query(
      `INSERT INTO wikis (owner_id, slug, name, visibility, plan, payment_status, state)
       SELECT id, 'w' || n, 'Wiki ' || n, 'private', 'premium', 'active', 'active'
       FROM users, generate_series(1, 300) AS n WHERE username = 'bob'`,
    );
    await source.query(
      `INSERT INTO commits (wiki, seq, oid, parents, author_name, author_email, authored_at, committed_at, message, door)
       SELECT w.id, n, md5(w.slug || n) || '00000000', '{}', 'Ann', 'a@b', now() - interval '9 days', now(), 'x', 'rest'
       FROM wikis w, generate_series(1, 60) AS n WHERE w.slug ~ '^w[0-9]+$'`,
    );
    const many = await asked();

    expect(many.calls).toBeLessThanOrEqual(few.calls + 2);
    expect(linksOf(many.page)).toContain('/@bob/cellar');
    expect(linksOf(many.page)).toContain('/?wikis=all');
    expect(linksOf(many.page).filter((link) => /^\/@bob\/w\d+$/.test(link)).length).toBeLessThan(60);
    expect(new Set(linksOf(await browser.open('/?wikis=all')).filter((link) => /^\/@bob\/w\d+$/.test(link))).size).toBe(
      300,
    );
  });
});

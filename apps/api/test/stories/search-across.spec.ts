import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';
import { RestClient } from '../kit/rest-client.js';

describeEmbedding('searching all wikis of an account', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let alice: WikiKit;
  let bob: WikiKit;
  let agent: McpSession;
  const find = async (query: string, { platform }: WikiKit = alice) => {
    const { status, body } = await platform.get(`/search?q=${encodeURIComponent(query)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return {
      ...body,
      total: body.total as number,
      places: (body.results as { wiki: string; path: string }[]).map(({ wiki, path }) => `${wiki} ${path}`),
    };
  };
  const write = async ({ rest }: WikiKit, pages: Record<string, string>) => {
    const operations = Object.entries(pages).map(([path, content]) => ({ op: 'write', path, content }));
    expect((await rest.post('/batch', { operations })).status).toBe(200);
    expect((await rest.get('/search?wait_index=25000&q=page')).status).toBe(200);
  };

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
    alice = await aWiki(app, 'alice', 'kitchen');
    const made = await alice.platform.post('/wikis', { slug: 'office', name: 'Office' });
    expect(made.status).toBe(201);
    const office = { ...alice, rest: new RestClient(app.url, alice.token).under('/@alice/office/api/v1') };
    bob = await aWiki(app, 'bob', 'secrets');
    await write(alice, { Bread: '# Bread\n\nFlour, water, salt and yeast, baked in a hot oven.\n' });
    await write(office, { Payroll: '# Payroll\n\nSalaries are paid on the last working day of each month.\n' });
    await write(bob, { Salaries: '# Salaries\n\nBob is paid a salary in bread and zanzibarite.\n' });
    const token = (await app.rooms.tokens.createFor('alice', { label: 'agent', verbs: ['read', 'write'] })).secret;
    agent = await connect(`${app.url}/mcp`, token);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it('finds the best page of all, by words and by meaning', async () => {
    expect((await find('salaries')).places[0]).toBe('alice/office Payroll');
    expect((await find('how to make a loaf')).places[0]).toBe('alice/kitchen Bread');
    const wages = await find('when do people get their wages');
    expect(wages).toMatchObject({ mode: 'hybrid' });
    expect(wages.places[0]).toBe('alice/office Payroll');
  });

  it("other people's wikis leave no trace, not even in counts or in what is taken for mistyped", async () => {
    const { places, total } = await find('zanzibarite');

    expect([places, total]).toEqual([[], 0]);
    expect((await find('zanzibarit')).places.some((place) => place.startsWith('bob/'))).toBe(false);
    expect((await find('salary', bob)).places[0]).toBe('bob/secrets Salaries');
    expect((await find('salaries')).places.some((place) => place.startsWith('bob/'))).toBe(false);
  });

  it('an agent searches all wikis by leaving out which', async () => {
    const { text, data } = await agent.does('search_notes', { query: 'when do people get their wages' });

    expect(data.results[0]).toMatchObject({ wiki: 'alice/office', path: 'Payroll' });
    expect(text).toContain('1. alice/office: Payroll (score: ');
    const one = await agent.does('search_notes', { query: 'salaries', wiki: 'alice/kitchen' });
    expect(JSON.stringify(one.data)).not.toContain('Payroll');
    expect(await agent.refuses('search_notes', { query: 'x', wiki: 'no name' })).toContain('owner/slug');
    expect(await agent.refuses('read_note', { path: 'Payroll' })).toContain('owner/slug');
  });

  it('a wiki that was taken away is not found any more', async () => {
    expect((await find('salary', bob)).places).not.toEqual([]);
    const gone = await bob.platform.delete('/wikis/bob/secrets', { confirmation: 'bob/secrets' });
    expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300);

    expect(await find('salary', bob)).toMatchObject({ total: 0, results: [] });
  });
});

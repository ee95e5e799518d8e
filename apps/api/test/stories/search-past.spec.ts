import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { RestClient } from '../kit/rest-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

const payroll = '# Payroll\n\nSalaries are paid on the last working day of each month.\n';
const lighthouse = '# Payroll\n\nThe lighthouse keeper feeds the seagulls.\n';
const bread = '# Bread\n\nFlour, water and sourdough, kneaded and baked in a hot oven.\n';
const roses = '# Roses\n\nCut the stems back in late winter.\n';

/** A wiki that was changed after `then`: a page edited, one deleted, one renamed, one made. */
async function aWikiWithPast(app: App) {
  const wiki = await aWiki(app, 'alice', 'notes');
  const { rest } = wiki;
  const pages = {
    'Office/Payroll': payroll,
    'Kitchen/Bread': bread,
    'Garden/Roses': roses,
    Stays: '# Stays\n\nHere.\n',
  };
  const operations = Object.entries(pages).map(([path, content]) => ({ op: 'write', path, content }));
  const made = await rest.post('/batch', { operations });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const then = (await rest.get('/pages/Stays')).body.commit as string;
  await setTimeout(1_100);
  const date = new Date().toISOString();
  await setTimeout(1_100);
  const changes = [
    await rest.put('/pages/Office%2FPayroll', { content: lighthouse, revision: then }),
    await rest.delete(`/pages/Kitchen%2FBread?revision=${then}`),
    await rest.post('/pages/Garden%2FRoses/rename', { new_path: 'Park/Roses' }),
    await rest.put('/pages/Later', { content: '# Later\n\nSalaries once more.\n' }),
  ];
  expect(changes.map(({ status }) => status)).toEqual([200, 200, 200, 201]);
  return { wiki, then, date };
}

const pathsOf = (body: { results: object[] }) => (body.results as { path: string }[]).map(({ path }) => path);

describe('searching a wiki as it was', () => {
  let app: App;
  let wiki: WikiKit;
  let then: string;
  let date: string;
  const find = (query: string, at: string, { rest } = wiki) =>
    rest.get(`/search?q=${encodeURIComponent(query)}&at=${encodeURIComponent(at)}`);
  const paths = async (query: string, at = then, as = wiki) => {
    const { status, body } = await find(query, at, as);
    expect(status, JSON.stringify(body)).toBe(200);
    return pathsOf(body);
  };

  beforeAll(async () => {
    app = await startApp();
    ({ wiki, then, date } = await aWikiWithPast(app));
  });
  afterAll(() => app?.stop());

  it('finds what a page said, with that text and that revision', async () => {
    const { body } = await find('salaries', then);

    expect(pathsOf(body)).toEqual(['Office/Payroll']);
    expect(body).toMatchObject({ at: then, total: 1, behind: 0 });
    expect(body.results[0]).toMatchObject({
      snippet: expect.stringContaining('Salaries are paid') as string,
      revision: then,
      section: 'Payroll',
    });
    expect((await wiki.rest.get('/search?q=salaries')).body).not.toHaveProperty('at');
    expect(pathsOf((await wiki.rest.get('/search?q=salaries')).body)).toEqual(['Later']);
  });

  it('finds pages that are gone, and pages under the name they had', async () => {
    expect(await paths('sourdough')).toEqual(['Kitchen/Bread']);
    expect(pathsOf((await wiki.rest.get('/search?q=sourdough')).body)).toEqual([]);
    expect(await paths('stems')).toEqual(['Garden/Roses']);
    expect(await paths('lighthouse')).toEqual([]);
  });

  it('takes phrases, words left out, slips, and filters', async () => {
    expect(await paths('"baked in a hot oven"')).toEqual(['Kitchen/Bread']);
    expect(await paths('"hot baked"')).toEqual([]);
    expect(await paths('oven -flour')).toEqual([]);
    expect(await paths('kneeded ')).toEqual(['Kitchen/Bread']);
    const { body } = await wiki.rest.get(`/search?q=oven+salaries&prefix=Office/&author=alice&at=${then}`);
    expect(pathsOf(body)).toEqual(['Office/Payroll']);
  });

  it('takes part of a revision, a date-time, and a day', async () => {
    expect((await find('sourdough', then.slice(0, 7))).body).toMatchObject({ at: then, total: 1 });
    expect((await find('sourdough', date)).body).toMatchObject({ at: then, total: 1 });
    expect((await find('sourdough', '2999-12-31')).body).toMatchObject({ total: 0 });
    expect((await find('sourdough', '2001-01-01')).body).toMatchObject({ at: null, total: 0, results: [] });
    const nearest = await wiki.rest.get(`/semantic-search?q=sourdough&at=${then}`);
    expect(nearest.body).toMatchObject({ at: then, results: [{ path: 'Kitchen/Bread' }] });
  });

  it.each([
    ['0123456789', 404, 'revision-not-found'],
    ['main', 422, 'revision-not-valid'],
    ['2026-02-30T25:00', 422, 'bad-date'],
  ])('%s is refused as it is when a page is read', async (at, status, code) => {
    const answers = [await find('sourdough', at), await wiki.rest.get(`/semantic-search?q=sourdough&at=${at}`)];

    for (const answer of answers) {
      expect(answer.status).toBe(status);
      expect(answer.body.type).toContain(code);
    }
  });

  it('a narrow token finds nothing of the past beyond its paths', async () => {
    const made = await wiki.platform.post('/tokens', { label: 'narrow', verbs: ['read'], paths: ['Kitchen'] });
    const rest = new RestClient(app.url, made.body.secret as string).under('/@alice/notes/api/v1');
    const narrow = { ...wiki, rest };

    expect(await paths('sourdough', then, narrow)).toEqual(['Kitchen/Bread']);
    expect((await find('salaries', then, narrow)).body).toMatchObject({ total: 0, results: [] });
    expect((await find('stems', then, narrow)).body).toMatchObject({ total: 0, results: [] });
  });
});

describeEmbedding('searching by meaning what a wiki was', () => {
  let app: App;
  let rest: RestClient;
  let then: string;
  const search = async (question: string, more: string) => {
    const query = encodeURIComponent(question);
    const { status, body } = await rest.get(`/search?wait_index=20000&q=${query}${more}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
    const made = await aWikiWithPast(app);
    rest = made.wiki.rest;
    then = made.then;
    await rest.put('/pages/Kitchen%2FSoup', { content: '# Soup\n\nLeeks and potatoes, boiled in water.\n' });
  });
  afterAll(() => app?.stop());

  it('words find what changed since, meaning what is still the same', async () => {
    const wages = await search('when are salaries paid', `&at=${then}`);
    expect(wages).toMatchObject({ mode: 'hybrid', at: then, meaning: { behind: 0 } });
    expect(pathsOf(wages)[0]).toBe('Office/Payroll');
    expect(wages.results[0]?.snippet).toContain('Salaries are paid');
    expect(pathsOf(wages)).not.toContain('Later');

    const here = await search('what remains in this place', `&at=${then}&mode=semantic`);
    expect(pathsOf(here)).toContain('Stays');
    expect(here.mode).toBe('semantic');
  });

  it('nothing of another time is found by its meaning', async () => {
    const { body } = await rest.get(`/semantic-search?n=50&q=birds+by+the+sea&at=${then}`);
    const now = await rest.get('/semantic-search?n=50&q=birds+by+the+sea');

    expect(pathsOf(now.body)).toEqual(
      expect.arrayContaining(['Office/Payroll', 'Later', 'Kitchen/Soup', 'Park/Roses']),
    );
    expect(pathsOf(body)).toContain('Stays');
    for (const path of ['Office/Payroll', 'Later', 'Kitchen/Soup', 'Park/Roses'])
      expect(pathsOf(body)).not.toContain(path);
    expect(JSON.stringify(body)).not.toContain('seagulls');
  });

  it('filters narrow it before it is ranked', async () => {
    expect(pathsOf(await search('place', `&at=${then}&mode=semantic&prefix=Office/`))).toEqual([]);
    expect(pathsOf(await search('place', `&at=${then}&mode=semantic&prefix=Stays&author=alice`))).toEqual(['Stays']);
    expect(pathsOf(await search('place', '&mode=semantic&author=bob'))).toEqual([]);
  });
});

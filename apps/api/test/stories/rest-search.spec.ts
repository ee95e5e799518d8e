import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';

describe('search over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
    const operations = [
      { op: 'write', path: 'Fox', content: '---\ntitle: Red Fox\ncategory: actor\n---\n\nA quick brown animal.\n' },
      { op: 'write', path: 'Cow', content: '# Cow\n\n## Food\n\nGrass, and nothing of the fox.\n' },
    ];
    expect((await rest.post('/batch', { operations })).status).toBe(200);
  });
  afterAll(() => app?.stop());

  it('finds what was just written, the title first', async () => {
    const { status, body } = await rest.get('/search?q=fox');

    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ query: 'fox', behind: 0, mode: expect.any(String) as string });
    expect((body.results as { path: string }[]).map(({ path }) => path)).toEqual(['Fox', 'Cow']);
    expect(body.results[0]).toMatchObject({ name: 'Red Fox', score: expect.any(Number) as number });
  });

  it('nothing found is an answer', async () => {
    const { status, body } = await rest.get('/search?q=zebra');

    expect([status, body.total, body.results]).toEqual([200, 0, []]);
  });

  it('filters narrow a search', async () => {
    const { body } = await rest.get('/search?q=fox&category=actor');

    expect((body.results as { path: string }[]).map(({ path }) => path)).toEqual(['Fox']);
  });

  it('filters tell by whom and when a page was changed last', async () => {
    const paths = async (filters: string) => {
      const answers = [await rest.get(`/search?q=fox&${filters}`), await rest.get(`/semantic-search?q=fox&${filters}`)];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      return answers.map(({ body }) => (body.results as { path: string }[]).map(({ path }) => path));
    };

    expect(await paths('author=alice&since=2020-01-01')).toEqual([
      ['Fox', 'Cow'],
      ['Fox', 'Cow'],
    ]);
    expect(await paths('author=bob')).toEqual([[], []]);
    expect(await paths('until=2020-01-01')).toEqual([[], []]);
    expect(await paths('since=2020-01-01T00:00:00Z&category=actor')).toEqual([['Fox'], ['Fox']]);
  });

  it.each([
    '/search',
    '/search?q=',
    '/search?q=%20',
    '/semantic-search',
    `/search?q=${'x'.repeat(10_001)}`,
    '/search?q=a&q=b',
    '/search?q=a&limit=0',
    '/search?q=a&mode=magic',
    '/search?q=a&since=yesterday',
    '/semantic-search?q=a&until=2026-02-30T',
  ])('%s is refused', async (address) => {
    const answer = await rest.get(address);

    expect(answer.status).toBe(422);
  });

  it.each(["'; drop table pages; --", '(a+)+$', '\\', '"unclosed', '-', '%', '<b>', '\u202e', '🦊', ':*', '!()&|'])(
    'the query %j is only words',
    async (query) => {
      const answer = await rest.get(`/search?q=${encodeURIComponent(query)}`);

      expect([200, 422]).toContain(answer.status);
    },
  );

  it('a search by meaning says honestly how it was answered', async () => {
    const { status, body } = await rest.get('/semantic-search?q=fox&n=1&max_chunks_per_page=9');
    const odd = await rest.get('/semantic-search?q=fox&n=many');

    expect(status).toBe(200);
    expect(body.results).toHaveLength(1);
    if (body.mode === 'keyword') expect(body.reason).toEqual(expect.any(String));
    expect(odd.status).toBe(200);
  });

  it('the catalogue is rebuilt on request', async () => {
    const started = await rest.post('/reindex');
    expect(started.status, JSON.stringify(started.body)).toBe(202);

    await expect.poll(async () => (await rest.get('/reindex/status')).body.status as string).toBe('complete');

    expect((await rest.get('/search?q=fox')).body.total).toBe(2);
  });
});

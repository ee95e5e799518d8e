import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';

const page = (category: string, tags: string, body: string) =>
  `---\ncategory: ${category}\ntags: ${tags}\n---\n\n${body}\n`;

describe('links, labels and the garden over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
    const operations = [
      { op: 'write', path: 'Old', content: page('actor', '[x, y]', '# Old\n\nI am [[Old]].') },
      { op: 'write', path: 'Old/Sub', content: page('event', 'y', 'Below.') },
      {
        op: 'write',
        path: 'Refers',
        content: '[[Old]] [[Old|T]] [[Old#s]] [[Old#s|T]] [[Old/Sub]] `[[Old]]` [md](Old.md)\n',
      },
      { op: 'write', path: 'Wants', content: 'Wants [[Nowhere]].\n' },
      { op: 'write', path: 'Odd', content: page('unheard-of', '[]', 'Category of my own.') },
    ];
    const made = await rest.post('/batch', { operations });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
  });
  afterAll(() => app?.stop());

  it('links of a page go both ways, at both addresses', async () => {
    const one = await rest.get('/pages/Old%2FSub/links');
    const other = await rest.get('/links/Old%2FSub');

    expect(one.body).toEqual({ path: 'Old/Sub', links_to: [], linked_from: ['Refers'] });
    expect(other.body).toEqual(one.body);
  });

  it('a page that is wanted and does not exist has links too', async () => {
    const wanted = await rest.get('/links/Nowhere');
    const unknown = await rest.get('/links/Never-Heard-Of');

    expect(wanted.body).toEqual({ path: 'Nowhere', links_to: [], linked_from: ['Wants'] });
    expect(unknown.body).toEqual({ path: 'Never-Heard-Of', links_to: [], linked_from: [] });
  });

  it('the graph names wanted pages as nodes', async () => {
    const { body } = await rest.get('/links');

    expect(body.nodes).toEqual(expect.arrayContaining(['Old', 'Nowhere']));
    expect(body.edges).toEqual(expect.arrayContaining([{ source: 'Wants', target: 'Nowhere' }]));
  });

  it('categories and tags are counted, unlisted ones are kept and reported', async () => {
    const categories = (await rest.get('/categories')).body.categories as {
      name: string;
      pages: number;
      listed: boolean;
    }[];
    const tags = (await rest.get('/tags')).body.tags as { name: string; pages: number }[];

    expect(categories).toContainEqual({ name: 'actor', pages: 1, listed: true });
    expect(categories).toContainEqual({ name: 'hypothesis', pages: 0, listed: true });
    expect(categories).toContainEqual({ name: 'unheard-of', pages: 1, listed: false });
    expect(tags).toContainEqual({ name: 'y', pages: 2 });
  });

  it('pages are listed by prefix, category and tag together', async () => {
    const pathsOf = async (query: string) =>
      ((await rest.get(`/pages?${query}`)).body.pages as { path: string }[]).map(({ path }) => path);

    expect(await pathsOf('prefix=Old')).toEqual(['Old', 'Old/Sub']);
    expect(await pathsOf('prefix=Old&tag=Y')).toEqual(['Old', 'Old/Sub']);
    expect(await pathsOf('prefix=Old&tag=y&category=EVENT')).toEqual(['Old/Sub']);
    expect(await pathsOf('tag=nothing')).toEqual([]);
  });

  it('a list is read in parts, none twice and none left out', async () => {
    const { pages, total, next } = (await rest.get('/pages')).body;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const part = await rest.get(`/pages?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      expect(part.status).toBe(200);
      expect(part.body.total).toBe(total);
      seen.push(...(part.body.pages as { path: string }[]).map(({ path }) => path));
      cursor = part.body.next as string | null;
    }

    expect(next).toBeNull();
    expect(seen).toEqual((pages as { path: string }[]).map(({ path }) => path));
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'limit=1&limit=2',
    'cursor=rubbish',
    'updated_since=yesterday',
    'order=up',
    'unknown=1',
  ])('a list refuses %s', async (query) => {
    const answer = await rest.get(`/pages?${query}`);

    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
  });

  it('updated_since and updated_before narrow a list', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const count = async (query: string) => (await rest.get(`/pages?${query}`)).body.total as number;

    expect(await count(`updated_since=${tomorrow}`)).toBe(0);
    expect(await count(`updated_before=${tomorrow}`)).toBe(await count('order=newest'));
    expect(await count('updated_since=2020-01-01')).toBeGreaterThan(0);
  });

  it('a rename rewrites the links to the page, byte for byte elsewhere, in one commit', async () => {
    const before = (await rest.get('/changelog?limit=200')).body.entries.length;

    const renamed = await rest.post('/pages/Old/rename', { new_path: 'New/Name' });
    const refers = (await rest.get('/pages/Refers')).body.content as string;

    expect(renamed.status, JSON.stringify(renamed.body)).toBe(200);
    expect(renamed.body).toMatchObject({ old_path: 'Old', new_path: 'New/Name' });
    expect(renamed.body.updated_pages).toContain('Refers');
    expect(refers).toContain('[[New/Name]] [[New/Name|T]] [[New/Name#s]] [[New/Name#s|T]] [[Old/Sub]] `[[Old]]`');
    expect((await rest.get('/pages/Old')).status).toBe(404);
    expect((await rest.get('/pages/New%2FName')).body.content).toContain('I am [[New/Name]].');
    expect((await rest.get('/changelog?limit=200')).body.entries).toHaveLength(before + 1);
  });

  it('a rename refuses an existing target, itself and a missing page', async () => {
    const exists = await rest.post('/pages/Wants/rename', { new_path: 'Odd' });
    const itself = await rest.post('/pages/Wants/rename', { new_path: 'Wants' });
    const missing = await rest.post('/pages/Never/rename', { new_path: 'Other' });
    const empty = await rest.post('/pages/Wants/rename', { new_path: '' });

    expect([exists.status, itself.status, missing.status, empty.status]).toEqual([409, 422, 404, 422]);
  });

  it('the garden report names orphans and broken links', async () => {
    const { status, body } = await rest.get('/garden');

    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.orphans).toContain('Odd');
    expect(body.orphans).not.toContain('Home');
    expect(body.broken_links).toContainEqual(expect.objectContaining({ from: 'Wants', target: 'Nowhere' }));
  });

  it('the guide is refreshed without making a commit when it is new', async () => {
    const refreshed = await rest.post('/garden/guide');

    expect(refreshed.status, JSON.stringify(refreshed.body)).toBe(200);
    expect(refreshed.body.changed).toBe(false);
  });
});

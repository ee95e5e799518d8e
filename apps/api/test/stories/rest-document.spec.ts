import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { faultsOf } from '../kit/json-schema.js';
import { type RestAnswer, RestClient } from '../kit/rest-client.js';

interface Operation {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
}

const base = '/@{owner}/{wiki}/api/v1';

describe('the OpenAPI document', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let kit: WikiKit;
  let document: {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Record<string, unknown>> };
  };

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
    kit = await aWiki(app, 'alice', 'notes');
    document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as typeof document;
    await app.addUser('bob');
  });
  afterAll(() => app?.stop());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1 and says of every route what it does, answers and refuses', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      expect(operation.summary, where).not.toBe('');
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        where,
      ).toBe(true);
      expect(
        statuses.some((status) => status.startsWith('4')),
        where,
      ).toBe(true);
      if (method !== 'get' && method !== 'delete') expect(statuses, where).toContain('422');
    }
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what it contains', () => {
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1],
    );

    for (const name of referred) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('names every parameter of its paths', () => {
    for (const { path, operation } of operations()) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort());
    }
  });

  it('every route it names exists, and answers strangers with the challenge', async () => {
    for (const { path, method } of operations()) {
      const filled = path.replace(/\{\w+\}/g, 'absent');
      const answer = await new RestClient(app.url, null).call(method.toUpperCase(), filled);

      expect([401, 422, 415, 400], `${method} ${path} ${answer.status}`).toContain(answer.status);
    }
  });

  it('the index of the routes is served without scripts from elsewhere', async () => {
    const page = await fetch(`${app.url}/api/docs`);
    const html = await page.text();

    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html).toContain('/@{owner}/{wiki}/api/v1/pages/{path}');
    expect(html).not.toMatch(/https?:\/\//);
  });

  it('what is answered is what is written', async () => {
    const { rest, platform } = kit;
    const seen: [string, string, RestAnswer][] = [];
    const note = async (method: string, path: string, answer: Promise<RestAnswer>) => {
      const known = await answer;
      expect(known.status, `${method} ${path} ${JSON.stringify(known.body)}`).toBeLessThan(300);
      seen.push([method, path, known]);
      return known;
    };
    const page = `${base}/pages/{path}`;
    const made = await note(
      'put',
      page,
      rest.put('/pages/A%2FB', { content: '---\ncategory: x\n---\n# A\n\n[[Home]]\n' }),
    );
    const revision = made.body.revision as string;
    await note('get', page, rest.get('/pages/A%2FB'));
    await note('get', page, rest.get(`/pages/A%2FB?revision=${revision}`));
    await note('get', `${base}/pages`, rest.get('/pages'));
    await note('patch', page, rest.patch('/pages/A%2FB', { revision, old_string: '# A', new_string: '# B' }));
    await note('post', `${page}/append`, rest.post('/pages/A%2FB/append', { content: 'more\n' }));
    await note('put', `${page}/section`, rest.put('/pages/A%2FB/section', { section: 'B', content: '# B\n\nnew\n' }));
    await note('put', page, rest.put('/pages/C?dry_run=true', { content: 'x' }));
    await note('get', `${page}/history`, rest.get('/pages/A%2FB/history'));
    await note('get', `${page}/diff`, rest.get('/pages/A%2FB/diff'));
    await note('get', `${page}/blame`, rest.get('/pages/A%2FB/blame'));
    await note('get', `${page}/links`, rest.get('/pages/A%2FB/links'));
    await note('post', `${page}/restore`, rest.post('/pages/A%2FB/restore', { revision }));
    await note(
      'post',
      `${page}/attachments`,
      rest.post('/pages/A%2FB/attachments', { filename: 'a.txt', content: 'aGk=' }),
    );
    await note('get', `${page}/attachments`, rest.get('/pages/A%2FB/attachments'));
    await note('get', `${page}/attachments/{filename}`, rest.get('/pages/A%2FB/attachments/a.txt'));
    await note('delete', `${page}/attachments/{filename}`, rest.delete('/pages/A%2FB/attachments/a.txt'));
    await note('post', `${page}/rename`, rest.post('/pages/A%2FB/rename', { new_path: 'A/C' }));
    await note(
      'post',
      `${base}/batch`,
      rest.post('/batch', { operations: [{ op: 'write', path: 'D', content: 'x' }] }),
    );
    await note('delete', page, rest.delete('/pages/A%2FC'));
    for (const path of ['', '/links', '/changelog', '/categories', '/tags', '/garden', '/reindex/status'])
      await note('get', `${base}${path}`, rest.get(path));
    for (const path of ['/search', '/semantic-search', '/suggest'])
      await note('get', `${base}${path}`, rest.get(`${path}?q=home`));
    await note('get', `${page}/related`, rest.get('/pages/Home/related'));
    await note('get', '/api/v1/search', platform.get('/search?q=home'));
    await note('get', `${base}/links/{path}`, rest.get('/links/Home'));
    await note('patch', base, rest.patch('', { name: 'N' }));
    await note('post', `${base}/garden/guide`, rest.post('/garden/guide'));
    await note('post', `${base}/reindex`, rest.post('/reindex'));
    const wiki = '/api/v1/wikis/{owner}/{slug}';
    await note('post', '/api/v1/wikis', platform.post('/wikis', { slug: 'two', name: 'Two' }));
    await note('get', '/api/v1/wikis', platform.get('/wikis'));
    await note('get', wiki, platform.get('/wikis/alice/two'));
    await note('patch', wiki, platform.patch('/wikis/alice/two', { name: 'Deux' }));
    await note('put', `${wiki}/visibility`, platform.put('/wikis/alice/two/visibility', { visibility: 'public' }));
    await note(
      'put',
      `${wiki}/custom-slug`,
      platform.put('/wikis/alice/two/custom-slug', { custom_slug: 'deux-wiki' }),
    );
    await note('post', `${wiki}/token`, platform.post('/wikis/alice/two/token'));
    await note('put', `${wiki}/members/{username}`, platform.put('/wikis/alice/two/members/bob', { role: 'viewer' }));
    await note('get', `${wiki}/members`, platform.get('/wikis/alice/two/members'));
    const { secret } = await app.rooms.tokens.createFor('bob', { label: 'own', verbs: ['admin'] });
    const bob = new RestClient(app.url, secret).under('/api/v1');
    await note('delete', `${wiki}/members/me`, bob.delete('/wikis/alice/two/members/me'));
    const [invitations, those] = [`${wiki}/invitations`, '/wikis/alice/two/invitations'];
    await note('post', invitations, platform.post(those, { login: 'bob', role: 'viewer' }));
    const invited = await note('post', invitations, platform.post(those, { role: 'editor', days: 1 }));
    await note('get', invitations, platform.get(those));
    const { id } = invited.body['invitation'] as { id: string };
    await note('delete', `${invitations}/{id}`, platform.delete(`${those}/${id}`));
    await note('delete', `${wiki}/members/{username}`, platform.delete('/wikis/alice/two/members/bob'));
    await note('delete', wiki, platform.delete('/wikis/alice/two', { confirmation: 'alice/two' }));
    await note('get', '/api/v1/wikis/deleted', platform.get('/wikis/deleted'));
    await note('post', `${wiki}/restore`, platform.post('/wikis/alice/two/restore'));
    const token = await note('post', '/api/v1/tokens', platform.post('/tokens', { label: 'l' }));
    await note('get', '/api/v1/tokens', platform.get('/tokens'));
    await note('delete', '/api/v1/tokens/{id}', platform.delete(`/tokens/${token.body.id as string}`));
    await note('get', '/api/v1/me', platform.get('/me'));
    await note('patch', '/api/v1/me', platform.patch('/me', { display_name: 'A' }));

    for (const [method, path, answer] of seen) {
      const operation = document.paths[path]?.[method];
      expect(operation, `${method} ${path} is in the document`).toBeDefined();
      const schema = operation?.responses[String(answer.status)]?.content?.['application/json']?.schema;
      expect(schema, `${method} ${path} ${answer.status}`).toBeDefined();
      expect(faultsOf(answer.body, schema ?? {}, document.components.schemas), `${method} ${path}`).toEqual([]);
    }
    const tried = new Set(seen.map(([method, path]) => `${method} ${path}`));
    expect(
      operations()
        .map(({ method, path }) => `${method} ${path}`)
        .filter((route) => !tried.has(route)),
    ).toEqual([]);
  });
});

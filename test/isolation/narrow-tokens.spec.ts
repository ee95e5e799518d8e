import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { postMcp } from '../../apps/api/test/kit/mcp-client.js';
import { type RestAnswer, RestClient } from '../../apps/api/test/kit/rest-client.js';
import { messagesOf } from './kit/mcp-calls.js';
import { restCalls } from './kit/rest-calls.js';

/** In every name and text outside of the folder that the token reaches. */
const secret = 'canaryelsewhere';

describe('a token that is narrowed to a folder', () => {
  let app: TestApp;
  let kit: WikiKit;
  let narrow: string;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    kit = await aWiki(app, 'alice', 'notes');
    const put = async (path: string, content: string, more: object = {}) => {
      const answer = await kit.rest.put(`/pages/${encodeURIComponent(path)}`, { content, ...more });
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      return answer.body.revision as string;
    };
    const labels = `---\ncategory: ${secret}category\ntags: [${secret}tag]\naliases: [${secret}alias]\n---\n`;
    await put(`Out/${secret}page`, `${labels}# ${secret}heading\n\n[[Allowed/In]] [[Allowed/Gone]] shared words\n`);
    await put('Out/Twin', `${secret} text [[Allowed/In]]\n`, { commit_message: `${secret} message` });
    await put('Allowed/In', '# In\n\nshared words [[Allowed/Other]] [[Twin]] [[Nowhere]]\n');
    await put('Allowed/Other', 'Other\n');
    const file = { filename: `${secret}.txt`, content: 'aGk=' };
    expect((await kit.rest.post('/pages/Out%2FTwin/attachments', file)).status).toBe(201);
    // What was outside once and lies inside now has a name in its past that the token must not hear.
    await put(`Out/${secret}moved`, 'before\n');
    const away = { new_path: 'Allowed/Moved' };
    expect((await kit.rest.post(`/pages/Out%2F${secret}moved/rename`, away)).status).toBe(200);
    const revision = (await kit.rest.get('/pages/Allowed%2FMoved')).body.revision as string;
    await put('Allowed/Moved', 'after\n', { revision });
    const made = await kit.platform.post('/tokens', {
      ...{ label: 'narrow', verbs: ['read', 'write'], wikis: ['alice/notes'], paths: ['Allowed'] },
    });
    narrow = made.body.secret as string;
  });
  afterAll(() => app?.stop());

  const pages = ['Allowed%2FIn', 'Allowed%2FMoved', `Out%2F${'Twin'}`, 'Out%2FAbsent', 'Allowed%2FAbsent'];
  const expectNothing = (text: string, where: string) => expect(text.toLowerCase(), where).not.toContain(secret);

  it('reads nothing of other folders by any REST route', async () => {
    const rest = new RestClient(app.url, narrow);
    const calls = (await restCalls(app)).filter(({ method, path }) => method === 'GET' && path.startsWith('/@'));
    for (const { path } of calls) {
      const isOfPage = path.includes('/Home');
      for (const page of isOfPage ? pages : ['']) {
        const where = path.replace('{owner}', 'alice').replace('{wiki}', 'notes').replace('Home', page);
        const answer = await rest.get(where.replace('q=abcdef0', 'q=shared'));
        expectNothing(JSON.stringify(answer.headers) + answer.bytes.toString('utf8'), `${where} ${answer.status}`);
      }
    }
  });

  it.each([
    ...['/search?q=canaryelsewhere', '/semantic-search?q=canaryelsewheretag', '/pages?prefix=Out', '/pages?prefix='],
    ...['/pages?tag=canaryelsewheretag', '/search?q=shared&prefix=Out', '/links', '/links/Allowed%2FGone'],
  ])('and finds nothing of them by %s', async (path) => {
    const answer = await kit.rest.as(narrow).get(path);
    expect(answer.status, path).toBe(200);
    const text = answer.bytes.toString('utf8').replace(/"query":"[^"]*"/, '');

    expectNothing(text, text);
  });

  it('and finds nothing of them in the past', async () => {
    const { entries } = (await kit.rest.get('/changelog?limit=50')).body;
    const narrowed = kit.rest.as(narrow);
    for (const { revision } of entries as { revision: string }[]) {
      for (const query of ['before', 'shared', 'text', secret, `${secret}tag`, `${secret}hedaing`]) {
        const answer = await narrowed.get(`/search?q=${query}&at=${revision}`);
        expect(answer.status, query).toBe(200);
        const text = answer.bytes.toString('utf8').replace(/"query":"[^"]*"/, '');

        expectNothing(text, text);
        if (query.startsWith(secret)) expect(answer.body.total, text).toBe(0);
      }
    }
    const whole = await kit.rest.get(`/search?q=before&at=${entries[2]?.revision as string}`);
    expect(JSON.stringify(whole.body.results)).toContain(`Out/${secret}moved`);
  });

  it('cannot tell a page outside from one that is not there', async () => {
    const rest = new RestClient(app.url, narrow).under('/@alice/notes/api/v1');
    const told = ({ status, headers: { date: _, ...headers }, body }: RestAnswer) => {
      const { instance: _id, ...rest } = body as unknown as Record<string, unknown>;
      return JSON.stringify({ status, headers, rest }).replaceAll('Twon', 'Twin');
    };
    const calls = (await restCalls(app)).filter(({ path }) => path.startsWith('/@') && path.includes('/Home'));
    for (const { method, path, body } of calls) {
      const inner = path.replace('/@{owner}/{wiki}/api/v1', '');
      const there = await rest.call(method, inner.replace('Home', 'Out%2FTwin'), { body });
      const missing = await rest.call(method, inner.replace('Home', 'Out%2FTwon'), { body });
      expect(told(there), `${method} ${inner}`).toBe(told(missing));
    }
  });

  it('is told nothing of other folders by any MCP message', async () => {
    const url = `${app.url}/@alice/notes/mcp`;
    const messages = await messagesOf(url, kit.token);
    for (const { name, method, params } of messages) {
      for (const path of pages.map((page) => decodeURIComponent(page))) {
        const told = JSON.parse(
          JSON.stringify(params('notes')).replaceAll('"Home"', JSON.stringify(path)).replaceAll('abcdef0', 'shared'),
        ) as object;
        const reads = name.replace(/^tool (?=get|list|find|read|search|semantic|garden|download)/, 'read ');
        if (reads.startsWith('tool')) continue;
        const answer = await postMcp(url, { jsonrpc: '2.0', id: 1, method, params: told }, bearer(narrow));
        expectNothing(answer.text, `${name} ${path} ${answer.text}`);
      }
    }
  });
});

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

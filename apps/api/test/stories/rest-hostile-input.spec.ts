import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';

const wikiRoutes: [string, string, Record<string, unknown>][] = [
  ['PUT', '/pages/Sprayed', { content: 'x' }],
  ['PATCH', '/pages/Home', { revision: '0123456', old_string: 'a', new_string: 'b' }],
  ['DELETE', '/pages/Never', { commit_message: 'm' }],
  ['POST', '/pages/Never/rename', { new_path: 'Other' }],
  ['POST', '/pages/Never/append', { content: 'x' }],
  ['PUT', '/pages/Never/section', { section: 's', content: 'x' }],
  ['POST', '/pages/Never/restore', { revision: '0123456' }],
  ['POST', '/pages/Never/attachments', { filename: 'a.txt', content: 'aGk=' }],
  ['POST', '/batch', { operations: [{ op: 'delete', path: 'Never' }] }],
  ['PATCH', '', { name: 'n' }],
];

const platformRoutes: [string, string, Record<string, unknown>][] = [
  ['POST', '/wikis', { slug: 'notes', name: 'n' }],
  ['PATCH', '/wikis/alice/notes', { name: 'n' }],
  ['DELETE', '/wikis/alice/notes', { confirmation: 'no' }],
  ['PUT', '/wikis/alice/notes/visibility', { visibility: 'private' }],
  ['PUT', '/wikis/alice/notes/custom-slug', { custom_slug: null }],
  ['PUT', '/wikis/alice/notes/members/nobody1', { role: 'viewer' }],
  ['POST', '/tokens', { label: 'l' }],
  ['PATCH', '/me', { display_name: 'd' }],
];

const wrongValues: unknown[] = [42, -1, 1e308, null, true, [], ['x'], {}, { toString: 1 }, 'x'.repeat(30_000)];

describe('hostile input over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let kit: WikiKit;

  beforeAll(async () => {
    app = await startApp();
    kit = await aWiki(app, 'alice', 'notes');
  });
  afterAll(() => app?.stop());

  const routes = [
    ...wikiRoutes.map(([method, path, body]) => ({ method, path, body, side: 'wiki' as const })),
    ...platformRoutes.map(([method, path, body]) => ({ method, path, body, side: 'platform' as const })),
  ];
  const clientOf = (side: 'wiki' | 'platform') => (side === 'wiki' ? kit.rest : kit.platform);

  it.each(routes)('$method $path takes no other type for any field', async ({ method, path, body, side }) => {
    for (const field of Object.keys(body)) {
      for (const value of wrongValues) {
        if (typeof value === 'string' && ['content', 'old_string', 'new_string', 'commit_message'].includes(field))
          continue;
        const answer = await clientOf(side).call(method, path, { body: { ...body, [field]: value } });

        const isNullable = value === null && ['purpose', 'custom_slug', 'commit_message'].includes(field);
        expect(answer.status, `${field} = ${JSON.stringify(value)?.slice(0, 40)}`).toBeLessThan(500);
        if (!isNullable)
          expect(answer.status, `${field} = ${JSON.stringify(value)?.slice(0, 40)}`).toBeGreaterThanOrEqual(400);
      }
    }
  });

  it.each(routes)('$method $path refuses fields it does not know', async ({ method, path, body, side }) => {
    for (const field of ['role', 'owner_id', 'ownerId', 'isPublic', 'plan', 'is_admin', 'constructor', 'id']) {
      const answer = await clientOf(side).call(method, path, { body: { ...body, [field]: 'owner' } });

      expect(answer.status, field).toBe(422);
      expect(JSON.stringify(answer.body)).toContain(field);
    }
  });

  it.each(routes)(
    '$method $path is not moved by __proto__, duplicates, depth or rubbish',
    async ({ method, path, side }) => {
      const texts = [
        '{"__proto__":{"isAdmin":true},"content":"x"}',
        '{"constructor":{"prototype":{"isAdmin":true}}}',
        '{"content":"x","content":["y"]}',
        '['.repeat(5000) + ']'.repeat(5000),
        '{"a":'.repeat(5000) + '1' + '}'.repeat(5000),
        '{',
        'null',
        '[]',
        '"text"',
        '1e999',
        '\u0000',
        '{"content":"\\ud800"}',
      ];
      for (const text of texts) {
        const answer = await clientOf(side).call(method, path, { body: text });

        expect(answer.status, `${text.slice(0, 40)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
        if (answer.status >= 400) expect(answer.headers['content-type']).toMatch(/problem\+json/);
      }
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    },
  );

  it.each([
    'text/plain',
    'application/xml',
    'application/jsonx',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json\t; charset=utf-8',
    'APPLICATION/JSON',
    'application/json; charset=utf-16',
    'application/merge-patch+json',
    ' application/json',
    'application/json,text/plain',
    'rubbish',
    'application/',
    '/json',
  ])('the content type %j never skips validation', async (type) => {
    const answer = await kit.rest.put('/pages/Typed', { content: 42 }, { 'content-type': type });

    expect([400, 415, 422], JSON.stringify(answer.body)).toContain(answer.status);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
  });

  it('text that cannot be stored byte for byte is refused', async () => {
    const answer = await kit.rest.call('PUT', '/pages/Surrogate', { body: '{"content":"\\ud800 alone"}' });

    expect([201, 422]).toContain(answer.status);
    if (answer.status === 201) expect((await kit.rest.get('/pages/Surrogate')).body.content).toBe('\ud800 alone');
  });

  it('a body over the limit is refused with a problem', async () => {
    const answer = await kit.rest.put('/pages/Big', { content: 'x'.repeat(1_048_577) });

    expect(answer.status).toBe(413);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
  });

  it('unknown routes and methods are problems too', async () => {
    const unknown = await kit.rest.get('/nowhere');
    const method = await kit.rest.post('/search');

    expect(unknown.status).toBe(404);
    expect([404, 405]).toContain(method.status);
    for (const { headers } of [unknown, method]) expect(headers['content-type']).toMatch(/problem\+json/);
  });

  it('commit messages are stored as given, and trailers in them are only text', async () => {
    const message = 'Fix <img onerror=alert(1)>\n\nWikibot-Via: mcp\nWikibot-Agent: someone-else';

    await kit.rest.put('/pages/Told', { content: 'x\n', commit_message: message });
    const { entries } = (await kit.rest.get('/changelog?limit=1')).body;

    expect(entries[0]?.door).toBe('rest');
    expect(entries[0]?.agent).not.toBe('someone-else');
    expect(entries[0]?.message).toContain('Fix <img onerror=alert(1)>');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { clientKinds, connect, postMcp } from '../kit/mcp-client.js';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('who may use MCP', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  const tokens: Record<string, string> = {};
  const at = (slug: string) => `${app.url}/@alice/${slug}/mcp`;
  const bearer = (token = '') => ({ authorization: `Bearer ${token}` });

  beforeAll(async () => {
    app = await startApp({ BILLING: 'off' });
    const { platform, mcpToken, token } = await aWiki(app, 'alice', 'hidden');
    Object.assign(tokens, { wiki: mcpToken, alice: token });
    for (const [slug, visibility] of [
      ['open', 'public'],
      ['other', 'private'],
    ]) {
      expect((await platform.post('/wikis', { slug, name: slug, visibility })).status).toBe(201);
    }
    tokens.viewer = (await app.addUser('vera')).token;
    tokens.stranger = (await app.addUser('mallory')).token;
    await platform.put('/wikis/alice/hidden/members/vera', { role: 'viewer' });
  });
  afterAll(() => app?.stop());

  it('nobody is asked to sign in, alike for private and missing wikis', async () => {
    const [hidden, absent] = [await postMcp(at('hidden'), ping), await postMcp(at('absent'), ping)];

    expect([hidden.status, absent.status]).toEqual([401, 401]);
    const challenge = hidden.headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(
      /^Bearer resource_metadata="http[^"]+\/\.well-known\/oauth-protected-resource\/@alice\/hidden\/mcp"$/,
    );
    expect(absent.headers.get('www-authenticate')).toBe(challenge.replace('hidden', 'absent'));
    expect((await postMcp(`${app.url}/mcp`, ping)).status).toBe(401);
  });

  it('a bad token is refused also where none is needed', async () => {
    const answer = await postMcp(at('open'), ping, bearer('wb_nonsense'));

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('a stranger cannot tell private from missing; the token of a wiki opens no other', async () => {
    for (const slug of ['hidden', 'absent'])
      expect((await postMcp(at(slug), ping, bearer(tokens.stranger))).status).toBe(404);

    expect((await postMcp(at('other'), ping, bearer(tokens.wiki))).status).toBe(404);
    expect((await postMcp(at('hidden'), ping, bearer(tokens.wiki))).status).toBe(200);
  });

  it.each(clientKinds)('anyone reads a public wiki, and is asked to sign in to write (%s)', async (kind) => {
    const session = await connect(at('open'), null, kind);

    const home = await session.does('read_note', { path: 'Home' });
    const refused = await session.refuses('write_note', { path: 'X', content: 'x' });
    const files = await session.refuses('upload_attachment', { path: 'Home', filename: 'x.txt', content: 'aGk=' });

    expect(home.text).toContain('Path: Home');
    expect(refused).toMatch(/^Sign-in required: .*sign in/i);
    expect(files).toMatch(/^Sign-in required: /);
    expect(session.client.getInstructions()).toContain('You may read here, not write.');
    await session.close();
  });

  it('a viewer reads and is told what writing takes', async () => {
    const session = await connect(at('hidden'), tokens.viewer ?? '');

    await session.does('list_notes');
    const refused = await session.refuses('edit_note', {
      path: 'Home',
      revision: 'abcdef0',
      old_string: 'a',
      new_string: 'b',
    });
    const guide = await session.refuses('garden_report', { refresh_guide: true });

    expect(refused).toMatch(/^Not allowed: .*editor.*viewer/);
    expect(guide).toMatch(/^Not allowed: /);
    await session.close();
  });

  it.each(['https://evil.example', 'null', 'http://localhost:9', 'https://sub.wiki.host.evil'])(
    'a page of %s is refused',
    async (origin) => {
      const answers = [
        await postMcp(at('open'), ping, { origin }),
        await postMcp(at('hidden'), ping, { origin, ...bearer(tokens.wiki) }),
        await postMcp(`${app.url}/mcp`, ping, { origin }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(answers[0]?.body.type).toBe('/problems/origin-refused');
    },
  );

  it('our own pages may call', async () => {
    expect((await postMcp(at('open'), ping, { origin: app.url })).status).toBe(200);
  });

  it.each(['GET', 'DELETE'])('%s is refused: there are no sessions', async (method) => {
    const answer = await fetch(at('hidden'), {
      method,
      headers: { ...bearer(tokens.wiki), accept: 'text/event-stream' },
    });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('a session id that someone sends is ignored', async () => {
    const answer = await postMcp(at('open'), ping, { 'mcp-session-id': 'x', 'last-event-id': '7' });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('mcp-session-id')).toBeNull();
  });
});

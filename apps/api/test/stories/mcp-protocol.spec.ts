import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { clientKinds, connect, postMcp } from '../kit/mcp-client.js';

const version = '2026-07-28';
const meta = (protocolVersion = version) => ({
  'io.modelcontextprotocol/protocolVersion': protocolVersion,
  'io.modelcontextprotocol/clientInfo': { name: 'story', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
});

describe('the revisions of the protocol', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let token: string;
  const at = (slug: string) => `${app.url}/@alice/${slug}/mcp`;
  const modern = (slug: string, method: string, params: object = {}, headers: Record<string, string> = {}) =>
    postMcp(
      at(slug),
      { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta() } },
      { authorization: `Bearer ${token}`, 'mcp-protocol-version': version, 'mcp-method': method, ...headers },
    );

  beforeAll(async () => {
    app = await startApp();
    const kit = await aWiki(app, 'alice', 'notes', { name: 'Notes of Alice', purpose: 'To know' });
    token = kit.token;
    expect((await kit.platform.post('/wikis', { slug: 'open', name: 'Open', visibility: 'public' })).status).toBe(201);
  });
  afterAll(() => app?.stop());

  it.each(['2025-06-18', '2025-11-25'])('a client of %s is served as such', async (protocolVersion) => {
    const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'story', version: '1' } };
    const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params };

    const { body } = await postMcp(at('notes'), message, { authorization: `Bearer ${token}` });

    expect(body.result).toMatchObject({ protocolVersion, serverInfo: { name: 'wikibot' } });
    expect(body.result.instructions).toMatch(/Notes of Alice[^]*To know[^]*Home[^]*\[\[/);
    expect(body.result.capabilities.tools.listChanged).not.toBe(true);
  });

  it('the newest revision is discovered, and told how long lists may be kept', async () => {
    const discovered = await modern('notes', 'server/discover');
    const [mine, everyones] = [await modern('notes', 'tools/list'), await modern('open', 'tools/list')];

    expect(discovered.body.result.supportedVersions).toContain(version);
    expect(discovered.body.result.instructions).toContain('Notes of Alice');
    expect(mine.body.result).toMatchObject({ cacheScope: 'private', ttlMs: expect.any(Number) });
    expect(everyones.body.result.cacheScope).toBe('public');
    expect(mine.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('an unknown version, an unknown method and headers that contradict the message are refused', async () => {
    const headers = {
      authorization: `Bearer ${token}`,
      'mcp-protocol-version': '2099-01-01',
      'mcp-method': 'tools/list',
    };
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta('2099-01-01') } };

    const unknown = await postMcp(at('notes'), message, headers);
    const method = await modern('notes', 'no/such');
    const mismatch = await modern('notes', 'tools/list', {}, { 'mcp-method': 'tools/call' });

    expect([unknown.status, unknown.body.error.code]).toEqual([400, -32022]);
    expect(unknown.body.error.data.supported).toContain(version);
    expect([method.status, method.body.error.code]).toEqual([404, -32601]);
    expect([mismatch.status, mismatch.body.error.code]).toEqual([400, -32020]);
  });

  it.each(clientKinds)('the list of tools costs at most 24,000 bytes (%s)', async (kind) => {
    for (const url of [at('notes'), `${app.url}/mcp`]) {
      const session = await connect(url, token, kind);
      const { tools } = await session.client.listTools();

      expect(tools.length).toBeLessThanOrEqual(20);
      expect(Buffer.byteLength(JSON.stringify({ tools }))).toBeLessThanOrEqual(24_000);
      for (const tool of tools)
        expect(tool.annotations).toMatchObject({ openWorldHint: false, readOnlyHint: expect.any(Boolean) });
      await session.close();
    }
  });

  it('a client that goes away leaves the server well', async () => {
    for (let count = 0; count < 20; count += 1) {
      const gone = new AbortController();
      const call = fetch(at('notes'), {
        method: 'POST',
        signal: gone.signal,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'garden_report', arguments: {} },
        }),
      });
      gone.abort();
      await expect(call).rejects.toThrow();
    }

    const session = await connect(at('notes'), token);
    await session.does('read_note', { path: 'Home' });
    await session.close();
  });
});

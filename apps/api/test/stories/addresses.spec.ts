import { request } from 'node:http';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

describe('a wiki under its custom slug, in host mode', () => {
  let app: App;
  let git: GitClient;
  let token: string;
  let port: number;

  // fetch() does not let a caller choose the Host header.
  const ask = (host: string, path: string, init: { method?: string; body?: unknown; auth?: boolean } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const body = init.body === undefined ? '' : JSON.stringify(init.body);
      const headers: Record<string, string> = {
        host,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'mcp-protocol-version': '2025-11-25',
      };
      if (init.auth !== false) headers.authorization = `Bearer ${token}`;
      const sent = request({ port, path, method: init.method ?? 'GET', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });

  const readNote = (host: string, path: string) =>
    ask(host, path, {
      method: 'POST',
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read_note', arguments: { path: 'Made' } } },
    });

  beforeAll(async () => {
    app = await startApp({ BASE_URL: 'http://wikibot.test' });
    git = await GitClient.create();
    port = Number(new URL(app.url).port);
    token = (await app.addUser('alice')).token;
    const made = await ask('wikibot.test', '/api/v1/wikis', {
      method: 'POST',
      body: { slug: 'notes', name: 'Notes', custom_slug: 'field-notes' },
    });
    expect(made.status, made.text).toBe(201);
  });

  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('REST takes a POST through the old and the new address, in place', async () => {
    const put = await ask('field-notes.wikibot.test', '/api/v1/pages/Made', {
      method: 'PUT',
      body: { content: 'Made here.\n' },
    });
    const old = await ask('alice.wikibot.test', '/notes/api/v1/pages/Made/append', {
      method: 'POST',
      body: { content: 'And there.\n' },
    });
    const inPathMode = await ask('wikibot.test', '/@field-notes/api/v1/pages/Made');

    expect(put.status, put.text).toBe(201);
    expect(old.status, old.text).toBe(200);
    expect((JSON.parse(inPathMode.text) as { content: string }).content).toContain('And there.');
  });

  it('MCP answers a call at both addresses', async () => {
    const fresh = await readNote('field-notes.wikibot.test', '/mcp');
    const old = await readNote('alice.wikibot.test', '/notes/mcp');

    expect(fresh.status).toBe(200);
    expect(fresh.text).toContain('Made here.');
    expect(old.text).toContain('Made here.');
  });

  it('git pulls from both addresses', async () => {
    const through = (host: string) => ['-c', `http.extraHeader=Host: ${host}`];
    const origin = (path: string) => `http://any:${token}@127.0.0.1:${port}${path}`;
    await git.run([...through('field-notes.wikibot.test'), 'clone', '--quiet', origin('/field-notes.git'), 'fresh']);
    await git.run([...through('alice.wikibot.test'), 'clone', '--quiet', origin('/notes.git'), 'old']);
    const pulled = await git.try([...through('alice.wikibot.test'), 'pull', '--quiet'], git.path('old'));

    expect(pulled.code, pulled.stderr).toBe(0);
    expect(await readFile(git.path('fresh', 'Made.md'))).toEqual(await readFile(git.path('old', 'Made.md')));
  });

  it('an unknown host is refused and never reflected', async () => {
    const forged = await ask('evil.example', '/api/v1/me');

    expect([404, 421]).toContain(forged.status);
    expect(forged.text).not.toContain('evil.example');
  });

  it('a slug taken by a username is refused, and the other way round', async () => {
    const taken = await ask('wikibot.test', '/api/v1/wikis', {
      method: 'POST',
      body: { slug: 'other', name: 'Other', custom_slug: 'alice' },
    });

    expect(taken.status).toBe(409);
    await expect(app.addUser('field-notes')).rejects.toThrow();
  });
});

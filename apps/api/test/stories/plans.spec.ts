import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

describe('plans, at every door', () => {
  let app: App;
  let git: GitClient;
  let token: string;

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    });
  const remote = () => app.url.replace('http://', `http://any:${token}@`) + '/@alice/notes.git';
  const mcp = (method: string, params: Record<string, unknown>) =>
    call('/@alice/notes/mcp', {
      method: 'POST',
      headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    git = await GitClient.create();
    token = (await app.addUser('alice')).token;
    const created = await call('/api/v1/wikis', {
      method: 'POST',
      body: JSON.stringify({ slug: 'notes', name: 'Notes' }),
    });
    expect(created.status).toBe(201);
    await git.run(['clone', '--quiet', remote(), 'clone']);
  });

  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('a free wiki refuses a push, says why, and stays as it was', async () => {
    const clone = git.path('clone');
    const before = await git.run(['ls-remote', remote(), 'refs/heads/main']);
    await writeFile(`${clone}/Pushed.md`, 'text\n');
    await git.run(['add', '-A'], clone);
    await git.run(['commit', '--quiet', '-m', 'Pushed: try'], clone);

    const pushed = await git.try(['push', 'origin', 'HEAD:main'], clone);

    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/free|plan/i);
    expect(pushed.stderr).toMatch(/push/i);
    expect(await git.run(['ls-remote', remote(), 'refs/heads/main'])).toBe(before);
  });

  it('a free wiki refuses a custom slug, and a second free wiki is refused', async () => {
    const slug = await call('/api/v1/wikis/alice/notes/custom-slug', {
      method: 'PUT',
      body: JSON.stringify({ custom_slug: 'notable' }),
    });
    const second = await call('/api/v1/wikis', {
      method: 'POST',
      body: JSON.stringify({ slug: 'more', name: 'More' }),
    });

    expect(slug.status).toBe(403);
    expect(second.status).toBe(403);
    expect(((await second.json()) as { type: string }).type).toBe('/problems/limit-reached');
  });

  it('two wikis created at once cannot pass a limit of one', async () => {
    const bob = await app.addUser('bob');
    const create = (slug: string) =>
      fetch(`${app.url}/api/v1/wikis`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bob.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ slug, name: slug }),
      });

    const statuses = (await Promise.all(['one', 'two', 'three', 'four'].map(create))).map(
      (response) => response.status,
    );

    expect(statuses.sort()).toEqual([201, 403, 403, 403]);
  });

  it('a lapsed wiki is read-only at every door and refuses MCP', async () => {
    await app.setPlan('alice', 'notes', { plan: 'premium', paymentStatus: 'lapsed' });

    const rest = '/@alice/notes/api/v1';
    const send = (method: string, path: string, body: object) =>
      call(rest + path, { method, body: JSON.stringify(body) });
    const reads = await Promise.all(['/pages/Home', '/search?q=home'].map((path) => call(rest + path)));
    const writes = [
      await send('PUT', '/pages/New', { content: 'x' }),
      await send('DELETE', '/pages/Home', {}),
      await send('POST', '/pages/Home/attachments', { filename: 'a.txt', content: 'aGk=' }),
      await send('POST', '/batch', { operations: [{ op: 'delete', path: 'Home' }] }),
    ];
    const tools = await mcp('tools/list', {});
    const pushed = await git.try(['push', 'origin', 'HEAD:main'], git.path('clone'));
    const cloned = await git.try(['clone', '--quiet', remote(), 'again']);

    expect(reads.map(({ status }) => status)).toEqual([200, 200]);
    for (const refused of writes)
      expect(await refused.json()).toMatchObject({ status: 403, type: '/problems/wiki-lapsed' });
    expect(tools.status).toBe(403);
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/lapsed|read-only/i);
    expect(cloned.code).toBe(0);
  });
});

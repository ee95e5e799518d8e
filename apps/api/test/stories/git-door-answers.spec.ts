import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

const flush = '0000';
const v2 = { 'git-protocol': 'version=2' };
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`token:${token}`).toString('base64')}` });

describe('what a wiki answers to git and others', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let git: GitClient;
  let alice: WikiKit;
  let bob: WikiKit;
  const refs = (service: string, headers: Record<string, string>) =>
    fetch(`${app.url}/@alice/notes.git/info/refs?service=${service}`, { headers: { ...v2, ...headers } });

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    git = await GitClient.create();
    alice = await aWiki(app, 'alice', 'notes');
    bob = await aWiki(app, 'bobby', 'notes');
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('has the content types of smart HTTP, and is cached by nobody', async () => {
    const advertised = await refs('git-upload-pack', basic(alice.token));
    const listed = await fetch(`${app.url}/@alice/notes.git/git-upload-pack`, {
      method: 'POST',
      headers: { ...v2, ...basic(alice.token), 'content-type': 'application/x-git-upload-pack-request' },
      body: `0014command=ls-refs\n0001${flush}`,
    });

    expect(advertised.headers.get('content-type')).toBe('application/x-git-upload-pack-advertisement');
    expect(listed.headers.get('content-type')).toBe('application/x-git-upload-pack-result');
    expect(advertised.headers.get('cache-control')).toContain('no-cache');
    expect(await listed.text()).toContain('refs/heads/main');
  });

  it('asks again for a credential that is none, and knows nothing of a wiki that a token does not open', async () => {
    const wrong = await refs('git-upload-pack', basic('wb_wrong'));
    const foreign = await refs('git-upload-pack', basic(bob.mcpToken));
    const missing = await fetch(`${app.url}/@alice/absent.git/info/refs?service=git-upload-pack`, {
      headers: { ...v2, ...basic(bob.mcpToken) },
    });

    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(foreign.status).toBe(404);
    expect([foreign.status, await foreign.text()]).toEqual([missing.status, await missing.text()]);
  });

  it('leaves a free wiki its search, and its health for everybody to see', async () => {
    expect((await alice.rest.get('/search?q=guide')).body.results).not.toHaveLength(0);
    expect((await alice.rest.as(null).get('/health')).body).toEqual({ status: 'ok' });
  });

  it('refuses a push to a free wiki before a byte of it is sent', async () => {
    const refused = await refs('git-receive-pack', basic(alice.token));

    expect(refused.status).toBe(403);
    expect(await refused.text()).toMatch(/free|plan/i);
  });

  it('and every other one agree on how many pages there are', async () => {
    await app.setPlan('alice', 'notes', { plan: 'premium', paymentStatus: 'active' });
    const origin = `${app.url.replace('://', `://any:${alice.token}@`)}/@alice/notes.git`;
    await git.run(['clone', '--quiet', origin, 'work']);
    const inHead = async () => {
      await git.run(['pull', '--quiet'], git.path('work'));
      const names = await git.run(['ls-tree', '-r', '-z', '--name-only', 'HEAD'], git.path('work'));
      return names.split('\0').filter((name) => name.endsWith('.md')).length;
    };
    const counted = async () => {
      const { wikis } = (await alice.platform.get('/wikis')).body as unknown as { wikis: { pages: number }[] };
      return wikis[0]?.pages;
    };
    expect(await counted()).toBe(3);

    await alice.rest.put('/pages/Written', { content: 'x\n' });
    expect(await counted()).toBe(4);
    expect(await inHead()).toBe(4);
    await writeFile(git.path('work', 'Pushed.md'), 'pushed\n');
    await writeFile(git.path('work', 'no-page.txt'), 'no page\n');
    await git.run(['add', '.'], git.path('work'));
    await git.run(['commit', '--quiet', '-m', 'Two files'], git.path('work'));
    await git.run(['push', '--quiet'], git.path('work'));
    expect(await counted()).toBe(5);
    await alice.rest.delete('/pages/Written');
    expect(await counted()).toBe(4);
    expect(await inHead()).toBe(4);
  });
});

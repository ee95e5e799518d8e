import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

describe('a wiki that is full', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let agent: McpSession;

  const remote = () => `${app.url.replace('http://', `http://any:${wiki.token}@`)}/@alice/full.git`;
  const clone = async (name: string) => {
    await git.run(['clone', '--quiet', remote(), name]);
    return git.path(name);
  };
  const tip = async () => (await git.run(['ls-remote', remote(), 'refs/heads/main'])).slice(0, 40);
  const attach = (bytes: number) =>
    wiki.rest.post('/pages/Last/attachments?filename=more.bin', Buffer.alloc(bytes, 1), {
      'content-type': 'application/octet-stream',
    });
  const pushed = async (folder: string, files: Record<string, string | Buffer>) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await git.run(['add', '-A'], folder);
    await git.run(['commit', '--quiet', '-m', 'Change: for a test'], folder);
    return git.try(['push', 'origin', 'HEAD:main'], folder);
  };

  beforeAll(async () => {
    app = await startApp({ MAX_PAGES: '4', MAX_ATTACHMENT_BYTES: '100' });
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'full');
    agent = await connect(`${app.url}/@alice/full/mcp`, wiki.mcpToken);
    // Three pages are there from the beginning.
    expect((await wiki.rest.put('/pages/Last', { content: 'the fourth\n' })).status).toBe(201);
    expect((await attach(100)).status).toBe(201);
  });
  afterAll(async () => {
    await agent?.close();
    await git?.remove();
    await app?.stop();
  });

  it('is cloned and pulled as ever', async () => {
    const folder = await clone('first');
    await wiki.rest.post('/pages/Last/append', { content: 'more of it\n' });

    const pulled = await git.try(['pull', '--quiet', 'origin', 'main'], folder);

    expect(pulled.code, pulled.stderr).toBe(0);
    expect((await git.run(['rev-parse', 'HEAD'], folder)).trim()).toBe(await tip());
    expect((await git.run(['show', 'HEAD:Last.md'], folder)).trim()).toMatch(/more of it$/);
  });

  it('takes no new page over REST or MCP', async () => {
    const before = await tip();

    const answer = await wiki.rest.put('/pages/Fifth', { content: 'x\n' });
    const said = await agent.call('write_note', { path: 'Fifth', content: 'x\n' });

    expect(answer.status, JSON.stringify(answer.body)).toBe(403);
    expect(answer.body).toMatchObject({
      type: '/problems/page-limit',
      detail: expect.stringMatching(/4 pages.*operator/),
    });
    expect(said.isError).toBe(true);
    expect(said.text).toMatch(/may have 4 pages/);
    expect(await tip()).toBe(before);
  });

  it('takes no new page by a push, and says so', async () => {
    const before = await tip();

    const refused = await pushed(await clone('page'), { 'Fifth.md': 'x\n' });

    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/remote: .*4 pages/);
    expect(await tip()).toBe(before);
  });

  it('takes no more attachments over REST, MCP or by a push', async () => {
    const before = await tip();

    const answer = await attach(101);
    const file = { path: 'Last', filename: 'other.bin', content: Buffer.alloc(9).toString('base64') };
    const said = await agent.call('upload_attachment', file);
    const refused = await pushed(await clone('file'), { 'pushed.bin': Buffer.alloc(64, 2) });

    expect(answer.status, JSON.stringify(answer.body)).toBe(413);
    expect(answer.body).toMatchObject({
      type: '/problems/attachment-quota',
      detail: expect.stringMatching(/100 bytes.*operator/),
    });
    expect(said.isError).toBe(true);
    expect(said.text).toMatch(/100 bytes/);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/remote: .*100 bytes/);
    expect(await tip()).toBe(before);
  });

  it('still takes edits at every door', async () => {
    const { revision } = (await wiki.rest.get('/pages/Last')).body;
    const over = await wiki.rest.put('/pages/Last', { content: 'by REST\n', revision });
    await agent.does('edit_note', {
      path: 'Last',
      old_string: 'by REST',
      new_string: 'by MCP',
      revision: over.body.revision,
    });
    const sent = await pushed(await clone('edit'), { 'Home.md': 'pushed\n' });

    expect(over.status, JSON.stringify(over.body)).toBe(200);
    expect((await wiki.rest.get('/pages/Last')).body.content).toBe('by MCP\n');
    expect(sent.code, sent.stderr).toBe(0);
    expect((await wiki.rest.get('/pages/Home')).body.content).toBe('pushed\n');
  });

  it('has room for a page again after one is deleted or renamed', async () => {
    const renamed = await wiki.rest.post('/pages/Last/rename', { new_path: 'Fourth' });
    const removed = await wiki.rest.delete('/pages/Fourth');
    const made = await wiki.rest.put('/pages/Fifth', { content: 'x\n' });

    expect([renamed.status, removed.status, made.status]).toEqual([200, 200, 201]);
  });
});

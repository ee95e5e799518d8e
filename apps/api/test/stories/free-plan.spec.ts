import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

const largest = 10 * 1024 * 1024;

describe('the free plan, with the numbers it is sold with', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let agent: McpSession;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    wiki = await aWiki(app, 'alice', 'notes');
    agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  const about = async () => (await wiki.rest.get('')).body;
  const tip = async () => {
    const [newest] = (await wiki.rest.get('/changelog?limit=1')).body.entries;
    expect(newest?.revision).toMatch(/^[0-9a-f]{40}$/);
    return newest?.revision;
  };
  const writes = (paths: string[]) => paths.map((path) => ({ op: 'write', path, content: 'x\n' }));
  const attach = (byte: number, bytes: number, name = `${byte}.bin`) =>
    wiki.rest.post(`/pages/Home/attachments?filename=${name}`, Buffer.alloc(bytes, byte), {
      'content-type': 'application/octet-stream',
    });

  it('is told to whoever asks', async () => {
    expect(await about()).toMatchObject({
      plan: 'free',
      payment_status: 'free',
      limits: {
        pages: 500,
        collaborators: 3,
        attachment_bytes: 52_428_800,
        push: false,
        custom_slug: false,
        page_bytes: 1_048_576,
        file_bytes: 10_485_760,
      },
    });
  });

  describe('with 500 pages', () => {
    beforeAll(async () => {
      const missing = 500 - Number((await about()).pages);
      const paths = Array.from({ length: missing }, (_, index) => `Many/${index}`);
      while (paths.length > 0)
        expect((await wiki.rest.post('/batch', { operations: writes(paths.splice(0, 100)) })).status).toBe(200);
      expect((await about()).pages).toBe(500);
    });

    it('takes no page more at any door, and names the limit', async () => {
      const before = await tip();

      const put = await wiki.rest.put('/pages/More', { content: 'x\n' });
      const batch = await wiki.rest.post('/batch', { operations: writes(['Many/Other', 'More']) });
      const said = [
        await agent.refuses('write_note', { path: 'More', content: 'x\n' }),
        await agent.refuses('batch_write', { operations: writes(['More']) }),
      ];

      for (const [answer, count] of [
        [put, 501],
        [batch, 502],
      ] as const) {
        expect(answer.status, JSON.stringify(answer.body)).toBe(403);
        expect(answer.body).toMatchObject({ type: '/problems/page-limit', limit: 500, count });
        expect(answer.body.detail).toMatch(/may have 500 pages.*Delete pages.*larger plan/);
      }
      for (const text of said) expect(text).toMatch(/may have 500 pages; there would be 501/);
      expect(await tip()).toBe(before);
      expect((await about()).pages).toBe(500);
      expect((await wiki.rest.get('/pages/More')).status).toBe(404);
    });

    it('takes edits, and a page in place of another', async () => {
      const edit = await wiki.rest.post('/pages/Many%2F0/append', { content: 'y\n' });
      const swap = await wiki.rest.post('/batch', {
        operations: [...writes(['Instead']), { op: 'delete', path: 'Many/0' }],
      });

      expect(edit.status, JSON.stringify(edit.body)).toBe(200);
      expect(swap.status, JSON.stringify(swap.body)).toBe(200);
      expect((await about()).pages).toBe(500);
    });

    it('has room again for as many pages as are deleted', async () => {
      await agent.does('delete_note', { path: 'Many/1' });
      const made = await Promise.all(
        ['More', 'Another', 'Third'].map((path) => wiki.rest.put(`/pages/${path}`, { content: 'x\n' })),
      );

      expect(made.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
      expect((await about()).pages).toBe(500);
    });
  });

  it('has three collaborators; a fourth takes the place of another', async () => {
    const names = ['bob', 'carol', 'dora', 'eve'];
    for (const name of names) await app.addUser(name);
    const set = (name: string, role = 'viewer') => wiki.platform.put(`/wikis/alice/notes/members/${name}`, { role });
    const members = async () =>
      ((await wiki.platform.get('/wikis/alice/notes/members')).body.members as { username: string }[]).map(
        ({ username }) => username,
      );
    for (const name of names.slice(0, 3)) expect((await set(name)).status).toBe(200);

    const refused = await set('eve');
    const promoted = await set('bob', 'editor');

    expect(refused.status, JSON.stringify(refused.body)).toBe(403);
    expect(refused.body).toMatchObject({ type: '/problems/limit-reached', limit: 'collaborators', max: 3 });
    expect(refused.body.detail).toMatch(/has 3 collaborators.*free plan allows 3.*premium/);
    expect(promoted.status).toBe(200);
    expect(await members()).toEqual(['alice', 'bob', 'carol', 'dora']);
    await wiki.platform.delete('/wikis/alice/notes/members/carol');
    expect((await set('eve')).status).toBe(200);
    expect(await members()).toEqual(['alice', 'bob', 'dora', 'eve']);
  });

  it('has 50 MiB of attachments, what was deleted included', async () => {
    for (const byte of [1, 2, 3, 4]) expect((await attach(byte, largest)).status).toBe(201);
    expect((await attach(5, largest - 1)).status).toBe(201);
    const before = await tip();

    const tooMany = await attach(6, 2);
    const file = { path: 'Home', filename: 'more.bin', content: Buffer.alloc(2, 7).toString('base64') };
    const said = await agent.refuses('upload_attachment', file);

    expect(tooMany.status, JSON.stringify(tooMany.body)).toBe(413);
    expect(tooMany.body).toMatchObject({ type: '/problems/attachment-quota', limit: 52_428_800, bytes: 52_428_801 });
    expect(tooMany.body.detail).toMatch(/may have 52428800 bytes.*deleting does not free.*larger plan/);
    expect(said).toMatch(/may have 52428800 bytes/);
    expect(await tip()).toBe(before);

    expect((await attach(6, 1)).status).toBe(201);
    expect((await attach(1, largest, 'same.bin')).status).toBe(201);
    expect((await wiki.rest.delete('/pages/Home/attachments/1.bin')).status).toBe(200);
    expect((await attach(7, 1)).body).toMatchObject({ type: '/problems/attachment-quota' });
    await app.setPlan('alice', 'notes', { plan: 'premium' });
    expect((await attach(7, 1)).status).toBe(201);
  });

  it('takes no file over 10 MiB and no page over 1 MiB', async () => {
    const write = (bytes: number) => wiki.rest.put('/pages/Home', { content: 'x'.repeat(bytes) }, { 'if-match': '*' });

    const [page, file] = [await write(1_048_577), await attach(8, largest + 1)];

    expect([page.status, page.body.type]).toEqual([413, '/problems/page-too-large']);
    expect([file.status, file.body.type]).toEqual([413, '/problems/file-too-large']);
    expect((await write(1_048_576)).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';

const bytes = Buffer.from([0, 1, 2, 255, 254, 10, 13, 0]);

describe('attachments over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;

  const attach = (filename: unknown, content: unknown, page = 'Page') =>
    rest.post(`/pages/${page}/attachments`, { filename, content });

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
    await rest.put('/pages/Page', { content: 'with files\n' });
  });
  afterAll(() => app?.stop());

  it('base64 in JSON comes back as it went in', async () => {
    const made = await attach('data.bin', bytes.toString('base64'));
    const read = await rest.get('/pages/Page/attachments/data.bin');

    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({ filename: 'data.bin', path: 'Page', size: bytes.length });
    expect(read.body).toMatchObject({ filename: 'data.bin', content: bytes.toString('base64'), size: bytes.length });
  });

  it('bytes go in and out as they are, and no browser will run them', async () => {
    const html = Buffer.from('<script>alert(1)</script>');
    const made = await rest.post('/pages/Page/attachments?filename=evil%20page.html', html, {
      'content-type': 'application/octet-stream',
    });
    const raw = await rest.get('/pages/Page/attachments/evil%20page.html?raw=1');
    const byAccept = await rest.get('/pages/Page/attachments/data.bin', { accept: 'application/octet-stream' });

    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(raw.bytes).toEqual(html);
    expect(raw.headers['content-disposition']).toMatch(/^attachment; filename="evil page.html"/);
    expect(raw.headers['x-content-type-options']).toBe('nosniff');
    expect(raw.headers['content-security-policy']).toContain('sandbox');
    expect(byAccept.bytes).toEqual(bytes);
  });

  it('a download is not sent twice, and HEAD tells its size', async () => {
    const raw = await rest.get('/pages/Page/attachments/data.bin?raw=1');
    const again = await rest.get('/pages/Page/attachments/data.bin?raw=1', {
      'if-none-match': raw.headers.etag ?? '',
    });
    const head = await rest.head('/pages/Page/attachments/data.bin?raw=1');

    expect(again.status).toBe(304);
    expect(again.bytes).toHaveLength(0);
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String(bytes.length));
  });

  it('files are listed, replaced and removed; history keeps them', async () => {
    await attach('note.txt', Buffer.from('one').toString('base64'));
    await attach('note.txt', Buffer.from('three').toString('base64'));

    const list = await rest.get('/pages/Page/attachments');
    const removed = await rest.delete('/pages/Page/attachments/note.txt');
    const gone = await rest.get('/pages/Page/attachments/note.txt');

    expect(list.body.attachments).toContainEqual(
      expect.objectContaining({
        filename: 'note.txt',
        size: 5,
        mime_type: expect.stringContaining('text/plain') as string,
      }),
    );
    expect(removed.body).toMatchObject({ deleted: true, filename: 'note.txt' });
    expect(gone.status).toBe(404);
    expect(gone.body.type).toBe('/problems/attachment-not-found');
  });

  it('sub-pages are not files of their page', async () => {
    await rest.put('/pages/Page%2FSub', { content: 'below\n' });

    const list = await rest.get('/pages/Page/attachments');

    expect((list.body.attachments as { filename: string }[]).map(({ filename }) => filename)).not.toContain('Sub.md');
  });

  it.each(['!!!!', 'aGk', 'aGk=!', 'aG k=', 'aGk===', '%%', 'aGl='])('%s is not base64', async (content) => {
    const answer = await attach('x.bin', content);

    expect([201, 422]).toContain(answer.status);
    if (answer.status === 201)
      expect(Buffer.from(content, 'base64').toString('base64').replace(/=/g, '')).toBe(content);
    else expect(answer.body.type).toBe('/problems/bad-base64');
  });

  it.each([
    '../../etc/passwd',
    '..',
    '.',
    '',
    'a/b.txt',
    'a\\b.txt',
    'x\u0000y',
    '.git',
    'page.md',
    'PAGE.MD',
    ' x.txt',
    'x'.repeat(300),
  ])('the name %j is refused, not bent', async (filename) => {
    const answer = await attach(filename, 'aGk=');

    expect(answer.status, JSON.stringify(answer.body)).toBe(422);
  });

  it.each([42, null, ['a'], { a: 1 }, true])('a name or content of %j is refused', async (value) => {
    expect((await attach(value, 'aGk=')).status).toBe(422);
    expect((await attach('x.txt', value)).status).toBe(422);
  });

  it('a name in any script keeps its letters', async () => {
    const made = await attach('گزارش نهایی.txt', 'aGk=');
    const raw = await rest.get(`/pages/Page/attachments/${encodeURIComponent('گزارش نهایی.txt')}?raw=1`);

    expect(made.body.filename).toBe('گزارش نهایی.txt');
    expect(raw.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('گزارش نهایی.txt')}`);
  });

  it('a page has to exist to get a file', async () => {
    const answer = await attach('x.txt', 'aGk=', 'Nowhere');
    const list = await rest.get('/pages/Nowhere/attachments');

    expect([answer.status, list.status]).toEqual([404, 404]);
  });

  it('a file over the limit is refused with the limit', async () => {
    const limit = (await rest.get('')).body.limits.file_bytes;
    const answer = await rest.post('/pages/Page/attachments?filename=big.bin', Buffer.alloc(limit + 1), {
      'content-type': 'application/octet-stream',
    });

    expect(answer.status).toBe(413);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';

const film = 'abcdefghij';

describe('files as browsers get them', () => {
  let app: TestApp;
  let wiki: WikiKit;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    await wiki.rest.put('/pages/Page', { content: 'x' });
    await attach('film.mp4', film);
    await attach('empty.mp4', '');
  });
  afterAll(() => app?.stop());

  const attach = (filename: string, text: string) =>
    wiki.rest.post('/pages/Page/attachments', { filename, content: Buffer.from(text).toString('base64') });
  const get = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${app.url}/@alice/garden/Page/${encodeURIComponent(name)}`, { method, headers });

  const script = '<script>parent.postMessage(document.cookie)</script>';

  it.each([
    ['page.html', 'text/html; charset=utf-8', 'attachment'],
    ['page.htm', 'text/html; charset=utf-8', 'attachment'],
    ['upper.HTML', 'text/html; charset=utf-8', 'attachment'],
    ['page.xhtml', 'application/octet-stream', 'attachment'],
    ['data.xml', 'application/xml', 'attachment'],
    ['code.js', 'application/octet-stream', 'attachment'],
    ['code.mjs', 'application/octet-stream', 'attachment'],
    ['style.css', 'application/octet-stream', 'attachment'],
    ['unknown', 'application/octet-stream', 'attachment'],
    ['feed.rss', 'application/octet-stream', 'attachment'],
    ['drawing.svg', 'image/svg+xml', 'inline'],
    ['paper.pdf', 'application/pdf', 'inline'],
    ['text.txt', 'text/plain; charset=utf-8', 'inline'],
    ['picture.png', 'image/png', 'inline'],
  ])('%s is %s, %s, without any right', async (name, type, disposition) => {
    await attach(name, script);

    const answer = await get(name);

    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition}; filename=`));
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-site');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    // A sandbox that allows something would say what.
    expect(policy).toMatch(/; sandbox$/);
    expect(await answer.text()).toBe(script);
  });

  it.each([
    ['bytes=0-3', 206, 'abcd', 'bytes 0-3/10'],
    ['bytes=7-', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=-4', 206, 'ghij', 'bytes 6-9/10'],
    ['bytes=-400', 206, film, 'bytes 0-9/10'],
    ['bytes=9-9', 206, 'j', 'bytes 9-9/10'],
    ['bytes=5-999999999999', 206, 'fghij', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=10-20', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    // What is no range, or more than one, may be passed over (RFC 9110, 14.2).
    ['bytes=0-1,4-5', 200, film, null],
    ['bytes=5-2', 200, film, null],
    ['bytes=-', 200, film, null],
    ['bytes=a-b', 200, film, null],
    ['bytes=0-99999999999999999999999', 200, film, null],
    ['lines=0-1', 200, film, null],
    ['', 200, film, null],
  ])('asked for %j gives %i', async (range, status, body, said) => {
    const answer = await get('film.mp4', { range });

    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([status, body, said]);
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
  });

  it('gives no part of a file that changed since, and none of an empty one', async () => {
    const tag = (await get('film.mp4')).headers.get('etag') ?? '';

    expect((await get('film.mp4', { range: 'bytes=0-1', 'if-range': tag })).status).toBe(206);
    expect((await get('film.mp4', { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await get('empty.mp4', { range: 'bytes=0-1' })).status).toBe(416);
    expect((await get('empty.mp4', { range: 'bytes=-1' })).status).toBe(416);
    expect((await get('empty.mp4')).status).toBe(200);
  });

  it('says to HEAD what it would give', async () => {
    const answer = await get('film.mp4', {}, 'HEAD');

    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10', '']);
  });
});

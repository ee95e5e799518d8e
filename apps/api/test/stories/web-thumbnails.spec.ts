import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0b6b5c' } });

/** A chunk of a PNG; nobody looks at its checksum before its size. */
function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

/** Says that it has a great many pixels, and has next to none. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(100_000)));
  return Buffer.concat([signature, chunk('IHDR', header), pixels, chunk('IEND', Buffer.alloc(0))]);
}

describe('thumbnails', () => {
  let app: TestApp;
  let wiki: WikiKit;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    await wiki.rest.put('/pages/Pictures', { content: 'x' });
  });
  afterAll(() => app?.stop());

  const attach = async (name: string, bytes: Buffer) => {
    const content = bytes.toString('base64');
    const made = await wiki.rest.post('/pages/Pictures/attachments', { filename: name, content });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
  };
  const ask = (name: string, query = 'size=80', headers: Record<string, string> = {}) =>
    fetch(`${app.url}/@alice/garden/-/thumbnail/Pictures/${name}?${query}`, { headers, redirect: 'manual' });
  const measured = async (answer: Response) => {
    const { format, width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    return { type: answer.headers.get('content-type'), format, width, height };
  };

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('are made of %s, in three sizes', async (format) => {
    await attach(`large.${format}`, await picture(960, 480).toFormat(format).toBuffer());

    for (const [size, height] of [
      [80, 40],
      [160, 80],
      [320, 160],
    ]) {
      const answer = await ask(`large.${format}`, `size=${size}`);
      expect([answer.status, await measured(answer)]).toEqual([
        200,
        { type: 'image/webp', format: 'webp', width: size, height },
      ]);
    }
    for (const size of ['81', '0', '-80', '4000', 'x'])
      expect((await ask(`large.${format}`, `size=${size}`)).status).toBe(422);
  });

  it('are never larger than the picture, and stand as it is meant to stand', async () => {
    await attach('small.png', await picture(20, 10).png().toBuffer());
    await attach('turned.jpeg', await picture(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer());

    expect(await measured(await ask('small.png', 'size=320'))).toMatchObject({ width: 20, height: 10 });
    expect(await measured(await ask('turned.jpeg'))).toMatchObject({ width: 27, height: 80 });
  });

  it('are known by the bytes: not sent twice, and kept for good where the address names the bytes', async () => {
    await attach('kept.png', await picture(100, 100).png().toBuffer());
    const first = await ask('kept.png');
    const tag = first.headers.get('etag') ?? '';
    const blob = /^"([0-9a-f]{40})-80"$/.exec(tag)?.[1] ?? '';

    const again = await ask('kept.png', 'size=80', { 'if-none-match': tag });
    const named = await ask('kept.png', `size=80&blob=${blob}`);
    const other = await ask('kept.png', `size=80&blob=${'0'.repeat(40)}`);

    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(again.status).toBe(304);
    expect(named.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(other.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('are made of what a file is, not of what it is called', async () => {
    await attach('jpeg.png', await picture(100, 100).jpeg().toBuffer());
    await attach('text.jpeg', await picture(100, 100).png().toBuffer());

    for (const name of ['jpeg.png', 'text.jpeg'])
      expect(await measured(await ask(name))).toMatchObject({ type: 'image/webp', width: 80 });
  });

  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><image href="file:///etc/passwd"/></svg>';
  const whole = () => picture(600, 600).png({ compressionLevel: 0 }).toBuffer();

  it.each([
    ['bomb.png', async () => bomb(60_000, 60_000)],
    ['claim.png', async () => bomb(7_000, 7_000)],
    ['cut.png', async () => (await whole()).subarray(0, 2_000)],
    ['head.jpeg', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['noise.webp', async () => Buffer.from(`RIFF\x10\0\0\0WEBPVP8 ${'\xff'.repeat(64)}`, 'latin1')],
    ['empty.gif', async () => Buffer.alloc(0)],
    ['page.png', async () => Buffer.from('<html><script>alert(1)</script>')],
    ['drawing.png', async () => Buffer.from(drawing)],
    ['print.png', async () => picture(100, 100).tiff().toBuffer()],
    ['text.txt', async () => Buffer.from('text')],
    ['polyglot.png', async () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(drawing)])],
  ])('of %s there is a sign instead', async (name, bytes) => {
    await attach(name, await bytes());

    const answer = await ask(name);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await answer.text()).not.toContain('passwd');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('of a drawing lead to the drawing, which may do nothing', async () => {
    await attach('drawing.svg', Buffer.from(drawing));

    const answer = await ask('drawing.svg');

    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/@alice/garden/Pictures/drawing.svg']);
    const shown = await fetch(`${app.url}${answer.headers.get('location')}`);
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('are made for many at once', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `many-${at}.png`);
    for (const [at, name] of names.entries())
      await attach(
        name,
        await picture(200 + at, 100)
          .png()
          .toBuffer(),
      );

    const answers = await Promise.all([...names, ...names].map((name) => ask(name, 'size=160')));

    expect(new Set(answers.map((answer) => answer.headers.get('content-type')))).toEqual(new Set(['image/webp']));
  });
});

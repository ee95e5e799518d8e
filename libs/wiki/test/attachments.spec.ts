import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Attachments } from '../src/attachments.js';
import { aWritersRoom, type TestWiki } from './kit/a-writers-room.js';
import { coded } from './kit/coded.js';

describe('attachments', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let wiki: TestWiki;
  const attach = (filename: string, bytes: Buffer | string, path = 'Page', more: object = {}) =>
    room.attachments.write(wiki.as('file.write'), { path, filename, bytes: Buffer.from(bytes), ...more });
  const list = async (path = 'Page') =>
    (await room.attachments.list(wiki.as('page.read'), path)).map(({ filename, size }) => `${filename} ${size}`);
  const read = (filename: string, revision?: string) =>
    room.attachments.read(wiki.as('page.read'), 'Page', filename, revision);

  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.wiki();
    await room.writer.write(wiki.as('page.write'), { path: 'Page', content: 'x' });
  });

  it('go in and come out byte for byte, with the type of their ending', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 26]);
    const made = await attach('گزارش نهایی.PNG', bytes);

    expect(made).toMatchObject({
      path: 'Page',
      filename: 'گزارش نهایی.PNG',
      size: 5,
      mime: 'image/png',
      created: true,
    });
    expect(await read('گزارش نهایی.PNG')).toMatchObject({ bytes, size: 5, mime: 'image/png' });
    expect(wiki.git('log', '-1', '--format=%s')).toBe('Attach: Page/گزارش نهایی.PNG\n');
    expect((await read('گزارش نهایی.PNG')).blob).toBe(wiki.git('rev-parse', 'main:Page/گزارش نهایی.PNG').trim());
  });

  it('may lie in another store, of which the repository holds only pointers', async () => {
    const kept = new Map<string, Buffer>();
    const bytesOf = async (blob: string) => kept.get(wiki.git('cat-file', 'blob', blob)) ?? Buffer.alloc(0);
    const elsewhere = new Attachments({
      ...room.options,
      blobs: {
        keep: async (_, bytes) => {
          const pointer = `oid sha256:${createHash('sha256').update(bytes).digest('hex')}\n`;
          kept.set(pointer, bytes);
          return Buffer.from(pointer);
        },
        size: async (_, blob) => (await bytesOf(blob)).length,
        read: async (_, blob) => bytesOf(blob),
      },
    });
    const bytes = Buffer.alloc(70_000, 7);
    await elsewhere.write(wiki.as('file.write'), { path: 'Page', filename: 'film.mp4', bytes });

    expect(wiki.git('cat-file', 'blob', 'main:Page/film.mp4')).toMatch(/^oid sha256:[0-9a-f]{64}\n$/);
    expect(await elsewhere.read(wiki.as('page.read'), 'Page', 'film.mp4')).toMatchObject({ bytes, size: 70_000 });
    expect(await elsewhere.list(wiki.as('page.read'), 'Page')).toMatchObject([{ filename: 'film.mp4', size: 70_000 }]);
    expect(await elsewhere.write(wiki.as('file.write'), { path: 'Page', filename: 'film.mp4', bytes })).toMatchObject({
      changed: false,
    });
  });

  it('are listed without sub-pages, replaced, removed and kept by history', async () => {
    const first = await attach('note.txt', 'one');
    await attach('note.txt', 'three');
    await room.writer.write(wiki.as('page.write'), { path: 'Page/Sub', content: 'below' });
    expect(await attach('note.txt', 'three')).toMatchObject({ changed: false, commit: null });
    expect(await list()).toEqual(['note.txt 5']);

    const gone = await room.attachments.remove(wiki.as('file.write'), { path: 'Page', filename: 'note.txt' });

    expect(gone).toMatchObject({ changed: true, revision: null });
    await expect(read('note.txt')).rejects.toEqual(coded('attachment-not-found'));
    expect((await read('note.txt', first.commit ?? '')).bytes.toString()).toBe('one');
    await expect(read('note.txt', 'abcdef1')).rejects.toEqual(coded('revision-not-found'));
    expect(await list()).toEqual([]);
  });

  it('say when they were last changed', async () => {
    await attach('a.txt', 'a');

    const [row] = await room.attachments.list(wiki.as('page.read'), 'Page');

    expect(Math.abs((row?.lastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('need a page, a name that can be a file, and a token that reaches there', async () => {
    await expect(attach('x.txt', 'x', 'Nowhere')).rejects.toEqual(coded('page-not-found'));
    await expect(list('Nowhere')).rejects.toEqual(coded('page-not-found'));
    for (const name of ['../x', '..', '', 'a/b', 'a\\b', '.git', 'page.md', 'P.MD', ' x', 'x'.repeat(300), 'a\0']) {
      await expect(attach(name, 'x'), name).rejects.toEqual(coded('path-not-allowed'));
    }
    const narrow = wiki.as('file.write', { paths: ['Other'] });
    const outside = room.attachments.write(narrow, { path: 'Page', filename: 'x', bytes: Buffer.alloc(1) });
    await expect(outside).rejects.toEqual(coded('path-outside-token'));
    await attach('Photo.jpg', 'x');
    await expect(attach('photo.JPG', 'x')).rejects.toEqual(coded('path-twin'));
  });

  it('count towards the quota for good, each content once', async () => {
    wiki = await room.wiki({ attachmentBytes: 10, fileBytes: 8 });
    await room.writer.write(wiki.as('page.write'), { path: 'Page', content: 'a long page does not count' });

    await expect(attach('big.bin', '123456789')).rejects.toEqual(coded('file-too-large'));
    await attach('a.bin', '123456');
    await attach('copy.bin', '123456');
    await room.attachments.remove(wiki.as('file.write'), { path: 'Page', filename: 'a.bin' });
    await expect(attach('b.bin', '12345')).rejects.toEqual(coded('attachment-quota'));
    await expect(attach('b.bin', '12345')).rejects.toThrow(/10 bytes in all.*11/);
    await attach('b.bin', '1234');
    await expect(attach('c.bin', '1')).rejects.toEqual(coded('attachment-quota'));
    expect(await attach('again.bin', '123456')).toMatchObject({ created: true });
    expect(await room.writer.rename(wiki.as('page.write'), { path: 'Page', newPath: 'Moved' })).toMatchObject({
      changed: true,
    });
  });

  it('cannot pass the quota by coming at once', async () => {
    wiki = await room.wiki({ attachmentBytes: 25 });
    await room.writer.write(wiki.as('page.write'), { path: 'Page', content: 'x' });

    const made = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => attach(`${index}.bin`, `${index}`.repeat(10))),
    );

    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});

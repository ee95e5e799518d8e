import { beforeEach, describe, expect, it } from 'vitest';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('files of a wiki', () => {
  const r = useWritersRoom();
  beforeEach(() => page('Page', 'x'));

  const page = (path: string, content: string) => r.write(path, content);
  const put = (path: string, text: string, more: { replace?: boolean; ifMatch?: string } = {}) =>
    r.room.fileWriter.put(r.wiki.as('file.write'), { path, bytes: Buffer.from(text), replace: false, ...more });
  const list = (filter: object = {}, paths: string[] | null = null) =>
    r.room.files.list(r.wiki.as('page.read', { paths }), filter);
  const names = async (filter: object = {}) => (await list(filter)).files.map(({ path }) => path);
  const now = (path: string) => r.room.files.find(r.wiki.as('page.read'), path);
  const history = async (path: string, paths: string[] | null = null) =>
    (await r.room.files.history(r.wiki.as('history.read', { paths }), path)).revisions;

  it('are listed with what is known of them, those without a page too', async () => {
    await put('Page/plan.png', 'one');
    await put('loose.txt', 'two');
    await put('Folder/deep.txt', 'three');
    await page('User', '![[Page/plan.png]]\n\n[text](/loose.txt)\n');

    const { files, total, next } = await list();

    expect([total, next]).toEqual([3, null]);
    expect(files.map(({ path, page: of, usedBy }) => [path, of, usedBy])).toEqual([
      ['Folder/deep.txt', null, []],
      ['Page/plan.png', 'Page', ['User']],
      ['loose.txt', null, ['User']],
    ]);
    expect(files[1]).toMatchObject({ size: 3, mime: 'image/png', change: { message: 'Attach: Page/plan.png' } });
    expect(await names({ folder: 'Page' })).toEqual(['Page/plan.png']);
    expect(await names({ state: 'loose' })).toEqual(['Folder/deep.txt', 'loose.txt']);
    expect(await names({ name: 'PLAN' })).toEqual(['Page/plan.png']);
    expect(await names({ name: '\0' })).toEqual([]);
  });

  it('are listed in parts, and to a narrow token only where it reaches', async () => {
    for (const name of ['a', 'b', 'c']) await put(`Page/${name}.txt`, name);
    await put('Secret/key.txt', 'k');

    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.next ?? '' });

    expect([...first.files, ...second.files].map(({ path }) => path)).toEqual([
      ...['Page/a.txt', 'Page/b.txt', 'Page/c.txt', 'Secret/key.txt'],
    ]);
    expect(second.next).toBeNull();
    expect(await list({}, ['Page'])).toMatchObject({ total: 3 });
    await expect(list({ cursor: 'nonsense' })).rejects.toEqual(coded('bad-cursor'));
    await expect(history('Secret/key.txt', ['Page'])).rejects.toEqual(coded('path-outside-token'));
  });

  it('are put beside others of the same name, under a number, and once when the bytes are the same', async () => {
    const add = async (text: string) =>
      (await r.room.fileWriter.add(r.wiki.as('file.write'), { path: 'Soon/image.png', bytes: Buffer.from(text) })).path;

    expect([await add('one'), await add('two'), await add('three'), await add('two')]).toEqual([
      ...['Soon/image.png', 'Soon/image-2.png', 'Soon/image-3.png', 'Soon/image-2.png'],
    ]);
    expect(await names()).toEqual(['Soon/image-2.png', 'Soon/image-3.png', 'Soon/image.png']);
  });

  it('tell which of several of the same name a page shows', async () => {
    await page('Other', '![[plan.png]]');
    await put('Page/plan.png', 'one');
    await put('Other/plan.png', 'two');

    const { files } = await list({ name: 'plan.png' });

    expect(files.map(({ path, usedBy }) => [path, usedBy])).toEqual([
      ['Other/plan.png', ['Other']],
      ['Page/plan.png', []],
    ]);
  });

  it('are not replaced unless that is wanted, and not when they are others than were seen', async () => {
    await put('Page/plan.png', 'one');
    const seen = await now('Page/plan.png');

    await expect(put('Page/plan.png', 'two')).rejects.toEqual(coded('file-exists'));
    expect(await put('Page/plan.png', 'two', { replace: true, ifMatch: seen?.blob ?? '' })).toMatchObject({
      changed: true,
      created: false,
    });
    await expect(put('Page/plan.png', 'three', { replace: true, ifMatch: seen?.blob ?? '' })).rejects.toEqual(
      coded('precondition-failed'),
    );
    expect(await put('Page/plan.png', 'two', { replace: true })).toMatchObject({ changed: false, commit: null });
  });

  it.each(['a.md', 'Page/a.md', '../a.txt', 'a/../b.txt', '/a.txt', 'x/', '-/a.txt', 'con:a.txt', '.git/config', ''])(
    '%j is no path for a file',
    async (path) => {
      await expect(put(path, 'x')).rejects.toEqual(coded('path-not-allowed'));
    },
  );

  it('move with the links to them, relative and short ones too, and code stays as it is', async () => {
    await put('Page/plan.png', 'one');
    await page('Page/Sub', '![](../Page/plan.png) `![[Page/plan.png]]` ![[Page/plan.png|30]]');
    await page('Far/Off', '[the plan](/Page/plan.png)');
    await page('None', 'Page/plan.png');

    const moved = await r.room.fileWriter.move(r.wiki.as('file.write'), {
      path: 'Page/plan.png',
      newPath: 'Maps/old plan.png',
    });

    expect(moved).toMatchObject({ path: 'Maps/old plan.png', updatedPages: ['Far/Off', 'Page/Sub'] });
    expect(await r.wiki.text('Page/Sub')).toBe(
      '![](../Maps/old%20plan.png) `![[Page/plan.png]]` ![[Maps/old plan.png|30]]',
    );
    expect(await r.wiki.text('Far/Off')).toBe('[the plan](/Maps/old%20plan.png)');
    expect(await r.room.files.usedBy(r.wiki.as('page.read'), 'Maps/old plan.png')).toEqual(['Far/Off', 'Page/Sub']);
    expect((await history('Maps/old plan.png')).map(({ kind, path }) => [kind, path])).toEqual([
      ['rename', 'Maps/old plan.png'],
      ['add', 'Page/plan.png'],
    ]);
    expect(await names({ state: 'deleted' })).toEqual([]);
  });

  it('move alone when links are to stay, and never onto another file', async () => {
    await put('a.txt', 'one');
    await put('b.txt', 'two');
    await page('User', '[[a.txt]]');
    const move = (newPath: string, links = false) =>
      r.room.fileWriter.move(r.wiki.as('file.write'), { path: 'a.txt', newPath, links });

    await expect(move('b.txt')).rejects.toEqual(coded('file-exists'));
    await expect(move('a.txt')).rejects.toEqual(coded('nothing-to-change'));
    await expect(move('B.TXT')).rejects.toEqual(coded('path-twin'));
    await expect(move('c.md')).rejects.toEqual(coded('path-not-allowed'));
    await move('c.txt');

    expect(await r.wiki.text('User')).toBe('[[a.txt]]');
    expect(await names()).toEqual(['b.txt', 'c.txt']);
  });

  it('are deleted, listed as such, and come back as they were at any revision', async () => {
    const first = await put('Page/plan.png', 'one');
    await put('Page/plan.png', 'two', { replace: true });
    await r.room.fileWriter.remove(r.wiki.as('file.write'), { path: 'Page/plan.png' });

    expect(await now('Page/plan.png')).toBeNull();
    expect((await list({ state: 'deleted' })).files).toMatchObject([{ path: 'Page/plan.png', size: 3 }]);
    expect((await history('Page/plan.png')).map(({ kind, size }) => [kind, size])).toEqual([
      ['remove', null],
      ['change', 3],
      ['add', 3],
    ]);
    const revision = first.commit ?? '';
    await r.room.fileWriter.restore(r.wiki.as('file.write'), { path: 'Page/plan.png', revision });
    expect((await r.room.attachments.read(r.wiki.as('page.read'), 'Page', 'plan.png')).bytes.toString()).toBe('one');
    expect(await names({ state: 'deleted' })).toEqual([]);
  });

  it('come back from another name, and not from what is no file', async () => {
    const made = await put('a.txt', 'one');
    await r.room.fileWriter.move(r.wiki.as('file.write'), { path: 'a.txt', newPath: 'b.txt' });
    await put('b.txt', 'two', { replace: true });
    const restore = (was: string, revision = made.commit ?? '') =>
      r.room.fileWriter.restore(r.wiki.as('file.write'), { path: 'b.txt', revision, was });

    await restore('a.txt');
    expect((await r.room.attachments.file(r.wiki.as('page.read'), 'b.txt')).bytes.toString()).toBe('one');
    await expect(restore('Page.md')).rejects.toEqual(coded('attachment-not-found'));
    await expect(restore('b.txt')).rejects.toEqual(coded('attachment-not-found'));
    await expect(restore('a.txt', 'abcdef1')).rejects.toEqual(coded('revision-not-found'));
    await expect(history('Nothing.txt')).rejects.toEqual(coded('attachment-not-found'));
    await expect(history('Page.md')).rejects.toEqual(coded('attachment-not-found'));
  });
});

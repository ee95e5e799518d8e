import { beforeEach, describe, expect, it } from 'vitest';
import { PageTree } from '../src/page-tree.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('the tree of pages', () => {
  const r = useWritersRoom();
  let tree: PageTree;
  beforeEach(() => {
    tree = new PageTree({ database: r.room.database, catalogue: r.room.catalogue });
  });

  const around = (path: string, paths: string[] | null = null) =>
    tree.around(r.wiki.as('page.read', { paths }), path);
  const shape = async (path: string, paths: string[] | null = null) =>
    (await around(path, paths)).map(({ folder, names }) => [
      folder,
      names.map(({ name, isPage, isFolder }) => `${name}${isPage ? '' : '*'}${isFolder ? '/' : ''}`),
    ]);

  it('has the levels on the way to a page and what lies below it, sorted as people sort', async () => {
    for (const path of ['Home', 'beds/Page 10', 'beds/Page 9', 'beds/Page 9/Notes/Deep', 'Beds 2/x', 'apple'])
      await r.write(path, 'x');

    expect(await shape('beds/Page 9')).toEqual([
      ['', ['apple', 'beds*/', 'Beds 2*/', 'Home']],
      ['beds', ['Page 9/', 'Page 10']],
      ['beds/Page 9', ['Notes*/']],
    ]);
    expect(await shape('Home')).toEqual([['', ['apple', 'beds*/', 'Beds 2*/', 'Home']]]);
    expect(await shape('nowhere/at all')).toEqual([['', ['apple', 'beds*/', 'Beds 2*/', 'Home']]]);
  });

  it('shows a narrow token what it reaches', async () => {
    for (const path of ['Open/a', 'Secret/b']) await r.write(path, 'x');

    expect(await shape('', ['Open'])).toEqual([['', ['Open*/']]]);
    expect(await shape('Secret', ['Open'])).toEqual([['', ['Open*/']]]);
  });

  it('is cut around the page where a folder has very many', async () => {
    const texts = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`Many/Page ${at}`, 'x']));
    for (const [path, text] of Object.entries(texts)) await r.write(path, text);

    const [, level] = await around('Many/Page 70');
    expect(level).toMatchObject({ folder: 'Many', isCut: true });
    expect(level?.names.map(({ name }) => name)).toEqual(Array.from({ length: 60 }, (_, at) => `Page ${at + 40}`));
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Folders } from '../src/folders.js';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('folders of pages', () => {
  const here = useWritersRoom();
  const { access, write, commits } = here;
  let folders: Folders;
  const rights = (paths: string[] | null = null) => ({
    pages: here.wiki.as('page.write', { paths }),
    files: here.wiki.as('file.write', { paths }),
  });
  const files = () => here.wiki.git('ls-tree', '-r', '--name-only', 'main').trim().split('\n');

  beforeEach(async () => {
    folders = new Folders(here.room.options);
    await write('Beds', 'All of them: [[Beds/Roses]], [tulips](Beds/Tulips.md).\n');
    await write('Beds/Roses', 'Beside [tulips](Tulips.md), ![](rose.png), below [[Beds]]; see [home](../Home.md).\n');
    await write('Beds/Tulips', 'Red.\n');
    await write('Home', 'Look at [[Beds/Roses|roses]] and [[Tulips]].\n');
    await here.room.attachments.write(here.wiki.as('file.write'), {
      path: 'Beds/Roses',
      filename: 'rose.png',
      bytes: Buffer.from('png'),
    });
  });

  it('are moved with pages, files and links in one commit that history follows', async () => {
    const before = commits();

    const moved = await folders.move(access(), { path: 'Beds', newPath: 'Garden/Plots' });

    expect(moved).toMatchObject({ path: 'Garden/Plots', updatedPages: ['Home'], files: ['Beds/Roses/rose.png'] });
    expect(moved.pages).toEqual(['Beds', 'Beds/Roses', 'Beds/Tulips']);
    expect(await here.wiki.text('Garden/Plots')).toBe(
      'All of them: [[Garden/Plots/Roses]], [tulips](Plots/Tulips.md).\n',
    );
    expect(await here.wiki.text('Garden/Plots/Roses')).toBe(
      'Beside [tulips](Tulips.md), ![](rose.png), below [[Garden/Plots]]; see [home](../../Home.md).\n',
    );
    expect(await here.wiki.text('Home')).toBe('Look at [[Garden/Plots/Roses|roses]] and [[Tulips]].\n');
    expect(files()).toEqual([
      ...['Garden/Plots.md', 'Garden/Plots/Roses.md', 'Garden/Plots/Roses/rose.png', 'Garden/Plots/Tulips.md'],
      'Home.md',
    ]);
    expect(here.wiki.git('log', '-1', '--format=%B')).toContain('Wikibot-Moved: Beds/Roses -> Garden/Plots/Roses');
    expect(commits()).toBe(before + 1);
    const followed = await here.room.database.query<{ from_path: string }[]>(
      `SELECT from_path FROM commit_paths WHERE wiki = $1 AND kind = 'rename' AND path = 'Garden/Plots/Tulips.md'`,
      [here.wiki.id],
    );
    expect(followed).toEqual([{ from_path: 'Beds/Tulips.md' }]);
  });

  it('may go where a part of them was', async () => {
    await write('A/A/Page', 'inner\n');
    await write('A/Page', 'outer\n');

    await folders.move(access(), { path: 'A', newPath: 'Z' });
    await folders.move(access(), { path: 'Z/A', newPath: 'Z/Page' });

    expect(await here.wiki.text('Z/Page')).toBe('outer\n');
    expect(await here.wiki.text('Z/Page/Page')).toBe('inner\n');
    await folders.move(access(), { path: 'Z', newPath: 'z' });
    expect(await here.wiki.text('z/Page/Page')).toBe('inner\n');
  });

  it('stay where they are when the new place is taken, a twin, in themselves, or out of reach', async () => {
    await write('Taken/Roses', 'other\n');
    await write('Plots', 'x\n');
    const before = commits();
    const to = (newPath: string, path = 'Beds') => folders.move(access(), { path, newPath });

    await expect(to('Taken')).rejects.toEqual(coded('page-exists', { path: 'Taken/Roses' }));
    await expect(to('plots')).rejects.toEqual(coded('path-twin'));
    await expect(to('Beds/Inside')).rejects.toEqual(coded('path-not-allowed'));
    await expect(to('a:b')).rejects.toEqual(coded('path-not-allowed'));
    await expect(to('x/'.repeat(31) + 'x')).rejects.toEqual(coded('path-not-allowed'));
    await expect(to('Beds')).rejects.toEqual(coded('nothing-to-change'));
    await expect(to('Else', 'Never')).rejects.toEqual(coded('page-not-found'));
    const narrow = here.wiki.as('page.write', { paths: ['Beds'] });
    await expect(folders.move(narrow, { path: 'Beds', newPath: 'Out' })).rejects.toEqual(coded('path-outside-token'));
    await expect(folders.move(narrow, { path: 'Home', newPath: 'Beds/X' })).rejects.toEqual(
      coded('path-outside-token'),
    );
    expect(commits()).toBe(before);
  });

  it('are moved without touching links when that is asked for, and only in words by a dry run', async () => {
    const dry = await folders.move(access(), { path: 'Beds', newPath: 'Plots', dryRun: true });
    expect(dry).toMatchObject({ commit: null, updatedPages: ['Home'] });
    expect(dry.diff).toContain('Plots/Roses');
    expect(await here.wiki.text('Beds/Roses')).not.toBeNull();

    await folders.move(access(), { path: 'Beds', newPath: 'Plots', links: false });

    expect(await here.wiki.text('Home')).toBe('Look at [[Beds/Roses|roses]] and [[Tulips]].\n');
  });

  it('are deleted whole, unless somebody changed a page of them meanwhile', async () => {
    const read = here.wiki.as('page.read');
    const seen = await folders.contents(read, 'Beds');
    await write('Beds/New', 'Written meanwhile.\n');
    const stale = folders.remove(rights(), { path: 'Beds', revision: seen.revision ?? '' });

    expect(seen).toMatchObject({
      pages: ['Beds', 'Beds/Roses', 'Beds/Tulips'],
      files: ['Beds/Roses/rose.png'],
      linkedFrom: ['Home'],
    });
    await expect(stale).rejects.toEqual(coded('page-moved-on', { path: 'Beds/New' }));
    await expect(folders.remove(rights(['Beds/Roses']), { path: 'Beds' })).rejects.toEqual(coded('path-outside-token'));
    const { revision } = await folders.contents(read, 'Beds');
    const before = commits();
    const gone = await folders.remove(rights(), { path: 'Beds', revision: revision ?? '' });
    expect(gone.pages).toHaveLength(4);
    expect(files()).toEqual(['Home.md']);
    expect(commits()).toBe(before + 1);
    expect(here.wiki.git('log', '-1', '--format=%s').trim()).toBe('Delete: Beds/');
  });

  it('are named with those above them, as far as one may see', async () => {
    await write('Deep/Down/Here/Page', 'x\n');

    expect(await folders.names(here.wiki.as('page.read'))).toEqual(['Beds', 'Deep', 'Deep/Down', 'Deep/Down/Here']);
    expect(await folders.names(here.wiki.as('page.read', { paths: ['Deep/Down'] }))).toEqual([
      'Deep/Down',
      'Deep/Down/Here',
    ]);
  });
});

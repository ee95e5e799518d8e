import { describe, expect, it } from 'vitest';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('the page writer, when a page is renamed', () => {
  const here = useWritersRoom();
  const { access, write, commits } = here;

  it('renames with links, attachments and one commit', async () => {
    const links = '[[Old]] [[Old|T]] [[Old#s]] [[old]] [[Old/Sub]] `[[Old]]` [md](Old.md) ![](Old/a.png)\n';
    await write('Old', 'I am [[Old]], see [n](Near.md) and ![](a.png) ![](Old/a.png).\n');
    await write('Old/Sub', 'below\n');
    await write('Near', 'x\n');
    await write('Refers', links);
    await here.room.attachments.write(here.wiki.as('file.write'), {
      path: 'Old',
      filename: 'a.png',
      bytes: Buffer.from('png'),
    });
    const before = commits();

    const renamed = await here.room.writer.rename(access(), { path: 'Old', newPath: 'New/Name' });

    expect(renamed).toMatchObject({ path: 'New/Name', changed: true, updatedPages: ['Refers'] });
    expect(await here.wiki.text('Refers')).toBe(
      '[[New/Name]] [[New/Name|T]] [[New/Name#s]] [[New/Name]] [[Old/Sub]] `[[Old]]` [md](New/Name.md) ![](New/Name/a.png)\n',
    );
    expect(await here.wiki.text('New/Name')).toBe(
      'I am [[New/Name]], see [n](../Near.md) and ![](a.png) ![](Name/a.png).\n',
    );
    expect(await here.wiki.text('Old')).toBeNull();
    expect(await here.wiki.text('Old/Sub')).toBe('below\n');
    expect(here.wiki.git('ls-tree', '-r', '--name-only', 'main').split('\n')).toContain('New/Name/a.png');
    expect(here.wiki.git('log', '-1', '--format=%s%n%(trailers:key=Wikibot-Moved)').trim()).toBe(
      'Rename: Old -> New/Name\nWikibot-Moved: Old -> New/Name',
    );
    expect(commits()).toBe(before + 1);
  });

  it('finds linking pages that the catalogue does not know yet, and those that link only to files', async () => {
    await write('Old', 'x\n');
    await here.room.attachments.write(here.wiki.as('file.write'), {
      path: 'Old',
      filename: 'my a.png',
      bytes: Buffer.from('1'),
    });
    await write('Shows', '![](/Old/my%20a.png)\n');
    await write('Known', '[[Old]]\n');
    await here.room.database.query('DELETE FROM page_links WHERE wiki = $1 AND path = $2', [here.wiki.id, 'Known']);
    await here.room.database.query('UPDATE catalogue_positions SET commit_oid = $2 WHERE wiki = $1', [
      here.wiki.id,
      here.wiki.git('rev-parse', 'main~1').trim(),
    ]);

    const renamed = await here.room.writer.rename(access(), { path: 'Old', newPath: 'New' });

    expect(renamed.updatedPages).toEqual(['Known', 'Shows']);
    expect(await here.wiki.text('Shows')).toBe('![](/New/my%20a.png)\n');
  });

  it('refuses to rename onto a page, to itself, or links outside the token; leaves links alone when told', async () => {
    await write('A', 'a [[A]]');
    await write('B', '[[A]]');
    const rename = (fields: object) => here.room.writer.rename(access(), { path: 'A', newPath: 'C', ...fields });

    await expect(rename({ newPath: 'B' })).rejects.toEqual(coded('page-exists'));
    await expect(rename({ newPath: 'A' })).rejects.toEqual(coded('nothing-to-change'));
    await expect(rename({ path: 'X' })).rejects.toEqual(coded('page-not-found'));
    const narrow = here.wiki.as('page.write', { paths: ['A', 'C'] });
    await expect(here.room.writer.rename(narrow, { path: 'A', newPath: 'C' })).rejects.toEqual(
      coded('path-outside-token', { path: 'B' }),
    );
    expect(await rename({ newPath: 'a', links: false })).toMatchObject({ updatedPages: [] });
    expect(await here.wiki.text('B')).toBe('[[A]]');
    expect(await here.wiki.text('a')).toBe('a [[A]]');
  });
});

import { describe, expect, it } from 'vitest';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('what the page writer refuses to take', () => {
  const here = useWritersRoom();
  const { access, write, revisionOf } = here;

  it('refuses names that deceive, twins, and what a token does not reach', async () => {
    await write('Actors/Iran', 'x');
    await write('Straße', 'x');

    for (const path of ['../x', '', 'a//b', '.git/x', 'a\0b', 'api/x', 'x.md', ' x']) {
      await expect(write(path, 'x'), path).rejects.toEqual(coded('path-not-allowed'));
    }
    for (const path of ['actors/Other', 'Actors/iran', 'STRASSE', 'Actors/Iran/x/../y']) {
      await expect(write(path, 'x'), path).rejects.toEqual(
        coded(path.includes('..') ? 'path-not-allowed' : 'path-twin'),
      );
    }
    const narrow = here.wiki.as('page.write', { paths: ['Drafts'] });
    await expect(here.room.writer.write(narrow, { path: 'Actors/New', content: 'x' })).rejects.toEqual(
      coded('path-outside-token'),
    );
    await expect(write('Bad', '\ud800 alone')).rejects.toEqual(coded('content-not-valid'));
    for (const message of ['a\0b', 'x'.repeat(10_001), '\udc00']) {
      await expect(write('Bad', 'x', { message })).rejects.toEqual(coded('message-not-valid'));
    }
  });

  it('keeps to the limits: edits pass where creation does not', async () => {
    await here.limitTo({ pages: 2, pageBytes: 10 });
    const first = await revisionOf('One', '12345');
    await write('Two', 'x');

    await expect(write('Three', 'x')).rejects.toEqual(coded('page-limit', { limit: 2 }));
    await expect(write('One', '12345678901', { revision: first })).rejects.toEqual(
      coded('page-too-large', { limit: 10 }),
    );
    expect(await here.room.writer.append(access(), { path: 'One', content: '6' })).toMatchObject({ changed: true });
    expect(await here.room.writer.rename(access(), { path: 'Two', newPath: 'Deep/Two' })).toMatchObject({
      changed: true,
    });
    await here.room.writer.remove(access(), { path: 'Deep/Two' });
    expect(await write('Three', 'x')).toMatchObject({ created: true });
  });
});

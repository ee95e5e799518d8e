import { describe, expect, it } from 'vitest';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('the page writer on parts of a page, and on many at once', () => {
  const here = useWritersRoom();
  const { access, revisionOf, commits } = here;

  it('edits the one occurrence, and says why it cannot before it looks', async () => {
    const revision = await revisionOf('Edit', 'one two two three\n');
    const edit = (fields: object) =>
      here.room.writer.edit(access(), { path: 'Edit', revision, oldString: 'one', newString: '1', ...fields });

    await expect(edit({ oldString: 'two' })).rejects.toEqual(coded('edit-ambiguous', { count: 2 }));
    await expect(edit({ oldString: 'four' })).rejects.toEqual(coded('edit-not-found'));
    await expect(edit({ path: 'None', oldString: 'x', newString: 'x' })).rejects.toEqual(coded('edit-identical'));
    await expect(edit({ path: 'None', oldString: '' })).rejects.toThrow(/empty/);
    await expect(edit({ path: 'None', revision: '' })).rejects.toThrow(/at least 7/);
    await expect(edit({ path: 'None' })).rejects.toEqual(coded('page-not-found'));
    expect(await edit({})).toMatchObject({ changed: true, merged: false });
  });

  it('applies a stale edit to the newest text, merges it otherwise, and refuses a clash', async () => {
    const revision = await revisionOf('Edit', 'alpha\nbeta\ngamma\n\ndelta\n');
    await here.room.writer.edit(access(), { path: 'Edit', revision, oldString: 'beta', newString: 'BETA' });
    const edit = (oldString: string, newString: string, merge?: boolean) =>
      here.room.writer.edit(access(), { path: 'Edit', revision, oldString, newString, merge });

    await expect(edit('gamma', 'GAMMA', false)).rejects.toEqual(coded('page-moved-on'));
    await expect(edit('beta', 'other')).rejects.toEqual(coded('page-moved-on'));
    expect(await edit('gamma', 'GAMMA')).toMatchObject({ merged: true, content: 'alpha\nBETA\nGAMMA\n\ndelta\n' });
  });

  it('appends and replaces sections', async () => {
    const revision = await revisionOf('Grow', '# G\n\n## A\n\nold\n\n## B\n\nstays');
    await here.room.writer.append(access(), { path: 'Grow', content: 'more' });
    const replaced = await here.room.writer.replaceSection(access(), {
      path: 'Grow',
      section: 'A',
      content: 'new',
      revision,
    });

    expect(replaced).toMatchObject({ merged: true });
    expect(await here.wiki.text('Grow')).toBe('# G\n\n## A\n\nnew\n\n## B\n\nstays\nmore\n');
    await expect(here.room.writer.append(access(), { path: 'No', content: 'x' })).rejects.toEqual(
      coded('page-not-found'),
    );
  });

  it('does a batch as one commit, or not at all', async () => {
    const revision = await revisionOf('Batch/A', 'a\n');
    const operations = [
      { op: 'write' as const, path: 'Batch/B', content: 'See [[Batch/A]].\n' },
      { op: 'edit' as const, path: 'Batch/A', revision, oldString: 'a', newString: 'A' },
      { op: 'append' as const, path: 'Batch/B', content: 'more\n' },
      { op: 'rename' as const, path: 'Batch/A', newPath: 'Batch/C' },
    ];
    const before = commits();
    const refused = here.room.writer.batch(access(), { operations: [...operations, { op: 'delete', path: 'None' }] });
    await expect(refused).rejects.toEqual(coded('page-not-found', { index: 4 }));
    expect(commits()).toBe(before);

    const done = await here.room.writer.batch(access(), { operations, message: 'At once' });

    expect(done.results.map(({ op, path, created }) => [op, path, created])).toEqual([
      ['write', 'Batch/B', true],
      ['edit', 'Batch/A', false],
      ['append', 'Batch/B', false],
      ['rename', 'Batch/C', false],
    ]);
    expect(await here.wiki.text('Batch/B')).toBe('See [[Batch/C]].\nmore\n');
    expect(await here.wiki.text('Batch/C')).toBe('A\n');
    expect(commits()).toBe(before + 1);
    const many = Array.from({ length: 101 }, () => ({ op: 'delete' as const, path: 'x' }));
    await expect(here.room.writer.batch(access(), { operations: many })).rejects.toEqual(coded('batch-too-large'));
  });
});

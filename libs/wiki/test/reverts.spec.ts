import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Reverts } from '../src/reverts.js';
import { aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';
import { coded } from './kit/coded.js';

describe('taking a commit back', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;
  let reverts: Reverts;

  beforeAll(async () => {
    room = await aReadingRoom();
    reverts = new Reverts({ ...room, mailDomain: 'wiki.example' });
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.newWiki();
  });

  const rights = (paths: string[] | null = null) => ({
    pages: wiki.as('page.write', { paths }),
    files: wiki.as('file.write', { paths }),
  });
  const text = (path: string) => wiki.git('show', `main:${path}.md`);
  const files = () => wiki.git('ls-tree', '-r', '--name-only', 'main').trim().split('\n').filter(Boolean);
  const base = 'one\n\ntwo\n\nthree\n';

  it('undoes what it changed, added and deleted, and keeps what was written since in other lines', async () => {
    await wiki.commit({ 'A.md': base, 'Old.md': 'old\n', 'A/pic.png': 'png' });
    const oid = await wiki.commit(
      { 'A.md': base.replace('two', 'TWO'), 'New.md': 'new\n', 'Old.md': null, 'A/pic.png': null },
      'Rework\n\nAt length.\n',
    );
    await wiki.commit({ 'A.md': 'ONE\n\nTWO\n\nthree\n' });

    const result = await reverts.revert(rights(), oid.slice(0, 10));

    expect(result).toMatchObject({ done: ['A', 'A/pic.png', 'New', 'Old'], conflicts: [] });
    expect(text('A')).toBe('ONE\n\ntwo\n\nthree\n');
    expect(files()).toEqual(['A.md', 'A/pic.png', 'Old.md']);
    expect(wiki.git('show', 'main:Old.md')).toBe('old\n');
    expect(wiki.git('log', '-1', '--format=%an|%B')).toMatch(
      new RegExp(`^Alice\\|Revert: Rework\n\nTakes back ${oid}\\.\n\nWikibot-Via: `),
    );
    await expect(reverts.revert(rights(), oid)).rejects.toEqual(coded('nothing-to-change'));
    const again = await reverts.revert(rights(), result.commit ?? '');
    expect(again.conflicts).toEqual([]);
    expect(text('A')).toBe('ONE\n\nTWO\n\nthree\n');
    expect(files()).toEqual(['A.md', 'New.md']);
  });

  it('changes nothing when the same lines were changed since, and says where; or undoes the rest', async () => {
    await wiki.commit({ 'A.md': base, 'B.md': base });
    const oid = await wiki.commit({
      'A.md': base.replace('two', 'TWO'),
      'B.md': base.replace('two', 'TWO'),
      'C.md': 'c\n',
    });
    await wiki.commit({ 'A.md': base.replace('two', 'zwei'), 'C.md': 'more\n' });
    const before = wiki.git('rev-parse', 'main');

    const refused = reverts.revert(rights(), oid);

    await expect(refused).rejects.toMatchObject({
      code: 'revert-conflict',
      extra: {
        conflicts: [
          { path: 'A', now: 'A', isPage: true, why: 'changed' },
          { path: 'C', now: 'C', isPage: true, why: 'changed' },
        ],
      },
    });
    expect(wiki.git('rev-parse', 'main')).toBe(before);
    expect(await reverts.sides(wiki.as('page.read'), oid, 'A')).toEqual({
      ...{ path: 'A', before: base, after: base.replace('two', 'TWO'), now: base.replace('two', 'zwei') },
    });
    const result = await reverts.revert(rights(), oid, { rest: true });
    expect(result.done).toEqual(['B']);
    expect(result.conflicts.map(({ path }) => path)).toEqual(['A', 'C']);
    expect([text('A'), text('B'), text('C')]).toEqual([base.replace('two', 'zwei'), base, 'more\n']);
    expect(wiki.git('log', '-1', '--format=%B')).toContain('Left as they are: A, C.');
  });

  it('gives pages their old names back, with the links, and follows those that were renamed since', async () => {
    const write = wiki.as('page.write');
    await room.writer.write(write, { path: 'Old', content: base });
    await room.writer.write(write, { path: 'Links', content: '[[Old]]\n' });
    const edited = await room.writer.edit(write, {
      ...{ path: 'Old', oldString: 'two', newString: 'TWO' },
      revision: (await wiki.repository.tip()) ?? '',
    });
    const renamed = await room.writer.rename(write, { path: 'Old', newPath: 'Deep/New' });

    await reverts.revert(rights(), edited.commit ?? '');
    expect(text('Deep/New')).toBe(base);

    await reverts.revert(rights(), renamed.commit ?? '');
    expect(files()).toEqual(['Links.md', 'Old.md']);
    expect([text('Old'), text('Links')]).toEqual([base, '[[Old]]\n']);
    const { changes } = await room.history.log(wiki.as('history.read'), 'Old', {});
    expect(changes.map(({ path }) => path)).toEqual(['Old', 'Deep/New', 'Deep/New', 'Old', 'Old']);
  });

  it('is in the way of what is at the old place, or gone, or elsewhere', async () => {
    const write = wiki.as('page.write');
    await wiki.commit({ 'A.md': base, 'B.md': base, 'C.md': base });
    const changed = await wiki.commit({ 'A.md': `${base}\nmore\n` });
    const removed = await wiki.commit({ 'C.md': null });
    const renamed = await room.writer.rename(write, { path: 'B', newPath: 'B2' });
    await wiki.commit({ 'A.md': null, 'B.md': 'another\n', 'C.md': 'another\n' });
    const why = (oid: string) =>
      reverts.revert(rights(), oid).catch((error: { extra: { conflicts: { why: string }[] } }) => {
        return error.extra.conflicts.map((one) => one.why);
      });

    expect(await why(changed)).toEqual(['gone']);
    expect(await why(removed)).toEqual(['taken']);
    expect(await why(renamed.commit ?? '')).toEqual(['taken']);
    await wiki.commit({ 'B.md': null });
    await room.writer.rename(write, { path: 'B2', newPath: 'B3' });
    expect(await why(renamed.commit ?? '')).toEqual(['moved']);
  });

  it('takes the right for all that it touched, and a commit there is', async () => {
    const oid = await wiki.commit({ 'Mine/A.md': 'x\n', 'Theirs/Secret.md': 'x\n' });
    const own = await wiki.commit({ 'Mine/A.md': 'y\n' });

    const refused = await reverts.revert(rights(['Mine']), oid).catch((error: unknown) => error);
    expect(refused).toEqual(coded('path-outside-token'));
    expect(JSON.stringify(refused) + String(refused)).not.toContain('Secret');
    await expect(reverts.revert(rights(), '0'.repeat(40))).rejects.toEqual(coded('revision-not-found'));
    await expect(reverts.revert(rights(), '--help')).rejects.toEqual(coded('revision-not-valid'));
    await reverts.revert(rights(['Mine']), own);
    expect(text('Mine/A')).toBe('x\n');
    await expect(reverts.sides(wiki.as('page.read'), own, 'Never')).rejects.toEqual(coded('page-not-found'));
  });

  it('brings back the very bytes, also of what is no text', async () => {
    const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]);
    await wiki.commit({ 'Cafe.md': latin });
    const oid = await wiki.commit({ 'Cafe.md': 'café\n' });

    await reverts.revert(rights(), oid);

    expect(
      await wiki.repository.blob(
        (await wiki.repository.entry(wiki.git('rev-parse', 'main').trim(), 'Cafe.md'))?.oid ?? '',
      ),
    ).toEqual(latin);
  });
});

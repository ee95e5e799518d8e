import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';

const texts = ['alpha\nbeta\ngamma\n', 'alpha\nBETA\ngamma\ndelta\n'] as const;

describe('the history of pages', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;
  let revisions: string[];

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    const access = wiki.as('page.write');
    const made = await room.writer.write(access, {
      path: 'Story',
      content: texts[0],
      message: 'Begin\n\nWith a body.',
    });
    const changed = await room.writer.write(access, {
      path: 'Story',
      content: texts[1],
      revision: made.revision ?? '',
    });
    const renamed = await room.writer.rename(access, { path: 'Story', newPath: 'Told/Two words' });
    wiki.commitInWork({ 'Told/Two words.md': `${texts[1]}epsilon\n` }, 'Pushed\n\nWikibot-Via: rest\n');
    revisions = [made.revision, changed.revision, renamed.revision, await wiki.push()].map(
      (revision) => revision ?? '',
    );
  });
  afterAll(() => room?.close());

  const path = 'Told/Two words';
  const access = (paths: string[] | null = null) => wiki.as('history.read', { paths });

  it('is followed through renames, newest first, and in parts', async () => {
    const whole = await room.history.log(access(), path, {});
    const one = await room.history.log(access(), path, { limit: 2 });
    const two = await room.history.log(access(), path, { limit: 2, cursor: one.next ?? '' });

    expect(whole.changes.map(({ revision }) => revision)).toEqual([...revisions].reverse());
    expect(whole.changes.map((change) => change.path)).toEqual([path, path, 'Story', 'Story']);
    expect(whole.changes[3]).toMatchObject({
      message: 'Begin\n\nWith a body.',
      author: { username: 'alice' },
      door: 'rest',
    });
    expect(whole.changes[0]).toMatchObject({
      author: { name: 'Bob', username: null },
      door: 'git',
      message: 'Pushed\n\nWikibot-Via: rest',
    });
    expect([...one.changes, ...two.changes]).toEqual(whole.changes);
    expect(two.next).toBeNull();
    await expect(room.history.log(access(), 'Never', {})).rejects.toMatchObject({ code: 'page-not-found' });
    await expect(room.history.log(access(), path, { cursor: 'x' })).rejects.toMatchObject({ code: 'bad-cursor' });
  });

  it('git applies the difference of any two revisions', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wikibot-apply-'));
    const { from, to, diff } = await room.history.diff(access(), path, revisions[0]?.slice(0, 9), revisions[3]);
    mkdirSync(dirname(join(folder, `${path}.md`)));
    writeFileSync(join(folder, `${path}.md`), texts[0]);

    execFileSync('git', ['apply', '-'], { cwd: folder, input: diff });

    expect(readFileSync(join(folder, `${path}.md`), 'utf8')).toBe(`${texts[1]}epsilon\n`);
    expect([from, to]).toEqual([revisions[0], revisions[3]]);
    rmSync(folder, { recursive: true });
  });

  it('without revisions, the newest change is compared with the one before', async () => {
    const newest = await room.history.diff(access(), path);
    const first = await room.history.diff(access(), path, undefined, revisions[0]);

    expect(newest).toMatchObject({ from: revisions[2], to: revisions[3] });
    expect(newest.diff).toContain('+epsilon');
    expect(first).toMatchObject({ from: null, to: revisions[0] });
    expect(first.diff).toContain('--- /dev/null');
    await expect(room.history.diff(access(), 'Never')).rejects.toMatchObject({ code: 'page-not-found' });
    await expect(room.history.diff(access(), path, 'abc')).rejects.toMatchObject({ code: 'revision-not-valid' });
    await expect(room.history.diff(access(), path, '0'.repeat(40))).rejects.toMatchObject({
      code: 'revision-not-found',
    });
  });

  it('each line is put down to whoever wrote it', async () => {
    const { revision, lines } = await room.history.blame(access(), path);
    const old = await room.history.blame(access(), path, revisions[0]);

    expect(revision).toBe(revisions[3]);
    expect(lines.map(({ text }) => text)).toEqual(['alpha', 'BETA', 'gamma', 'delta', 'epsilon']);
    expect(lines.map((line) => revisions.indexOf(line.revision))).toEqual([0, 1, 0, 1, 3]);
    expect(lines[0]).toMatchObject({ line: 1, author: { username: 'alice' }, door: 'rest' });
    expect(lines[4]).toMatchObject({ author: { name: 'Bob', username: null }, door: 'git' });
    expect(old.lines).toHaveLength(3);
    await expect(room.history.blame(access(), 'Never')).rejects.toMatchObject({ code: 'page-not-found' });
  });

  it('who wrote what is asked of git once for each state of a page, whatever else changes', async () => {
    const other = await room.newWiki();
    const note = { path: 'Note', content: 'one\n' };
    const { revision } = await room.writer.write(other.as('page.write'), note);
    const run = vi.spyOn(room.runner, 'run');
    const blamed = async () => {
      const { lines } = await room.history.blame(other.as('history.read'), 'Note');
      return lines.map(({ text }) => text);
    };

    expect(await blamed()).toEqual(['one']);
    await room.writer.write(other.as('page.write'), { path: 'Other', content: 'else\n' });
    expect(await blamed()).toEqual(['one']);
    expect(run.mock.calls.filter(([{ args }]) => args[0] === 'blame')).toHaveLength(1);
    await room.writer.write(other.as('page.write'), { ...note, content: 'one\ntwo\n', revision: revision ?? '' });
    expect(await blamed()).toEqual(['one', 'two']);
    expect(run.mock.calls.filter(([{ args }]) => args[0] === 'blame')).toHaveLength(2);
    run.mockRestore();
  });

  it('a page gets its old text back, also from before it was renamed or deleted', async () => {
    const write = wiki.as('page.write');
    const back = await room.history.restore(write, path, revisions[0] ?? '', {});
    await room.writer.remove(write, { path });
    const again = await room.history.restore(write, path, revisions[3] ?? '', {});

    expect(back).toMatchObject({ changed: true, created: false });
    expect(again).toMatchObject({ changed: true, created: true });
    expect((await room.pages.read(wiki.as('page.read'), { path })).content).toBe(`${texts[1]}epsilon\n`);
    const stale = room.history.restore(write, path, revisions[0] ?? '', { revision: revisions[0] ?? '' });
    await expect(stale).rejects.toMatchObject({ code: 'page-moved-on' });
    await expect(room.history.restore(write, 'Other', revisions[0] ?? '', {})).rejects.toMatchObject({
      code: 'page-not-found',
    });
  });

  it('a page gets its very bytes back, also those that are no UTF-8', async () => {
    const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]);
    const old = await wiki.commit({ 'Cafe.md': latin });
    await wiki.commit({ 'Cafe.md': 'caf\uFFFD\n' });

    await room.history.restore(wiki.as('page.write'), 'Cafe', old, {});

    const { bytes } = await room.pages.source(wiki.as('page.read'), { path: 'Cafe' });
    expect(bytes).toEqual(latin);
  });

  it('what changed is told newest first, since a revision, and in parts', async () => {
    const since = (await room.history.changes(access(), { limit: 1 })).entries[0]?.revision ?? '';
    await wiki.commit({ 'New.md': 'x\n', 'New/a.txt': 'x', 'Secret/Plan.md': 'x\n' });
    await wiki.commit({ 'Secret/Plan.md': 'y\n' });
    const whole = await room.history.changes(access(), { limit: 200 });
    const seen: string[] = [];
    for (let cursor: string | undefined, next: string | null = ''; next !== null; cursor = next ?? undefined) {
      const part = await room.history.changes(access(), { limit: 3, cursor });
      seen.push(...part.entries.map(({ revision }) => revision));
      next = part.next;
    }

    const { entries, behind } = await room.history.changes(access(), { since });
    expect(entries.map(({ pages, files }) => [pages, files])).toEqual([
      [['Secret/Plan'], []],
      [['New', 'Secret/Plan'], ['New/a.txt']],
    ]);
    expect(behind).toBe(0);
    expect(seen).toEqual(whole.entries.map(({ revision }) => revision));
    await expect(room.history.changes(access(), { since: '0'.repeat(40) })).rejects.toMatchObject({
      code: 'revision-not-found',
    });
  });

  it('a token that is limited to paths sees the changes of those alone', async () => {
    await wiki.commit({ 'Secret/Known.md': 'once secret\n' });
    await wiki.commit({ 'Secret/Known.md': null, 'New/Known.md': 'once secret\n' });

    const { entries } = await room.history.changes(access(['New']), {});
    const log = await room.history.log(access(['New']), 'New/Known', {});

    expect(entries.map(({ pages, files }) => [...pages, ...files])).toEqual([['New/Known'], ['New', 'New/a.txt']]);
    expect(log.changes.map((change) => change.path)).toEqual(['New/Known']);
    await expect(room.history.log(access(['New']), path, {})).rejects.toMatchObject({ code: 'path-outside-token' });
    await expect(room.history.diff(access(['New']), path)).rejects.toMatchObject({ code: 'path-outside-token' });
    await expect(room.history.blame(access(['New']), path)).rejects.toMatchObject({ code: 'path-outside-token' });
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PostgresKeywordTables } from '../src/keyword-tables.js';
import { LinkResolver } from '../src/link-rows.js';
import { aReadingRoom, alice, type WikiOfTest } from './kit/a-reading-room.js';

describe('a change that is catalogued while the disk is waited for', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  type Row = Record<string, unknown>;
  const pathsOf = async (wiki: WikiOfTest) => (await wiki.rows())['pages']?.map((row) => (row as Row)['path']).sort();

  it('is seen only when main has moved', async () => {
    const wiki = await room.newWiki();
    const before = await wiki.commit({ 'A.md': 'one [[B]]' });
    const rows = await wiki.rows();
    const after = wiki.commitInWork({ 'A.md': null, 'B.md': 'two' });
    wiki.work('push', '-q', 'origin', 'HEAD:refs/heads/side');
    const moves = [{ before, after, record: { actor: alice, door: 'rest', agent: null } }];
    const moving = { repository: wiki.id, before, after, moves, objects: wiki.repository };

    await room.catalogue.ahead(moving)?.giveUp();
    expect(await wiki.rows()).toEqual(rows);
    const ready = room.catalogue.ahead(moving);
    expect(await wiki.rows()).toEqual(rows);
    wiki.git('update-ref', 'refs/heads/main', after);
    await ready?.finish();
    expect(await room.catalogue.status(wiki.id)).toEqual({ commit: after, behind: 0 });
    expect(await pathsOf(wiki)).toEqual(['B']);
  });

  it('is given up when another process was quicker, and read as it came to be', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'A.md': 'one [[B]]' });
    const ahead = vi.spyOn(room.catalogue, 'ahead');
    let drafts = 0;
    await room.funnel.write(wiki.repository, { actor: alice, door: 'rest', agent: null }, async () => {
      drafts += 1;
      if (drafts === 1) {
        const other = wiki.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'from outside').trim();
        wiki.git('update-ref', 'refs/heads/main', other);
      }
      const author = { name: 'Alice', email: 'alice@example.org' };
      return { edits: [{ path: 'B.md', content: Buffer.from('two') }], message: 'B', author, committer: author };
    });
    const begun = ahead.mock.results.map(({ value }) => value !== null);
    ahead.mockRestore();

    expect(begun).toEqual([true, false]);
    expect(await pathsOf(wiki)).toEqual(['A', 'B']);
    const messages = (await wiki.rows())['commits']?.map((row) => String((row as Row)['message']).trim());
    expect(messages?.sort()).toEqual(['B', 'Change', 'from outside']);
  });

  it('leaves no row behind when a part of it cannot be written', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'A.md': 'one' });
    const before = await wiki.rows();
    const full = vi.spyOn(PostgresKeywordTables.prototype, 'replace').mockRejectedValue(new Error('no room'));
    const linking = vi.spyOn(LinkResolver.prototype, 'insert');
    const links = Array.from({ length: 300 }, (_, n) => `[[Nowhere ${n}]] ![[${n}.png]]`).join('\n');
    await wiki.commit({ 'B.md': links });
    await Promise.allSettled(linking.mock.results.map(({ value }) => value));
    const after = await wiki.rows();
    for (const spy of [full, linking]) spy.mockRestore();
    await room.catalogue.catchUp(wiki.id);

    expect(after).toEqual(before);
    expect(await pathsOf(wiki)).toEqual(['A', 'B']);
    expect((await wiki.rows())['page_links']).toHaveLength(600);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeletedPages } from '../src/deleted-pages.js';
import type { ChangesFilter } from '../src/history-changes.js';
import { PageTemplates } from '../src/page-templates.js';
import { alice, aReadingRoom, type WikiOfTest } from './kit/a-reading-room.js';
import { coded } from './kit/coded.js';

describe('the history of a wiki, narrowed', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;
  let wiki: WikiOfTest;

  beforeAll(async () => {
    room = await aReadingRoom();
    wiki = await room.newWiki();
    const agent = { actor: alice, door: 'mcp', agent: 'Claude' };
    await wiki.commit({ 'Beds/Roses.md': 'x\n' }, 'by hand');
    await wiki.commit({ 'Beds/Roses.md': 'y\n', 'Beds.md': 'y\n' }, 'by agent', agent);
    await wiki.commit({ 'Beds2/Pic.png': 'y\n' }, 'by other agent', { ...agent, agent: 'Other' });
    wiki.work('status');
    wiki.commitInWork({ 'Pushed.md': 'x\n' }, 'by push');
    await wiki.push();
  });
  afterAll(() => room?.close());

  const subjects = async (filter: ChangesFilter, paths: string[] | null = null) => {
    const { entries } = await room.history.changes(wiki.as('history.read', { paths }), filter);
    return entries.map(({ message }) => message);
  };

  it('by person, agent, door and place', async () => {
    expect(await subjects({ person: 'ALICE' })).toEqual(['by other agent', 'by agent', 'by hand']);
    expect(await subjects({ person: 'bob' })).toEqual(['by push']);
    expect(await subjects({ person: 'ali' })).toEqual([]);
    expect(await subjects({ person: "x' OR 1=1 --%\0" })).toEqual([]);
    expect(await subjects({ agent: 'claude' })).toEqual(['by agent']);
    expect(await subjects({ door: 'git' })).toEqual(['by push']);
    expect(await subjects({ door: 'mcp', agent: 'Other' })).toEqual(['by other agent']);
    expect(await subjects({ path: 'Beds' })).toEqual(['by agent', 'by hand']);
    expect(await subjects({ path: 'Beds/Roses', agent: 'Claude' })).toEqual(['by agent']);
    expect(await subjects({ path: 'Beds2/Pic.png' })).toEqual(['by other agent']);
    expect(await subjects({ path: 'Bed_' })).toEqual([]);
    expect(await subjects({ path: 'Pushed' }, ['Beds'])).toEqual([]);
    expect(await room.history.agents(wiki.as('history.read'))).toEqual(['Claude', 'Other']);
    expect(await room.history.agents(wiki.as('history.read', { paths: ['Beds'] }))).toEqual(['Claude']);
  });

  it('by days, both of them whole, and in parts', async () => {
    const dated = await room.newWiki();
    const days = ['2026-01-01T23:59:59', '2026-01-02T00:00:00', '2026-01-03T23:59:59', '2026-01-04T00:00:00'];
    await dated.commit({ 'P.md': 'first\n' });
    for (const day of days) {
      dated.commitInWork({ 'P.md': day }, day);
      dated.work('commit', '-q', '--amend', '--no-edit', '--date', `${day}Z`);
    }
    await dated.push();
    const read = dated.as('history.read');

    const whole = await room.history.changes(read, { from: '2026-01-02', until: '2026-01-03' });
    const one = await room.history.changes(read, { from: '2026-01-02', until: '2026-01-03', limit: 1 });
    const two = await room.history.changes(read, { from: '2026-01-02', until: '2026-01-03', cursor: one.next ?? '' });

    expect(whole.entries.map(({ message }) => message)).toEqual([days[2], days[1]]);
    expect([...one.entries, ...two.entries]).toEqual(whole.entries);
    await expect(room.history.changes(read, { from: 'yesterday' })).rejects.toEqual(coded('bad-date'));
  });

  it('deleted pages are listed until they are there again, each with the revision that has its last text', async () => {
    const other = await room.newWiki();
    const deleted = new DeletedPages(room);
    const read = other.as('history.read');
    const write = other.as('page.write');
    const last = await other.commit({
      'A.md': 'a\n',
      'B.md': 'b\n',
      'C.md': 'c\n',
      'Secret/D.md': 'd\n',
      'x.png': 'x',
    });
    await room.writer.rename(write, { path: 'B', newPath: 'B2' });
    await other.commit({ 'A.md': null, 'x.png': null, 'C.md': null }, 'Clean up');
    await other.commit({ 'C.md': 'again\n' });
    await room.writer.remove(write, { path: 'B2' });
    await other.commit({ 'Secret/D.md': null });

    const list = await deleted.list(read, {});
    expect(list.pages.map(({ path }) => path)).toEqual(['Secret/D', 'B2', 'A']);
    expect(list.pages[2]).toMatchObject({ last, deleted: { message: 'Clean up', author: { username: 'alice' } } });
    const one = await deleted.list(read, { limit: 2 });
    const two = await deleted.list(read, { cursor: one.next ?? '' });
    expect([...one.pages, ...two.pages]).toEqual(list.pages);
    expect((await deleted.list(other.as('history.read', { paths: ['Secret'] }), {})).pages).toHaveLength(1);
    for (const { path, last: revision } of list.pages) await room.history.restore(write, path, revision ?? '', {});
    expect((await deleted.list(read, {})).pages).toEqual([]);
    expect((await room.pages.read(other.as('page.read'), { path: 'B2' })).content).toBe('b\n');
  });

  it('templates are the pages of one folder, filled in for a new page', async () => {
    const other = await room.newWiki();
    const templates = new PageTemplates(room.pages);
    const read = other.as('page.read');
    const text = '# {{title}}\n\n{{ date }} {{user}} {{other}} {{title}} $&\n';
    await other.commit({ 'Templates/Meeting.md': text, 'Templates2/No.md': text, 'Plain.md': text });
    const begin = (from: string) =>
      templates.begin(read, { from, path: 'Notes/$& Week', user: 'Alice', date: new Date('2026-02-03T23:00:00Z') });

    expect(await templates.list(read)).toEqual(['Templates/Meeting']);
    expect(await begin('Templates/Meeting')).toBe('# $& Week\n\n2026-02-03 Alice {{other}} $& Week $&\n');
    expect(await begin('Plain')).toBe(text);
    await expect(begin('Templates/None')).rejects.toEqual(coded('page-not-found'));
  });
});

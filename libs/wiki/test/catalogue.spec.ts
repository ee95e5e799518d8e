import { randomBytes } from 'node:crypto';
import { Repository } from '@lib/git';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aReadingRoom, alice, type WikiOfTest } from './kit/a-reading-room.js';

type Row = Record<string, unknown>;

describe('the catalogue', () => {
  let room: Awaited<ReturnType<typeof aReadingRoom>>;

  beforeAll(async () => {
    room = await aReadingRoom();
  });
  afterAll(() => room?.close());

  const pathsOf = async (wiki: WikiOfTest) => (await wiki.rows())['pages']?.map((row) => (row as Row)['path']).sort();
  const touched = async (wiki: WikiOfTest) => (await wiki.rows())['commit_paths'] as Row[];
  const linksOf = async (wiki: WikiOfTest) =>
    Object.fromEntries(
      ((await wiki.rows())['page_links'] as Row[]).map((row) => [
        `${String(row['path'])} ${String(row['target'])}`,
        [row['state'], row['page']],
      ]),
    );

  it('knows a page as soon as it is written', async () => {
    const wiki = await room.newWiki();
    const text =
      '---\ntitle: Red Fox\ncategory: actor\ntags: [wild, Red Fur]\naliases: [Vulpes]\n---\n\n# Fox\n\nSee [[Cow#Food]].\n';

    const revision = await wiki.commit({ 'Animals/Fox.md': text, 'Animals/Fox/a.png': 'png' });
    const rows = await wiki.rows();

    expect(rows['pages']).toEqual([
      expect.objectContaining({ path: 'Animals/Fox', name: 'Red Fox', category: 'actor', revision, seq: 1, words: 4 }),
    ]);
    expect(rows['page_names']?.map((row) => (row as Row)['key'])).toEqual(expect.arrayContaining(['fox', 'vulpes']));
    expect(rows['page_tags']?.map((row) => (row as Row)['tag_key'])).toEqual(
      expect.arrayContaining(['wild', 'red fur']),
    );
    expect(rows['page_links']).toEqual([
      expect.objectContaining({ target: 'Cow', anchor: 'Food', line: 10, state: 'missing', page: 'Cow' }),
    ]);
    expect(rows['files']).toEqual([expect.objectContaining({ path: 'Animals/Fox/a.png', bytes: 3 })]);
    expect(rows['commits']).toEqual([expect.objectContaining({ oid: revision, actor: alice, door: 'rest', seq: 1 })]);
    expect(await room.catalogue.status(wiki.id)).toEqual({ commit: revision, behind: 0 });
  });

  it('asks only for the moves since it last read, however many there were before', async () => {
    const wiki = await room.newWiki();
    const first = await wiki.commit({ 'A.md': 'one' });
    const asked = vi.spyOn(Repository.prototype, 'moves');
    wiki.commitInWork({ 'A.md': 'two' });
    await wiki.push();

    expect(asked.mock.calls).toEqual([[first]]);
    asked.mockRestore();
  });

  it('finds links again when pages, aliases and files come and go', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'A.md': '[[Fox]] [[vulpes]] ![[a.png]] [x](Deep/Fox.md) [[Deep/Fox]]\n' });
    const first = await linksOf(wiki);
    await wiki.commit({ 'Deep/Fox.md': '---\naliases: Vulpes\n---\n', 'A/a.png': 'x' });
    const second = await linksOf(wiki);
    await wiki.commit({ 'Other/fox.md': 'x' });
    const third = await linksOf(wiki);
    await wiki.commit({ 'Deep/Fox.md': 'no alias', 'A/a.png': null });
    const fourth = await linksOf(wiki);
    await wiki.commit({ 'Deep/Fox.md': null });
    const fifth = await linksOf(wiki);

    expect(Object.values(first).map((link) => link?.[0])).toEqual([
      'missing',
      'missing',
      'missing',
      'missing',
      'missing',
    ]);
    expect(second).toMatchObject({
      'A Fox': ['page', 'Deep/Fox'],
      'A vulpes': ['page', 'Deep/Fox'],
      'A a.png': ['file', null],
      'A ./Deep/Fox.md': ['page', 'Deep/Fox'],
      'A Deep/Fox': ['page', 'Deep/Fox'],
    });
    expect(third).toMatchObject({ 'A Fox': ['ambiguous', null], 'A Deep/Fox': ['page', 'Deep/Fox'] });
    expect(fourth).toMatchObject({ 'A vulpes': ['missing', 'vulpes'], 'A a.png': ['missing', 'a.png'] });
    expect(fifth).toMatchObject({ 'A Fox': ['page', 'Other/fox'], 'A Deep/Fox': ['missing', 'Deep/Fox'] });
  });

  it('tells a rename by its content, by our own word, and by what git finds similar', async () => {
    const wiki = await room.newWiki();
    const long = Array.from({ length: 40 }, (_, line) => `Line ${line} of a long page.\n`).join('');
    await wiki.commit({ 'Same.md': 'same\n', 'Ours.md': 'some words\n', 'Theirs.md': long, 'Gone.md': 'unlike all\n' });
    await wiki.commit({ 'Same.md': null, 'New/Same.md': 'same\n' });
    await wiki.commit(
      { 'Ours.md': null, 'Mine.md': 'other text altogether\n' },
      'Rename\n\nWikibot-Moved: Ours -> Mine\n',
    );
    wiki.commitInWork(
      { 'Theirs.md': null, 'Taken.md': `${long}One more line.\n`, 'Gone.md': null, 'Fresh.md': 'new\n' },
      'Moved\n\nWikibot-Moved: Gone -> Fresh\n',
    );
    await wiki.push();

    const kinds = (await touched(wiki)).map(({ kind, path, from_path }) => [kind, path, from_path]);

    expect(kinds).toEqual(
      expect.arrayContaining([
        ['rename', 'New/Same.md', 'Same.md'],
        ['rename', 'Mine.md', 'Ours.md'],
        ['rename', 'Taken.md', 'Theirs.md'],
        ['add', 'Fresh.md', null],
        ['remove', 'Gone.md', null],
      ]),
    );
  });

  it('believes who pushed, and not what a pushed commit claims', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'Home.md': 'x' });
    const claimed = wiki.commitInWork({ 'Forged.md': 'x' }, 'Forged\n\nWikibot-Via: rest\nWikibot-Agent: robot\n');
    await wiki.push();

    const rows = (await wiki.rows())['commits'] as Row[];

    expect(rows.find(({ oid }) => oid === claimed)).toMatchObject({
      door: 'git',
      actor: alice,
      agent: null,
      author_name: 'Bob',
    });
  });

  it('survives whatever a push may hold', async () => {
    const wiki = await room.newWiki();
    // Noise, so that no index can make it short.
    const noise = (length: number) => randomBytes(length).toString('base64url').slice(0, length);
    const long = noise(4000);
    wiki.commitInWork({
      'Latin.md': Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]),
      'Nul.md': 'a\0b [[c\0d]]\n',
      'Huge.md': `# Big\n\n${'words and more '.repeat(150_000)}`,
      'Names.md': `---\ntitle: ${long}\naliases: [${noise(3000)}]\ntags: [${noise(4000)}, "a\\ud800b"]\ncategory: ${long}\n---\n[[${long}]]\n`,
      'folder.md/inside.txt': 'x',
      'a\u{1F600}.md': '# \u{1F600}\n',
    });
    wiki.work(
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${wiki.work('rev-parse', 'HEAD:Latin.md').trim()},Link.md`,
    );
    wiki.work('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},Module`);
    wiki.work('commit', '-q', '-m', 'Odd');
    const tip = await wiki.push();

    expect(await pathsOf(wiki)).toEqual(['Huge', 'Latin', 'Names', 'Nul', 'a\u{1F600}']);
    expect((await touched(wiki)).filter(({ path }) => path === 'Link.md' || path === 'Module')).toEqual([]);
    expect(await room.catalogue.status(wiki.id)).toEqual({ commit: tip, behind: 0 });
    expect(room.errors).toEqual([]);
  });

  it('keeps a page whose change a merge threw away', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'Home.md': 'base\n', 'Other.md': 'base\n' });
    wiki.commitInWork({ 'Mine.md': 'mine\n' });
    await wiki.commit({ 'Home.md': 'changed\n', 'New.md': 'new\n' });
    wiki.work('fetch', '-q');
    wiki.work('merge', '-q', '-s', 'ours', '-m', 'Ours', 'origin/main');
    await wiki.push();
    const live = await wiki.rows();
    await room.catalogue.rebuild(wiki.id);

    expect(await pathsOf(wiki)).toEqual(['Home', 'Mine', 'Other']);
    expect(await wiki.rows()).toEqual(live);
  });

  it('one edit touches only what it must', async () => {
    const wiki = await room.newWiki();
    await wiki.commit(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`P${n}.md`, `[[P${n + 1}]]\n`])));
    const before = await wiki.rows();
    const revision = await wiki.commit({ 'P7.md': '[[P9]]\n' });
    const after = await wiki.rows();

    const changed = after['pages']?.filter(
      (row) => !before['pages']?.some((old) => JSON.stringify(old) === JSON.stringify(row)),
    );
    expect(changed).toEqual([expect.objectContaining({ path: 'P7', revision, seq: 2 })]);
  });

  it('several at once, and several processes, write every row once', async () => {
    const wiki = await room.newWiki();
    await Promise.all(Array.from({ length: 20 }, (_, n) => wiki.commit({ [`P${n}.md`]: `${n}\n` })));
    await Promise.all(Array.from({ length: 5 }, () => room.catalogue.catchUp(wiki.id)));
    const live = await wiki.rows();
    await room.catalogue.rebuild(wiki.id);

    expect(live['commits']).toHaveLength(20);
    expect(await wiki.rows()).toEqual(live);
  });

  it('reads links anew when the wiki says they are written the other way round', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'Fox.md': 'x\n', 'A.md': '[[the fox|Fox]]\n' });
    const before = await linksOf(wiki);
    await room.settings.set(wiki.id, { linkOrder: 'label-first' });
    await room.catalogue.fresh(wiki.id);

    expect(before).toEqual({ 'A the fox': ['missing', 'the fox'] });
    expect(await linksOf(wiki)).toEqual({ 'A Fox': ['page', 'Fox'] });
    expect(await room.catalogue.status(wiki.id)).toMatchObject({ behind: 0 });
  });

  it('forgets a wiki altogether', async () => {
    const wiki = await room.newWiki();
    await wiki.commit({ 'Home.md': 'x [[y]]\n', 'a.txt': 'x' });

    await room.catalogue.forget(wiki.id);

    expect(Object.values(await wiki.rows()).flat()).toEqual([]);
    expect(await room.catalogue.lagging()).toContain(wiki.id);
  });
});

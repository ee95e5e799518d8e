import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aTokenActor } from '../../acl/src/testing/an-actor.js';
import { aWritersRoom, type TestWiki } from './kit/a-writers-room.js';

const coded = (code: string, extra: object = {}) =>
  expect.objectContaining({ code, extra: expect.objectContaining(extra) });

describe('the page writer', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let wiki: TestWiki;
  const access = () => wiki.as('page.write');
  const write = (path: string, content: string, more: object = {}) =>
    room.writer.write(access(), { path, content, ...more });
  const revisionOf = async (path: string, content: string) => (await write(path, content)).revision ?? '';
  const commits = () => Number(wiki.git('rev-list', '--count', 'main'));

  beforeAll(async () => {
    room = await aWritersRoom();
  });
  afterAll(() => room?.close());
  beforeEach(async () => {
    wiki = await room.wiki();
  });

  it('creates a page, byte for byte, in the name of the writer', async () => {
    const content = '\ufeffa\r\nb\0 c\u2028 ü 𝒳 no end';

    const made = await write('Actors/Iran', content);

    expect(made).toMatchObject({ path: 'Actors/Iran', created: true, changed: true, merged: false });
    expect(made.revision).toBe(wiki.git('rev-parse', 'main').trim());
    expect(await wiki.text('Actors/Iran')).toBe(content);
    expect(wiki.git('log', '-1', '--format=%an <%ae>|%cn <%ce>|%s')).toBe(
      'Alice <alice@users.noreply.wiki.example>|wikibot <wikibot@wiki.example>|Create: Actors/Iran\n',
    );
    expect(wiki.git('fsck', '--strict')).toBe('');
  });

  it('says by which door and for whom in trailers that nobody else can write', async () => {
    const actor = aTokenActor({ label: 'claude\ncode\u2028 x' }, { door: 'mcp', username: 'bob', displayName: '' });
    const message = 'Told\n\nWikibot-Via: web\nWikibot-Agent: forged';

    await room.writer.write(wiki.as('page.write', { actor }), { path: 'P', content: 'x', message });

    expect(wiki.git('log', '-1', '--format=%B').trimEnd()).toBe(
      `${message}\n\nWikibot-Via: mcp\nWikibot-Agent: claude code x`,
    );
    expect(wiki.git('log', '-1', '--format=%(trailers)').trim()).toBe('Wikibot-Via: mcp\nWikibot-Agent: claude code x');
    expect(wiki.git('log', '-1', '--format=%an').trim()).toBe('bob');
    expect((await wiki.repository.moves()).at(-1)?.record).toMatchObject({ door: 'mcp', agent: 'claude code x' });
  });

  it('replaces only what was read', async () => {
    const revision = await revisionOf('Page', 'one\n');
    await write('Other', 'x\n');

    await expect(write('Page', 'two\n')).rejects.toEqual(expect.objectContaining({ code: 'revision-required' }));
    const required = await write('Page', 'two\n').catch((error: { extra: object }) => error.extra);
    expect(required).not.toHaveProperty('current_revision');
    await expect(write('Page', 'two\n', { revision: '012345' })).rejects.toThrow(/at least 7/);
    await expect(write('Page', 'two\n', { revision: 'deadbeefdead' })).rejects.toEqual(
      coded('page-moved-on', { current_revision: revision }),
    );
    expect(await write('Page', 'two\n', { revision: revision.slice(0, 8).toUpperCase() })).toMatchObject({
      created: false,
      changed: true,
      merged: false,
    });
  });

  it('merges what does not touch, and refuses what does', async () => {
    const revision = await revisionOf('Merge', 'a\n\nb\n\nc\n\nd\n\ne\n');
    const second = await write('Merge', 'A\n\nb\n\nc\n\nd\n\ne\n', { revision });
    await write('Elsewhere', 'x');

    await expect(write('Merge', 'a\n\nb\n\nc\n\nd\n\nE\n', { revision, merge: false })).rejects.toEqual(
      coded('page-moved-on', { current_revision: second.revision }),
    );
    await expect(write('Merge', 'X\n\nb\n\nc\n\nd\n\ne\n', { revision })).rejects.toEqual(
      coded('page-moved-on', { current_revision: second.revision }),
    );
    const merged = await write('Merge', 'a\n\nb\n\nc\n\nd\n\nE\n', { revision });
    expect(merged).toMatchObject({ merged: true, content: 'A\n\nb\n\nc\n\nd\n\nE\n' });
    expect(await wiki.text('Merge')).toBe(merged.content);
  });

  it('makes no commit of what is there already', async () => {
    const revision = await revisionOf('Same', 'x\r\n');
    await write('Other', 'y');
    const before = commits();

    const same = await write('Same', 'x\r\n', { revision });

    expect(same).toMatchObject({ changed: false, created: false, revision, commit: null });
    expect(commits()).toBe(before);
  });

  it('holds to If-Match without merging', async () => {
    const revision = await revisionOf('Match', 'a\n\nb\n');
    await write('Match', 'A\n\nb\n', { ifMatch: revision });

    for (const stale of [
      write('Match', 'a\n\nB\n', { ifMatch: revision }),
      write('Never', 'x', { ifMatch: '*' }),
      room.writer.remove(access(), { path: 'Match', ifMatch: revision }),
      room.writer.append(access(), { path: 'Match', content: 'x', ifMatch: 'f'.repeat(40) }),
    ]) {
      await expect(stale).rejects.toEqual(expect.objectContaining({ code: 'precondition-failed' }));
    }
    expect(await write('Match', 'any', { ifMatch: '*' })).toMatchObject({ changed: true });
  });

  it('edits the one occurrence, and says why it cannot before it looks', async () => {
    const revision = await revisionOf('Edit', 'one two two three\n');
    const edit = (fields: object) =>
      room.writer.edit(access(), { path: 'Edit', revision, oldString: 'one', newString: '1', ...fields });

    await expect(edit({ oldString: 'two' })).rejects.toEqual(coded('edit-ambiguous', { count: 2 }));
    await expect(edit({ oldString: 'four' })).rejects.toEqual(expect.objectContaining({ code: 'edit-not-found' }));
    await expect(edit({ path: 'None', oldString: 'x', newString: 'x' })).rejects.toEqual(
      expect.objectContaining({ code: 'edit-identical' }),
    );
    await expect(edit({ path: 'None', oldString: '' })).rejects.toThrow(/empty/);
    await expect(edit({ path: 'None', revision: '' })).rejects.toThrow(/at least 7/);
    await expect(edit({ path: 'None' })).rejects.toEqual(expect.objectContaining({ code: 'page-not-found' }));
    expect(await edit({})).toMatchObject({ changed: true, merged: false });
  });

  it('applies a stale edit to the newest text, merges it otherwise, and refuses a clash', async () => {
    const revision = await revisionOf('Edit', 'alpha\nbeta\ngamma\n\ndelta\n');
    await room.writer.edit(access(), { path: 'Edit', revision, oldString: 'beta', newString: 'BETA' });
    const edit = (oldString: string, newString: string, merge?: boolean) =>
      room.writer.edit(access(), { path: 'Edit', revision, oldString, newString, merge });

    await expect(edit('gamma', 'GAMMA', false)).rejects.toEqual(expect.objectContaining({ code: 'page-moved-on' }));
    await expect(edit('beta', 'other')).rejects.toEqual(expect.objectContaining({ code: 'page-moved-on' }));
    expect(await edit('gamma', 'GAMMA')).toMatchObject({ merged: true, content: 'alpha\nBETA\nGAMMA\n\ndelta\n' });
  });

  it('appends and replaces sections', async () => {
    const revision = await revisionOf('Grow', '# G\n\n## A\n\nold\n\n## B\n\nstays');
    await room.writer.append(access(), { path: 'Grow', content: 'more' });
    const replaced = await room.writer.replaceSection(access(), {
      path: 'Grow',
      section: 'A',
      content: 'new',
      revision,
    });

    expect(replaced).toMatchObject({ merged: true });
    expect(await wiki.text('Grow')).toBe('# G\n\n## A\n\nnew\n\n## B\n\nstays\nmore\n');
    await expect(room.writer.append(access(), { path: 'No', content: 'x' })).rejects.toEqual(
      expect.objectContaining({ code: 'page-not-found' }),
    );
  });

  it('deletes, and enforces a revision that is given', async () => {
    const first = await revisionOf('Gone', '1');
    const second = await write('Gone', '2', { revision: first });

    await expect(room.writer.remove(access(), { path: 'Gone', revision: first })).rejects.toEqual(
      coded('page-moved-on', { current_revision: second.revision }),
    );
    expect(await room.writer.remove(access(), { path: 'Gone', revision: second.revision ?? '' })).toMatchObject({
      revision: null,
      changed: true,
    });
    await expect(room.writer.remove(access(), { path: 'Gone' })).rejects.toEqual(
      expect.objectContaining({ code: 'page-not-found' }),
    );
    // Whoever still edits the old text learns that it is gone.
    await expect(write('Gone', '3', { revision: second.revision })).rejects.toEqual(
      coded('page-moved-on', { current_revision: null }),
    );
    expect(await write('Gone', '3')).toMatchObject({ created: true });
  });

  it('shows a dry run and changes nothing', async () => {
    const revision = await revisionOf('Dry', 'one\n');
    const before = wiki.git('rev-parse', 'main');

    const diff = (await write('Dry', 'two\n', { revision, dryRun: true })).diff ?? '';
    const created = await write('Never', 'x\n', { dryRun: true, idempotencyKey: 'k' });
    const gone = await room.writer.remove(access(), { path: 'Dry', dryRun: true });

    expect(diff).toContain('-one\n+two');
    expect(created).toMatchObject({ commit: null, diff: expect.stringContaining('/dev/null') });
    expect(gone.diff).toContain('-one');
    expect(wiki.git('rev-parse', 'main')).toBe(before);
  });

  it('refuses names that deceive, twins, and what a token does not reach', async () => {
    await write('Actors/Iran', 'x');
    await write('Straße', 'x');

    for (const path of ['../x', '', 'a//b', '.git/x', 'a\0b', 'api/x', 'x.md', ' x']) {
      await expect(write(path, 'x'), path).rejects.toEqual(expect.objectContaining({ code: 'path-not-allowed' }));
    }
    for (const path of ['actors/Other', 'Actors/iran', 'STRASSE', 'Actors/Iran/x/../y']) {
      await expect(write(path, 'x'), path).rejects.toEqual(
        expect.objectContaining({ code: path.includes('..') ? 'path-not-allowed' : 'path-twin' }),
      );
    }
    const narrow = wiki.as('page.write', { paths: ['Drafts'] });
    await expect(room.writer.write(narrow, { path: 'Actors/New', content: 'x' })).rejects.toEqual(
      expect.objectContaining({ code: 'path-outside-token' }),
    );
    await expect(write('Bad', '\ud800 alone')).rejects.toEqual(expect.objectContaining({ code: 'content-not-valid' }));
    for (const message of ['a\0b', 'x'.repeat(10_001), '\udc00']) {
      await expect(write('Bad', 'x', { message })).rejects.toEqual(
        expect.objectContaining({ code: 'message-not-valid' }),
      );
    }
  });

  it('keeps to the limits: edits pass where creation does not', async () => {
    wiki = await room.wiki({ pages: 2, pageBytes: 10 });
    const first = await revisionOf('One', '12345');
    await write('Two', 'x');

    await expect(write('Three', 'x')).rejects.toEqual(coded('page-limit', { limit: 2 }));
    await expect(write('One', '12345678901', { revision: first })).rejects.toEqual(
      coded('page-too-large', { limit: 10 }),
    );
    expect(await room.writer.append(access(), { path: 'One', content: '6' })).toMatchObject({ changed: true });
    expect(await room.writer.rename(access(), { path: 'Two', newPath: 'Deep/Two' })).toMatchObject({ changed: true });
    await room.writer.remove(access(), { path: 'Deep/Two' });
    expect(await write('Three', 'x')).toMatchObject({ created: true });
  });

  it('renames with links, attachments and one commit', async () => {
    const links = '[[Old]] [[Old|T]] [[Old#s]] [[old]] [[Old/Sub]] `[[Old]]` [md](Old.md) ![](Old/a.png)\n';
    await write('Old', 'I am [[Old]], see [n](Near.md) and ![](a.png) ![](Old/a.png).\n');
    await write('Old/Sub', 'below\n');
    await write('Near', 'x\n');
    await write('Refers', links);
    await room.attachments.write(wiki.as('file.write'), { path: 'Old', filename: 'a.png', bytes: Buffer.from('png') });
    const before = commits();

    const renamed = await room.writer.rename(access(), { path: 'Old', newPath: 'New/Name' });

    expect(renamed).toMatchObject({ path: 'New/Name', changed: true, updatedPages: ['Refers'] });
    expect(await wiki.text('Refers')).toBe(
      '[[New/Name]] [[New/Name|T]] [[New/Name#s]] [[New/Name]] [[Old/Sub]] `[[Old]]` [md](New/Name.md) ![](New/Name/a.png)\n',
    );
    expect(await wiki.text('New/Name')).toBe(
      'I am [[New/Name]], see [n](../Near.md) and ![](a.png) ![](Name/a.png).\n',
    );
    expect(await wiki.text('Old')).toBeNull();
    expect(await wiki.text('Old/Sub')).toBe('below\n');
    expect(wiki.git('ls-tree', '-r', '--name-only', 'main').split('\n')).toContain('New/Name/a.png');
    expect(wiki.git('log', '-1', '--format=%s%n%(trailers:key=Wikibot-Moved)').trim()).toBe(
      'Rename: Old -> New/Name\nWikibot-Moved: Old -> New/Name',
    );
    expect(commits()).toBe(before + 1);
  });

  it('finds linking pages that the catalogue does not know yet, and those that link only to files', async () => {
    await write('Old', 'x\n');
    await room.attachments.write(wiki.as('file.write'), { path: 'Old', filename: 'my a.png', bytes: Buffer.from('1') });
    await write('Shows', '![](/Old/my%20a.png)\n');
    await write('Known', '[[Old]]\n');
    await room.database.query('DELETE FROM page_links WHERE wiki = $1 AND path = $2', [wiki.id, 'Known']);
    await room.database.query('UPDATE catalogue_positions SET commit_oid = $2 WHERE wiki = $1', [
      wiki.id,
      wiki.git('rev-parse', 'main~1').trim(),
    ]);

    const renamed = await room.writer.rename(access(), { path: 'Old', newPath: 'New' });

    expect(renamed.updatedPages).toEqual(['Known', 'Shows']);
    expect(await wiki.text('Shows')).toBe('![](/New/my%20a.png)\n');
  });

  it('refuses to rename onto a page, to itself, or links outside the token; leaves links alone when told', async () => {
    await write('A', 'a [[A]]');
    await write('B', '[[A]]');
    const rename = (fields: object) => room.writer.rename(access(), { path: 'A', newPath: 'C', ...fields });

    await expect(rename({ newPath: 'B' })).rejects.toEqual(expect.objectContaining({ code: 'page-exists' }));
    await expect(rename({ newPath: 'A' })).rejects.toEqual(expect.objectContaining({ code: 'nothing-to-change' }));
    await expect(rename({ path: 'X' })).rejects.toEqual(expect.objectContaining({ code: 'page-not-found' }));
    const narrow = wiki.as('page.write', { paths: ['A', 'C'] });
    await expect(room.writer.rename(narrow, { path: 'A', newPath: 'C' })).rejects.toEqual(
      coded('path-outside-token', { path: 'B' }),
    );
    expect(await rename({ newPath: 'a', links: false })).toMatchObject({ updatedPages: [] });
    expect(await wiki.text('B')).toBe('[[A]]');
    expect(await wiki.text('a')).toBe('a [[A]]');
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
    const refused = room.writer.batch(access(), { operations: [...operations, { op: 'delete', path: 'None' }] });
    await expect(refused).rejects.toEqual(coded('page-not-found', { index: 4 }));
    expect(commits()).toBe(before);

    const done = await room.writer.batch(access(), { operations, message: 'At once' });

    expect(done.results.map(({ op, path, created }) => [op, path, created])).toEqual([
      ['write', 'Batch/B', true],
      ['edit', 'Batch/A', false],
      ['append', 'Batch/B', false],
      ['rename', 'Batch/C', false],
    ]);
    expect(await wiki.text('Batch/B')).toBe('See [[Batch/C]].\nmore\n');
    expect(await wiki.text('Batch/C')).toBe('A\n');
    expect(commits()).toBe(before + 1);
    const many = Array.from({ length: 101 }, () => ({ op: 'delete' as const, path: 'x' }));
    await expect(room.writer.batch(access(), { operations: many })).rejects.toEqual(
      expect.objectContaining({ code: 'batch-too-large' }),
    );
  });

  it('does the same Idempotency-Key once, at once and later, and after a crash', async () => {
    await write('Counted', 'start\n');
    const append = (content = 'once\n') =>
      room.writer.append(access(), { path: 'Counted', content, idempotencyKey: 'k1' });

    const answers = await Promise.all([append(), append(), append()]);
    answers.push(await append());
    // The process died between the commit and the row.
    await room.database.query('DELETE FROM idempotency_keys');
    answers.push(await append());
    await room.database.query('UPDATE idempotency_keys SET answer = NULL');
    answers.push(await append());

    expect(await wiki.text('Counted')).toBe('start\nonce\n');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await expect(append('twice\n')).rejects.toEqual(expect.objectContaining({ code: 'idempotency-mismatch' }));
  });

  it('tries again what was refused under a key', async () => {
    const edit = () =>
      room.writer.edit(access(), {
        path: 'Late',
        revision: '0'.repeat(40),
        oldString: 'a',
        newString: 'b',
        idempotencyKey: 'k',
      });
    await expect(edit()).rejects.toEqual(expect.objectContaining({ code: 'page-not-found' }));
    const made = await write('Late', 'a', { idempotencyKey: 'k' });

    expect(made).toMatchObject({ created: true });
    expect(await write('Late', 'a', { idempotencyKey: 'k' })).toEqual(made);
  });

  it('does not believe a key that somebody pushed', async () => {
    const { userId } = access().actor;
    const key = createHash('sha256').update(`${userId}\n${wiki.id}\nk`).digest('hex');
    const somebody = { name: 'Somebody', email: 'somebody@example.org' };
    const message = `Forged\n\nWikibot-Via: rest\nWikibot-Key: ${key}\n`;
    const edits = [{ path: 'Pushed.md', content: Buffer.from('x') }];
    const record = { actor: 'u', door: 'git', agent: null };
    const draft = { edits, message, author: somebody, committer: somebody };
    await room.funnel.write(wiki.repository, record, async () => draft);

    expect(await write('Mine', 'x', { idempotencyKey: 'k' })).toMatchObject({ created: true, path: 'Mine' });
    expect(await wiki.text('Mine')).toBe('x');
  });

  it('begins a wiki once', async () => {
    const begun = await room.writer.begin(access(), [{ path: 'Home', content: '# H\n' }], 'Begin the wiki');

    expect(await room.writer.begin(access(), [{ path: 'Home', content: 'other' }], 'Again')).toBe(begun);
    expect(await wiki.text('Home')).toBe('# H\n');
    expect(wiki.git('log', '--format=%s', 'main')).toBe('Begin the wiki\n');
  });
});

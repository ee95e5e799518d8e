import { describe, expect, it } from 'vitest';
import { aTokenActor } from '../../acl/src/testing/an-actor.js';
import { coded } from './kit/coded.js';
import { useWritersRoom } from './kit/use-writers-room.js';

describe('the page writer', () => {
  const here = useWritersRoom();
  const { access, write, revisionOf, commits } = here;

  it('creates a page, byte for byte, in the name of the writer', async () => {
    const content = '\ufeffa\r\nb\0 c\u2028 ü 𝒳 no end';

    const made = await write('Actors/Iran', content);

    expect(made).toMatchObject({ path: 'Actors/Iran', created: true, changed: true, merged: false });
    expect(made.revision).toBe(here.wiki.git('rev-parse', 'main').trim());
    expect(await here.wiki.text('Actors/Iran')).toBe(content);
    expect(here.wiki.git('log', '-1', '--format=%an <%ae>|%cn <%ce>|%s')).toBe(
      'Alice <alice@users.noreply.wiki.example>|wikibot <wikibot@wiki.example>|Create: Actors/Iran\n',
    );
    expect(here.wiki.git('fsck', '--strict')).toBe('');
  });

  it('says by which door and for whom in trailers that nobody else can write', async () => {
    const actor = aTokenActor({ label: 'claude\ncode\u2028 x' }, { door: 'mcp', username: 'bob', displayName: '' });
    const message = 'Told\n\nWikibot-Via: web\nWikibot-Agent: forged';

    await here.room.writer.write(here.wiki.as('page.write', { actor }), { path: 'P', content: 'x', message });

    expect(here.wiki.git('log', '-1', '--format=%B').trimEnd()).toBe(
      `${message}\n\nWikibot-Via: mcp\nWikibot-Agent: claude code x`,
    );
    expect(here.wiki.git('log', '-1', '--format=%(trailers)').trim()).toBe(
      'Wikibot-Via: mcp\nWikibot-Agent: claude code x',
    );
    expect(here.wiki.git('log', '-1', '--format=%an').trim()).toBe('bob');
    expect((await here.wiki.repository.moves()).at(-1)?.record).toMatchObject({ door: 'mcp', agent: 'claude code x' });
  });

  it('replaces only what was read', async () => {
    const revision = await revisionOf('Page', 'one\n');
    await write('Other', 'x\n');

    await expect(write('Page', 'two\n')).rejects.toEqual(coded('revision-required'));
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
    expect(await here.wiki.text('Merge')).toBe(merged.content);
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
      here.room.writer.remove(access(), { path: 'Match', ifMatch: revision }),
      here.room.writer.append(access(), { path: 'Match', content: 'x', ifMatch: 'f'.repeat(40) }),
    ]) {
      await expect(stale).rejects.toEqual(coded('precondition-failed'));
    }
    expect(await write('Match', 'any', { ifMatch: '*' })).toMatchObject({ changed: true });
  });

  it('deletes, and enforces a revision that is given', async () => {
    const first = await revisionOf('Gone', '1');
    const second = await write('Gone', '2', { revision: first });

    await expect(here.room.writer.remove(access(), { path: 'Gone', revision: first })).rejects.toEqual(
      coded('page-moved-on', { current_revision: second.revision }),
    );
    expect(await here.room.writer.remove(access(), { path: 'Gone', revision: second.revision ?? '' })).toMatchObject({
      revision: null,
      changed: true,
    });
    await expect(here.room.writer.remove(access(), { path: 'Gone' })).rejects.toEqual(coded('page-not-found'));
    // Whoever still edits the old text learns that it is gone.
    await expect(write('Gone', '3', { revision: second.revision })).rejects.toEqual(
      coded('page-moved-on', { current_revision: null }),
    );
    expect(await write('Gone', '3')).toMatchObject({ created: true });
  });

  it('shows a dry run and changes nothing', async () => {
    const revision = await revisionOf('Dry', 'one\n');
    const before = here.wiki.git('rev-parse', 'main');

    const diff = (await write('Dry', 'two\n', { revision, dryRun: true })).diff ?? '';
    const created = await write('Never', 'x\n', { dryRun: true, idempotencyKey: 'k' });
    const gone = await here.room.writer.remove(access(), { path: 'Dry', dryRun: true });

    expect(diff).toContain('-one\n+two');
    expect(created).toMatchObject({ commit: null, diff: expect.stringContaining('/dev/null') });
    expect(gone.diff).toContain('-one');
    expect(here.wiki.git('rev-parse', 'main')).toBe(before);
  });

  it('begins a wiki once', async () => {
    const begun = await here.room.writer.begin(access(), [{ path: 'Home', content: '# H\n' }], 'Begin the wiki');

    expect(await here.room.writer.begin(access(), [{ path: 'Home', content: 'other' }], 'Again')).toBe(begun);
    expect(await here.wiki.text('Home')).toBe('# H\n');
    expect(here.wiki.git('log', '--format=%s', 'main')).toBe('Begin the wiki\n');
  });
});

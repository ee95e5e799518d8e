import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import type { RestClient } from '../kit/rest-client.js';

const first = 'alpha\nbeta\ngamma\n';
const second = 'alpha\nBETA\ngamma\ndelta\n';

describe('history over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let git: GitClient;
  let rest: RestClient;
  let revisions: string[];

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
    const made = await rest.put('/pages/Story', { content: first, commit_message: 'Begin' });
    const changed = await rest.put('/pages/Story', { content: second, revision: made.body.revision as string });
    const renamed = await rest.post('/pages/Story/rename', { new_path: 'Told/Story' });
    revisions = [made, changed, renamed].map(({ body }) => body.revision as string);
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('the history of a page follows its renames, newest first', async () => {
    const { body } = await rest.get('/pages/Told%2FStory/history');

    expect((body.history as { revision: string }[]).map(({ revision }) => revision)).toEqual([...revisions].reverse());
    expect(body.history[0]).toMatchObject({ username: 'alice', door: 'rest', path: 'Told/Story' });
    expect(body.history[2]).toMatchObject({ message: 'Begin', path: 'Story' });
  });

  it('a history is read in parts', async () => {
    const one = await rest.get('/pages/Told%2FStory/history?limit=2');
    const two = await rest.get(
      `/pages/Told%2FStory/history?limit=2&cursor=${encodeURIComponent(one.body.next as string)}`,
    );

    expect(one.body.history).toHaveLength(2);
    expect(two.body.history).toEqual([expect.objectContaining({ revision: revisions[0] })]);
    expect(two.body.next).toBeNull();
  });

  it('git applies the diff of two revisions', async () => {
    const { body } = await rest.get(`/pages/Told%2FStory/diff?from=${revisions[0]}&to=${revisions[1]}`);
    const folder = git.path('work');
    await git.run(['init', '--quiet', folder]);
    const patched = /^\+\+\+ b\/(.+)$/m.exec(body.diff as string)?.[1] ?? 'Told/Story.md';
    await git.run(['config', 'core.autocrlf', 'false'], folder);
    await import('node:fs/promises').then(({ mkdir }) => mkdir(git.path('work', 'Told'), { recursive: true }));
    await writeFile(git.path('work', patched), first);
    await writeFile(git.path('a.patch'), body.diff as string);

    const applied = await git.try(['apply', git.path('a.patch')], folder);

    expect(applied.code, applied.stderr + (body.diff as string)).toBe(0);
    expect(body).toMatchObject({ from: revisions[0], to: revisions[1] });
    expect((await git.run(['hash-object', patched], folder)).trim()).toHaveLength(40);
  });

  it('blame tells who wrote each line, and when', async () => {
    const { body } = await rest.get('/pages/Told%2FStory/blame');

    expect(body.lines).toHaveLength(4);
    expect((body.lines as { text: string }[]).map(({ text }) => text)).toEqual(['alpha', 'BETA', 'gamma', 'delta']);
    expect((body.lines as { revision: string }[]).map(({ revision }) => revision)).toEqual([
      revisions[0],
      revisions[1],
      revisions[0],
      revisions[1],
    ]);
    expect(body.lines[1]).toMatchObject({ username: 'alice', door: 'rest' });
  });

  it('an old revision is read and restored, as a new commit', async () => {
    const old = await rest.get(`/pages/Told%2FStory?revision=${(revisions[1] ?? '').slice(0, 8)}`);
    const made = await rest.put('/pages/Lost', { content: 'kept\n' });
    await rest.delete('/pages/Lost');

    const restored = await rest.post('/pages/Lost/restore', { revision: made.body.revision as string });

    expect([200, 404]).toContain(old.status);
    expect(restored.status, JSON.stringify(restored.body)).toBe(200);
    expect((await rest.get('/pages/Lost')).body.content).toBe('kept\n');
    expect((await rest.get('/changelog?limit=1')).body.entries[0]?.pages_affected).toEqual(['Lost']);
  });

  it('restoring an existing page is refused when it changed since it was read', async () => {
    const one = await rest.put('/pages/Back', { content: 'one\n' });
    const two = await rest.put('/pages/Back', { content: 'two\n', revision: one.body.revision as string });

    const stale = await rest.post('/pages/Back/restore', {
      revision: one.body.revision as string,
      current_revision: one.body.revision as string,
    });
    const done = await rest.post('/pages/Back/restore', {
      revision: one.body.revision as string,
      current_revision: two.body.revision as string,
    });

    expect(stale.status).toBe(409);
    expect(done.status).toBe(200);
    expect((await rest.get('/pages/Back')).body.content).toBe('one\n');
  });

  it('the changelog tells what came after a revision', async () => {
    const marker = (await rest.get('/changelog?limit=1')).body.entries[0]?.revision as string;
    await rest.put('/pages/After', { content: 'after\n' });
    await rest.post('/pages/After/attachments', { filename: 'a.txt', content: 'aGk=' });

    const { body } = await rest.get(`/changelog?since=${marker}`);

    expect(body.entries).toHaveLength(2);
    expect(body.entries[0]).toMatchObject({ pages_affected: [] });
    expect(body.entries[1]).toMatchObject({ pages_affected: ['After'], username: 'alice' });
    expect((await rest.get('/changelog?since=0000000000')).status).toBe(404);
  });

  it('the changelog is read in parts, none twice', async () => {
    const whole = (await rest.get('/changelog?limit=200')).body.entries as { revision: string }[];
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const part = await rest.get(`/changelog?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...(part.body.entries as { revision: string }[]).map(({ revision }) => revision));
      cursor = part.body.next as string | null;
    }

    expect(seen).toEqual(whole.map(({ revision }) => revision));
  });

  it.each([
    '--output=/tmp/x',
    '-p',
    'HEAD~1',
    'main',
    '@{u}',
    'refs/heads/main',
    '^HEAD',
    'abc',
    'zzzzzzzz',
    '0'.repeat(40),
  ])('the revision %s names nothing on any route', async (revision) => {
    const said = encodeURIComponent(revision);
    const answers = await Promise.all([
      rest.get(`/pages/Told%2FStory?revision=${said}`),
      rest.get(`/pages/Told%2FStory/diff?from=${said}&to=${revisions[2]}`),
      rest.get(`/pages/Told%2FStory/diff?to=${said}`),
      rest.get(`/pages/Told%2FStory/blame?revision=${said}`),
      rest.get(`/changelog?since=${said}`),
      rest.post('/pages/Told%2FStory/restore', { revision }),
      rest.put('/pages/Told%2FStory', { content: 'x', revision }),
      rest.patch('/pages/Told%2FStory', { old_string: 'alpha', new_string: 'x', revision }),
    ]);

    for (const { status } of answers) expect([404, 409, 422]).toContain(status);
  });

  it('a path without history is not found', async () => {
    expect((await rest.get('/pages/Never/history')).status).toBe(404);
    expect((await rest.get('/pages/Never/blame')).status).toBe(404);
    expect((await rest.get('/pages/Never/diff')).status).toBe(404);
  });
});

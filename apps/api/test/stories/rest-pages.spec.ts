import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import type { RestClient } from '../kit/rest-client.js';

const iran =
  '---\ntitle: Iran\ncategory: actor\nzeta: 1\nalpha: 2\ndate: 2026-01-02\n---\n\n# Iran\n\n## Past\n\nOld.\n\n## Now\n\nNew.\n';

describe('pages over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let wiki: WikiKit;
  let rest: RestClient;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'notes');
    rest = wiki.rest;
  });
  afterAll(() => app?.stop());

  const create = async (path: string, content: string): Promise<string> => {
    const made = await rest.put(`/pages/${encodeURIComponent(path)}`, { content });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.revision as string;
  };

  it('a page is created, read back byte for byte, and says who made it', async () => {
    const made = await rest.put('/pages/Actors%2FIran', { content: iran, commit_message: 'First words' });
    const read = await rest.get('/pages/Actors%2FIran');

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ path: 'Actors/Iran', created: true, changed: true, merged: false });
    expect(made.headers.location).toMatch(/\/@alice\/notes\/api\/v1\/pages\/Actors%2FIran$/);
    expect(read.body).toMatchObject({ path: 'Actors/Iran', name: 'Iran', content: iran, revision: made.body.revision });
    expect(read.body.last_commit).toMatchObject({ username: 'alice', door: 'rest', message: 'First words' });
    expect(Date.parse(read.body.last_commit.date)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('frontmatter keeps the order of its author, and dates are ISO text', async () => {
    const { body } = await rest.get('/pages/Actors%2FIran');

    expect(Object.keys(body.frontmatter as object)).toEqual(['title', 'category', 'zeta', 'alpha', 'date']);
    expect(body.frontmatter.date).toBe('2026-01-02');
  });

  it('one section is read by its heading', async () => {
    const { body } = await rest.get('/pages/Actors%2FIran?section=now');
    const missing = await rest.get('/pages/Actors%2FIran?section=Never');

    expect(body).toMatchObject({ section: 'Iran > Now', content: '## Now\n\nNew.\n' });
    expect(missing.status).toBe(404);
    expect(missing.body).toMatchObject({ type: '/problems/section-not-found' });
  });

  it('replacing needs the revision that was read', async () => {
    const revision = await create('Replace', 'one\n');

    const without = await rest.put('/pages/Replace', { content: 'two\n' });
    const short = await rest.put('/pages/Replace', { content: 'two\n', revision: revision.slice(0, 6) });
    const wrong = await rest.put('/pages/Replace', { content: 'two\n', revision: 'deadbeefdeadbeef' });
    const prefixed = await rest.put('/pages/Replace', { content: 'two\n', revision: revision.slice(0, 8) });

    expect(without.status).toBe(409);
    expect(without.body.type).toBe('/problems/revision-required');
    expect(without.body).not.toHaveProperty('current_revision');
    expect(short.status).toBe(422);
    expect(short.body.detail).toMatch(/at least 7/);
    expect([404, 409]).toContain(wrong.status);
    expect(prefixed.status).toBe(200);
    expect(prefixed.body).toMatchObject({ created: false, changed: true });
  });

  it('a stale revision is refused with the current one, when the same lines changed', async () => {
    const first = await create('Stale', 'one\n');
    const second = await rest.put('/pages/Stale', { content: 'two\n', revision: first });

    const stale = await rest.put('/pages/Stale', { content: 'three\n', revision: first });

    expect(stale.status).toBe(409);
    expect(stale.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(stale.body).toMatchObject({ type: '/problems/page-moved-on', current_revision: second.body.revision });
  });

  it('a stale write of other lines is merged, and says what the page holds now', async () => {
    const first = await create('Merge', 'a\n\nb\n\nc\n\nd\n\ne\n');
    await rest.put('/pages/Merge', { content: 'A\n\nb\n\nc\n\nd\n\ne\n', revision: first });

    const refused = await rest.put('/pages/Merge', {
      content: 'a\n\nb\n\nc\n\nd\n\nE\n',
      revision: first,
      merge: false,
    });
    const merged = await rest.put('/pages/Merge', { content: 'a\n\nb\n\nc\n\nd\n\nE\n', revision: first });

    expect(refused.status).toBe(409);
    expect(merged.status).toBe(200);
    expect(merged.body).toMatchObject({ merged: true, content: 'A\n\nb\n\nc\n\nd\n\nE\n' });
    expect((await rest.get('/pages/Merge')).body).toMatchObject({
      content: 'A\n\nb\n\nc\n\nd\n\nE\n',
      revision: merged.body.revision,
    });
  });

  it('a change to another page does not make a revision stale', async () => {
    const revision = await create('Alone', 'one\n');
    await create('Neighbour', 'text\n');

    const written = await rest.put('/pages/Alone', { content: 'two\n', revision });

    expect(written.status).toBe(200);
    expect(written.body.merged).toBe(false);
  });

  it('writing what is already there makes no commit', async () => {
    const revision = await create('Same', 'text\r\nwith CRLF\r\n');

    const same = await rest.put('/pages/Same', { content: 'text\r\nwith CRLF\r\n', revision });

    expect(same.status).toBe(200);
    expect(same.body).toMatchObject({ changed: false, revision });
  });

  it('an edit replaces the one occurrence, and refuses everything else with a reason', async () => {
    const revision = await create('Edit', 'one two two three\n');
    const edit = (fields: Record<string, unknown>) => rest.patch('/pages/Edit', { revision, ...fields });

    const refusals = [
      await edit({ old_string: 'two', new_string: '2' }),
      await edit({ old_string: 'four', new_string: '4' }),
      await edit({ old_string: 'one', new_string: 'one' }),
      await edit({ old_string: '', new_string: 'x' }),
      await edit({ old_string: 'one' }),
      await edit({ old_string: 'one', new_string: '1', revision: '' }),
    ];
    const edited = await edit({ old_string: 'one ', new_string: '' });

    expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422]);
    expect(refusals[0]?.body).toMatchObject({ type: '/problems/edit-ambiguous', count: 2 });
    expect(refusals[1]?.body.type).toBe('/problems/edit-not-found');
    expect(refusals[2]?.body.type).toBe('/problems/edit-identical');
    expect(JSON.stringify(refusals[4]?.body)).toContain('new_string');
    expect(refusals[5]?.body.detail).toMatch(/at least 7/);
    expect(edited.status).toBe(200);
    expect((await rest.get('/pages/Edit')).body.content).toBe('two two three\n');
  });

  it('text is appended and a section replaced', async () => {
    await create('Grow', '# Grow\n\n## A\n\nold\n\n## B\n\nstays\n');

    const appended = await rest.post('/pages/Grow/append', { content: 'more\n' });
    const replaced = await rest.put('/pages/Grow/section', { section: 'A', content: '## A\n\nnew\n' });
    const { content } = (await rest.get('/pages/Grow')).body;

    expect([appended.status, replaced.status]).toEqual([200, 200]);
    expect(content).toContain('## A\n\nnew\n');
    expect(content).not.toContain('old');
    expect(content).toContain('stays\n');
    expect(content).toContain('more\n');
  });

  it('a dry run shows the diff and changes nothing', async () => {
    const revision = await create('Dry', 'one\n');

    const inQuery = await rest.put('/pages/Dry?dry_run=true', { content: 'two\n', revision });
    const inBody = await rest.patch('/pages/Dry', { revision, old_string: 'one', new_string: '1', dry_run: true });
    const created = await rest.put('/pages/Never?dry_run=1', { content: 'x\n' });
    const gone = await rest.delete('/pages/Dry?dry_run=true');

    expect(inQuery.body).toMatchObject({ dry_run: true, diff: expect.stringContaining('-one\n+two') as string });
    expect(inBody.body.diff).toContain('+1');
    expect(created.status).toBe(200);
    expect(gone.body).toMatchObject({ deleted: false, dry_run: true });
    expect((await rest.get('/pages/Dry')).body).toMatchObject({ content: 'one\n', revision });
    expect((await rest.get('/pages/Never')).status).toBe(404);
  });

  it('a page is deleted with or without a body, and a stale revision is enforced when given', async () => {
    const first = await create('Gone', 'one\n');
    const second = await rest.put('/pages/Gone', { content: 'two\n', revision: first });

    const stale = await rest.delete(`/pages/Gone?revision=${first}`);
    const gone = await rest.delete('/pages/Gone', { revision: second.body.revision as string });
    const again = await rest.delete('/pages/Gone');

    expect(stale.status).toBe(409);
    expect(gone.body).toMatchObject({ deleted: true, path: 'Gone' });
    expect(again.status).toBe(404);
    expect((await rest.get('/pages/Gone')).status).toBe(404);
    expect((await rest.get(`/pages/Gone?revision=${first}`)).body).toMatchObject({
      content: 'one\n',
      is_historic: true,
    });
  });

  it('several operations become one commit, or none', async () => {
    const revision = await create('Batch/A', 'a\n');
    const operations = [
      { op: 'write', path: 'Batch/B', content: 'See [[Batch/A]].\n' },
      { op: 'edit', path: 'Batch/A', revision, old_string: 'a', new_string: 'A' },
    ];

    const refused = await rest.post('/batch', { operations: [...operations, { op: 'delete', path: 'Batch/Nowhere' }] });
    const between = await rest.get('/pages/Batch%2FB');
    const done = await rest.post('/batch', { operations, commit_message: 'Two at once' });
    const log = await rest.get('/changelog?limit=1');

    expect(refused.status).toBe(404);
    expect(between.status).toBe(404);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(log.body.entries[0]).toMatchObject({ message: 'Two at once', pages_affected: ['Batch/A', 'Batch/B'] });
  });
});

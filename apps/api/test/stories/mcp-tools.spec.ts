import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

const iran =
  '---\nzeta: last\ntitle: Iran\ncategory: actor\ntags: [state, region]\n---\n\n# Iran\n\nSee [[Events/Crisis]].\n\n## Economy\n\nOil.\n';

describe('what every tool says when it succeeds', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let agent: McpSession;

  beforeAll(async () => {
    app = await startApp();
    const { mcpToken } = await aWiki(app, 'alice', 'notes');
    agent = await connect(`${app.url}/@alice/notes/mcp`, mcpToken);
    await agent.does('write_note', { path: 'Events/Crisis', content: '# Crisis\n\nAbout [[Actors/Iran]].\n' });
    await agent.does('write_note', { path: 'Actors/Iran', content: iran });
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  const revisionOf = async (path: string) => (await agent.does('read_note', { path })).data.revision as string;

  it('read_note: head, links and the raw page; frontmatter in the order of its author', async () => {
    const { text, data } = await agent.does('read_note', { path: 'Actors/Iran' });

    expect(text).toBe(
      [
        '# Iran',
        'Path: Actors/Iran',
        `Revision: ${data.revision}`,
        'Zeta: last | Category: actor | Tags: state, region',
        'Links to: Events/Crisis',
        'Linked from: Events/Crisis',
        '',
        '---',
        iran,
      ].join('\n'),
    );
    expect(data.revision).toMatch(/^[0-9a-f]{40}$/);
    expect(Object.keys(data.frontmatter)).toEqual(['zeta', 'title', 'category', 'tags']);
    expect(data).toMatchObject({ content: iran, links_to: ['Events/Crisis'], is_historic: false });
  });

  it('read_note with a section: that section alone', async () => {
    const { text, data } = await agent.does('read_note', { path: 'Actors/Iran', section: 'economy' });

    expect(text).toContain('Section: Iran > Economy');
    expect(text).not.toContain('Links to:');
    expect(data.content).toBe('## Economy\n\nOil.\n');
  });

  it('write_note: created, then updated, then nothing to record', async () => {
    const created = await agent.does('write_note', { path: 'W', content: 'one\n' });
    const updated = await agent.does('write_note', { path: 'W', content: 'two\n', revision: created.data.revision });
    const same = await agent.does('write_note', { path: 'W', content: 'two\n', revision: updated.data.revision });

    expect(created.text).toMatch(/^Created W \(revision: [0-9a-f]{8}\)$/);
    expect(updated.text).toMatch(/^Updated W \(revision: [0-9a-f]{8}\)$/);
    expect(updated.data).toMatchObject({ path: 'W', created: false, changed: true, merged: false });
    expect(same.text).toMatch(/^Updated W .*\n.*nothing was recorded/);
    expect(same.data.changed).toBe(false);
  });

  it('edit_note takes the eight digits that other tools print; empty new text deletes', async () => {
    const { text } = await agent.does('write_note', { path: 'E', content: 'a b c\n' });
    const revision = /revision: (\w{8})/.exec(text)?.[1] ?? '';

    const edited = await agent.does('edit_note', { path: 'E', revision, old_string: ' b', new_string: '' });

    expect(edited.text).toMatch(/^Edited E \(revision: [0-9a-f]{8}\)$/);
    expect((await agent.does('read_note', { path: 'E' })).data.content).toBe('a c\n');
  });

  it('list_notes: filters, order and parts', async () => {
    const filtered = await agent.does('list_notes', {
      prefix: 'Actors/',
      category: 'ACTOR',
      updated_since: '2020-01-01',
    });
    const first = await agent.does('list_notes', { order: 'oldest', limit: 1 });
    const second = await agent.does('list_notes', { order: 'oldest', limit: 1, cursor: first.data.next });
    const none = await agent.does('list_notes', { updated_before: '2001-01-01' });

    expect(filtered.text).toMatch(
      /^Found 1 notes matching prefix=Actors\/, category=ACTOR, updated since 2020-01-01:\n\n- Actors\/Iran \(category: actor, last updated: \d{4}-\d\d-\d\d, tags: state, region, \d+ words\)$/,
    );
    expect(first.text).toContain(`cursor="${first.data.next}"`);
    expect(second.data.notes[0].path).not.toBe(first.data.notes[0].path);
    expect(none.text).toMatch(/^Found 0 notes/);
  });

  it('search_notes and semantic_search: path, score and snippet', async () => {
    const found = await agent.does('search_notes', { query: 'oil' });
    const meant = await agent.does('semantic_search', { query: 'oil', n: 500, max_chunks_per_page: 0 });

    expect(found.text).toMatch(/^\d+ results for "oil":\n1\. Actors\/Iran \(score: \d+\.\d\d\)/);
    expect(found.data.results[0]).toMatchObject({ path: 'Actors/Iran', snippet: expect.stringMatching(/oil/i) });
    expect(meant.text).toMatch(/^\d+ results for "oil":/);
    expect(meant.data.mode).toBeTruthy();
  });

  it('get_links: both directions, also of a page that is only wanted', async () => {
    await agent.does('write_note', { path: 'Wanting', content: '[[Wanted]]\n' });

    const links = await agent.does('get_links', { path: 'Wanted' });

    expect(links.text).toBe('Links for Wanted:\n\nLinks to (0):\n  (none)\nLinked from (1):\n  - Wanting');
  });

  it('get_recent_changes and get_history: person, agent and message', async () => {
    await agent.does('write_note', { path: 'H', content: 'x\n', commit_message: 'H: because' });

    const changes = await agent.does('get_recent_changes', { limit: 1 });
    const history = await agent.does('get_history', { path: 'H' });

    expect(changes.text).toMatch(/^1 recent changes:\n- \S+Z \| alice \(.+\) \| H\n {2}H: because/);
    expect(history.text).toMatch(
      /^History for H \(1 revisions\):\n- [0-9a-f]{8} \| \S+Z \| alice \(.+\)\n {2}H: because/,
    );
    expect(history.data.history[0].revision).toMatch(/^[0-9a-f]{40}$/);
  });

  it('rename_note: one commit with the links rewritten', async () => {
    await agent.does('write_note', { path: 'Old', content: 'x\n' });
    await agent.does('write_note', { path: 'Linker', content: '[[Old]]\n' });

    const renamed = await agent.does('rename_note', { path: 'Old', new_path: 'New/Name' });
    const again = await agent.does('rename_note', { path: 'Linker', new_path: 'Linker 2' });

    expect(renamed.text).toMatch(
      /^Renamed Old -> New\/Name \(revision: [0-9a-f]{8}\)\nUpdated 1 backreferences:\n- Linker$/,
    );
    expect(again.text).toMatch(/\nNo backreferences needed updating\.$/);
    expect((await agent.does('read_note', { path: 'Linker 2' })).data.content).toBe('[[New/Name]]\n');
  });

  it('delete_note and restore_note', async () => {
    await agent.does('write_note', { path: 'Gone', content: 'still here\n' });
    const revision = await revisionOf('Gone');

    const deleted = await agent.does('delete_note', { path: 'Gone' });
    const restored = await agent.does('restore_note', { path: 'Gone', revision });

    expect(deleted.text).toBe('Deleted Gone');
    expect(restored.text).toMatch(/^Restored Gone \(revision: [0-9a-f]{8}\)$/);
    expect((await agent.does('read_note', { path: 'Gone' })).data.content).toBe('still here\n');
  });

  it('attachments: up, listed, down and away', async () => {
    const bytes = Buffer.from([0, 1, 2, 250]);
    const file = { path: 'Actors/Iran', filename: 'map of it.png' };

    const up = await agent.does('upload_attachment', { ...file, content: bytes.toString('base64') });
    const listed = await agent.does('list_attachments', { path: 'Actors/Iran' });
    const down = await agent.does('download_attachment', file);
    const away = await agent.does('delete_attachment', file);
    const empty = await agent.does('list_attachments', { path: 'Actors/Iran' });

    expect(up.text).toBe('Uploaded map of it.png to Actors/Iran (4 bytes)');
    expect(listed.text).toMatch(
      /^Attachments for Actors\/Iran \(1\):\n\n- map of it\.png \(4 bytes, image\/png, modified \S+Z\)$/,
    );
    expect(down.text).toBe(
      `Downloaded map of it.png (4 bytes, image/png)\nContent (base64):\n${bytes.toString('base64')}`,
    );
    expect(away.text).toBe('Deleted attachment map of it.png');
    expect(empty.text).toBe('Attachments for Actors/Iran (0):\n\n  (no attachments)');
  });

  it('download_attachment: what is large is answered with an address', async () => {
    const bytes = Buffer.alloc(900_000, 7);
    await agent.does('upload_attachment', { path: 'Home', filename: 'large.bin', content: bytes.toString('base64') });

    const { text, data } = await agent.does('download_attachment', { path: 'Home', filename: 'large.bin' });

    expect(text.length).toBeLessThan(500);
    expect(data).toMatchObject({
      content: null,
      size: 900_000,
      url: expect.stringMatching(/\/api\/v1\/pages\/Home\/attachments\/large\.bin\?raw=1$/),
    });
  });
});

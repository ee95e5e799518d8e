import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

const lines = ['# Page', '', 'first', '', 'middle', '', 'last', ''].join('\n');

describe('two agents on one page', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let one: McpSession;
  let two: McpSession;
  let made = 0;

  beforeAll(async () => {
    app = await startApp();
    const { mcpToken, token } = await aWiki(app, 'alice', 'notes');
    one = await connect(`${app.url}/@alice/notes/mcp`, mcpToken, 'v1');
    two = await connect(`${app.url}/@alice/notes/mcp`, token, 'auto');
  });
  afterAll(async () => {
    await one?.close();
    await two?.close();
    await app?.stop();
  });

  async function aPage(): Promise<{ path: string; revision: string }> {
    const path = `Page ${(made += 1)}`;
    const { data } = await one.does('write_note', { path, content: lines });
    return { path, revision: data.revision as string };
  }

  it('changes of other lines are merged, and the answer carries what the page holds now', async () => {
    const page = await aPage();
    await one.does('edit_note', { ...page, old_string: 'first', new_string: 'FIRST' });

    const merged = await two.does('edit_note', { ...page, old_string: 'last', new_string: 'LAST' });

    const both = lines.replace('first', 'FIRST').replace('last', 'LAST');
    expect(merged.data).toMatchObject({ merged: true, content: both });
    expect(merged.text).toMatch(/^Edited .*\nMerged with a change that someone made/);
    expect(merged.text.endsWith(`---\n${both}`)).toBe(true);
    const next = { path: page.path, revision: merged.data.revision, content: both.replace('middle', 'MIDDLE') };
    expect((await two.does('write_note', next)).data).toMatchObject({ changed: true, merged: false });
  });

  it('changes of the same line are a conflict that names the current revision', async () => {
    const page = await aPage();
    const { data } = await one.does('edit_note', { ...page, old_string: 'middle', new_string: 'mine' });

    const refused = await two.refuses('edit_note', { ...page, old_string: 'middle', new_string: 'yours' });

    expect(refused).toMatch(/^Conflict: /);
    expect(refused).toContain(data.revision);
    expect(refused).toContain('read_note');
  });

  it('an existing page is not overwritten unread', async () => {
    const page = await aPage();

    const unread = await two.refuses('write_note', { path: page.path, content: 'x' });
    const empty = await two.refuses('write_note', { path: page.path, content: 'x', revision: '' });

    expect(unread).toMatch(/^Conflict: .*Revision required/);
    expect(empty).toBe(unread);
  });

  it('deleting and renaming mind a revision when it is given', async () => {
    const page = await aPage();
    await one.does('edit_note', { ...page, old_string: 'middle', new_string: 'mine' });

    expect(await two.refuses('delete_note', page)).toMatch(/^Conflict: /);
    expect(await two.refuses('rename_note', { ...page, new_path: `${page.path} moved` })).toMatch(/^Conflict: /);
    await two.does('delete_note', { path: page.path });
  });

  it('a page is not moved onto another', async () => {
    const [page, other] = [await aPage(), await aPage()];

    expect(await two.refuses('rename_note', { path: page.path, new_path: other.path })).toMatch(/^Conflict: /);
    expect(await two.refuses('rename_note', { path: page.path, new_path: page.path })).toMatch(/^Invalid request: /);
  });

  it('twenty appends at once are all kept', async () => {
    const page = await aPage();
    const append = (text: string) =>
      one.does('batch_write', { operations: [{ op: 'append', path: page.path, content: `${text}\n` }] });

    await Promise.all(Array.from({ length: 20 }, (_, index) => append(`line ${index}`)));

    const { data } = await two.does('read_note', { path: page.path });
    for (let index = 0; index < 20; index += 1) expect(data.content).toContain(`line ${index}\n`);
  });
});

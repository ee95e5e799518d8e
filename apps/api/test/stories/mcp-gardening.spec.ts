import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

describe('tending a wiki over MCP', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let agent: McpSession;

  beforeAll(async () => {
    app = await startApp();
    const { mcpToken } = await aWiki(app, 'alice', 'notes');
    agent = await connect(`${app.url}/@alice/notes/mcp`, mcpToken);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it('batch_write does all in one commit, or nothing', async () => {
    const done = await agent.does('batch_write', {
      commit_message: 'Begin the orchard',
      operations: [
        { op: 'write', path: 'Orchard/Plum', content: '# Plum\n\n[[Nowhere]]\n' },
        { op: 'write', path: 'Orchard/Pear', content: '# Pear\n' },
        { op: 'append', path: 'Orchard/Pear', content: 'Sweet.\n' },
        { op: 'rename', path: 'Orchard/Pear', new_path: 'Orchard/Quince' },
      ],
    });
    const refused = await agent.refuses('batch_write', {
      operations: [
        { op: 'write', path: 'Orchard/Apple', content: 'x' },
        { op: 'delete', path: 'Orchard/Absent' },
      ],
    });
    const apple = await agent.refuses('read_note', { path: 'Orchard/Apple' });
    const { data } = await agent.does('get_recent_changes', { limit: 1 });

    expect(done.text).toMatch(/^4 operations in commit [0-9a-f]{8}:\n- write Orchard\/Plum \(revision: [0-9a-f]{8}\)/);
    expect(data.changes[0]).toMatchObject({ message: expect.stringContaining('Begin the orchard') });
    expect(refused).toMatch(/^Page not found: /);
    expect(apple).toMatch(/^Page not found: /);
  });

  it('batch_write shows the diff beforehand and says which field is missing', async () => {
    const shown = await agent.does('batch_write', {
      dry_run: true,
      operations: [{ op: 'append', path: 'Orchard/Plum', content: 'Blue.\n' }],
    });
    const faulty = await agent.refuses('batch_write', { operations: [{ op: 'edit', path: 'Orchard/Plum' }] });

    expect(shown.data.diff).toContain('+Blue.');
    expect((await agent.does('read_note', { path: 'Orchard/Plum' })).text).not.toContain('Blue.');
    expect(faulty).toMatch(/^Invalid request: operations\.0\.revision: edit takes revision/);
  });

  it('find_orphaned_notes and garden_report name what needs care', async () => {
    await agent.does('write_note', { path: 'Self', content: '[[Self]]\n' });

    const orphans = await agent.does('find_orphaned_notes');
    const report = await agent.does('garden_report', { undersized_words: 10 });

    expect(orphans.text).toMatch(/^Found \d+ orphaned notes \(no incoming links from any other page\):\n- /);
    expect(orphans.data.orphans).toEqual(expect.arrayContaining(['Orchard/Plum', 'Self']));
    expect(orphans.data.orphans).not.toContain('Home');
    expect(report.data.orphans).toEqual(orphans.data.orphans);
    expect(report.data.broken_links).toContainEqual({ from: 'Orchard/Plum', target: 'Nowhere', line: 3 });
    expect(report.data.undersized.map(({ path }: { path: string }) => path)).toContain('Self');
    expect(report.data.guide_outdated).toBe(false);
    expect(report.text).toMatch(/^Garden report:\n\nOrphans \(\d+\):\n[^]*Usage guide: up to date\.$/);
  });

  it('garden_report keeps what people added to the guide', async () => {
    const guide = await agent.does('read_note', { path: 'Meta/Wiki Usage Guide' });
    const mine = `${guide.data.content}\n## Ours\n\nAsk Bob first.\n`;
    await agent.does('write_note', { path: 'Meta/Wiki Usage Guide', content: mine, revision: guide.data.revision });

    await agent.does('garden_report', { refresh_guide: true });

    expect((await agent.does('read_note', { path: 'Meta/Wiki Usage Guide' })).text).toContain('Ask Bob first.');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession, postMcp } from '../kit/mcp-client.js';

const page = { path: 'Home' };
const absent = { path: 'Ab/Sent' };

const refusals: [string, Record<string, unknown>, RegExp][] = [
  ['read_note', absent, /^Page not found: .*Ab\/Sent[^]*write_note/],
  ['read_note', { ...page, revision: 'deadbeef' }, /^Revision not found: /],
  ['read_note', { ...page, revision: 'HEAD~1' }, /^(Invalid request|Revision not found): /],
  ['read_note', { ...page, revision: '--output=/tmp/x' }, /^(Invalid request|Revision not found): /],
  ['read_note', { ...page, section: 'Nowhere' }, /^Section not found: 'Nowhere'\./],
  ['write_note', { path: 'a/../b', content: 'x' }, /^Invalid request: /],
  ['write_note', { path: 'mcp/x', content: 'x' }, /^Invalid request: .*reserved/],
  ['write_note', { path: 'x.md', content: 'x' }, /^Invalid request: .*\.md/],
  ['write_note', { path: 'Big', content: 'x'.repeat(1024 * 1024 + 1) }, /^Content too large: /],
  ['edit_note', { ...absent, revision: 'abcdef1', old_string: 'a', new_string: 'b' }, /^Page not found: /],
  ['edit_note', { ...page, revision: 'abc', old_string: 'a', new_string: 'b' }, /^Invalid request: /],
  ['list_notes', { updated_since: 'yesterday' }, /^Invalid request: /],
  ['list_notes', { cursor: 'nonsense' }, /^Invalid request: /],
  ['search_notes', { query: '  ' }, /^Invalid request: /],
  ['semantic_search', { query: '' }, /^Invalid request: /],
  ['get_history', absent, /^Page not found: /],
  ['rename_note', { ...absent, new_path: 'X' }, /^Page not found: /],
  ['delete_note', absent, /^Page not found: /],
  ['restore_note', { ...absent, revision: 'deadbeef' }, /not found: /],
  ['list_attachments', absent, /^Page not found: /],
  ['upload_attachment', { ...absent, filename: 'a.txt', content: 'aGk=' }, /^Page not found: /],
  ['upload_attachment', { ...page, filename: 'a.txt', content: '!!!!' }, /^Invalid request: .*base64/],
  ['upload_attachment', { ...page, filename: '../a.txt', content: 'aGk=' }, /^Invalid request: /],
  ['upload_attachment', { ...page, filename: 'a.md', content: 'aGk=' }, /^Invalid request: /],
  ['download_attachment', { ...page, filename: 'none.txt' }, /^Attachment not found: [^]*list_attachments/],
  ['delete_attachment', { ...page, filename: 'none.txt' }, /^Attachment not found: /],
  ['batch_write', { operations: [] }, /^Invalid request: operations/],
];

const nasty = [
  '',
  '\0',
  '..',
  '../../etc/passwd',
  '/etc/passwd',
  '%2e%2e%2fx',
  'a\\..\\b',
  '.git/config',
  '\u202egnp',
  '\ud800',
  'ü'.repeat(3000),
  'x/'.repeat(60),
  '[[x',
  '%',
  "'; drop table pages; --",
];

describe('what tools say when they refuse', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let agent: McpSession;
  let url: string;
  let headers: Record<string, string>;

  beforeAll(async () => {
    app = await startApp();
    const { mcpToken } = await aWiki(app, 'alice', 'notes');
    url = `${app.url}/@alice/notes/mcp`;
    headers = { authorization: `Bearer ${mcpToken}` };
    agent = await connect(url, mcpToken);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it.each(refusals)('%s %j', async (name, args, expected) => {
    const said = await agent.call(name, args);

    expect(said.text).toMatch(expected);
    expect(said.isError).toBe(true);
    expect(said.problem?.status).toBeLessThan(500);
  });

  it('edit_note says what is wrong with the text to replace', async () => {
    const { data } = await agent.does('write_note', { path: 'Edit me', content: 'one two one\n' });
    const edit = { path: 'Edit me', revision: data.revision };

    expect(await agent.refuses('edit_note', { ...edit, old_string: 'three', new_string: 'x' })).toMatch(
      /^Invalid request: /,
    );
    expect(await agent.refuses('edit_note', { ...edit, old_string: 'one', new_string: 'x' })).toMatch(
      /^Invalid request: ambiguous.*2/,
    );
    expect(await agent.refuses('edit_note', { ...edit, old_string: 'two', new_string: 'two' })).toMatch(
      /^Invalid request: /,
    );
    expect(await agent.refuses('edit_note', { ...edit, old_string: '', new_string: 'x' })).toMatch(
      /^Invalid request: /,
    );
  });

  it('arguments of the wrong kind are named', async () => {
    expect(await agent.refuses('read_note', { path: 7 })).toMatch(/^Invalid request: path: /);
    expect(await agent.refuses('read_note', {})).toMatch(/^Invalid request: path: /);
    expect(await agent.refuses('read_note', { path: 'Home', pth: 'x' })).toMatch(/^Invalid request: .*pth/);
    expect(await agent.refuses('list_notes', { limit: 'many' })).toMatch(/^Invalid request: limit: /);
  });

  it('no hostile text in any field breaks a tool or gives anything away', async () => {
    const { tools } = await agent.client.listTools();
    for (const { name, inputSchema } of tools) {
      const fields = Object.entries((inputSchema.properties ?? {}) as Record<string, { type?: string }>);
      const texts = fields.filter(([, { type }]) => type === 'string').map(([field]) => field);
      for (const bad of nasty) {
        for (const field of texts) {
          const args = {
            ...Object.fromEntries((inputSchema.required ?? []).map((one) => [one, 'Home'])),
            [field]: bad,
          };
          const { text, problem } = await agent.call(name, args);

          expect(problem?.status ?? 200, `${name} ${field}=${JSON.stringify(bad)}: ${text}`).toBeLessThan(500);
          expect(text).not.toMatch(/root:|\/work\/|\/tmp\/|node_modules|at .*\.js:\d|SELECT |QueryFailed/);
        }
      }
    }
  }, 180_000);

  it.each([
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: '__proto__', arguments: {} } }, 200],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'nothing', arguments: {} } }, 200],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read_note', arguments: [] } }, 200],
    [{ jsonrpc: '2.0', id: 1, method: 'no/such' }, 200],
    [[{ jsonrpc: '2.0', id: 1, method: 'ping' }], 400],
    [7, 400],
    ['null', 400],
    ['{"jsonrpc": ', 400],
    ['{"__proto__": {"x": 1}}', 400],
  ])('a message gone wrong is refused: %j', async (message, status) => {
    const answer = await postMcp(url, message, headers);

    expect(answer.status, answer.text).toBe(status);
    expect(answer.text).not.toMatch(/node_modules|\.js:\d/);
    if (status === 200) expect(answer.body.error?.code ?? (answer.body.result?.isError ? -1 : 0)).toBeLessThan(0);
  });
});

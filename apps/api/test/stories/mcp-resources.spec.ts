import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { clientKinds, connect, type McpSession } from '../kit/mcp-client.js';

const odd = 'Größe/nothing?';

describe('pages as resources, and prompts', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let token: string;
  const open = (kind: (typeof clientKinds)[number]): Promise<McpSession> =>
    connect(`${app.url}/@alice/notes/mcp`, token, kind);

  beforeAll(async () => {
    app = await startApp();
    token = (await aWiki(app, 'alice', 'notes', { purpose: 'To know' })).mcpToken;
    const session = await open('auto');
    const operations = Array.from({ length: 100 }, (_, index) => ({
      op: 'write',
      path: `Many/${index}`,
      content: 'x\n',
    }));
    await session.does('batch_write', { operations });
    await session.does('write_note', { path: 'Größe/50% & #1', content: '# Odd\n' });
    await session.close();
  });
  afterAll(() => app?.stop());

  it.each(clientKinds)('are listed in parts and read (%s)', async (kind) => {
    const session = await open(kind);

    const first = await session.client.listResources({});
    const uris = first.resources.map(({ uri }) => uri);
    const rest =
      first.nextCursor === undefined
        ? []
        : (await session.client.listResources({ cursor: first.nextCursor })).resources;
    const all = [...uris, ...rest.map(({ uri }) => uri)];
    const uri = all.find((one) => decodeURIComponent(one).endsWith('Größe/50% & #1')) ?? '';
    const read = await session.client.readResource({ uri });

    expect(new Set(all).size).toBeGreaterThan(102);
    expect(read.contents).toEqual([{ uri, mimeType: 'text/markdown', text: '# Odd\n' }]);
    await session.close();
  });

  it.each([
    'wiki://alice/notes/Absent',
    'wiki://alice/other/Home',
    'wiki://bob/notes/Home',
    'wiki://alice/notes/..%2f..%2fetc%2fpasswd',
    'wiki://alice/notes/%00',
    'wiki://alice/notes/%ff',
    `wiki://alice/notes/${encodeURIComponent(odd)}`,
    'file:///etc/passwd',
  ])('%s is not there', async (uri) => {
    const session = await open('auto');

    await expect(session.client.readResource({ uri })).rejects.toMatchObject({ code: -32602, data: { uri } });
    await session.close();
  });

  it('paths and what a prompt takes are completed', async () => {
    const session = await open('auto');
    const ref = { type: 'ref/resource' as const, uri: 'wiki://{owner}/{wiki}/{+path}' };
    const prompt = { type: 'ref/prompt' as const, name: 'garden' };

    const paths = await session.client.complete({ ref, argument: { name: 'path', value: 'Many/1' } });
    const focus = await session.client.complete({ ref: prompt, argument: { name: 'focus', value: 'b' } });
    const prefix = await session.client.complete({ ref: prompt, argument: { name: 'prefix', value: 'Meta/' } });

    expect(paths.completion.values).toEqual(expect.arrayContaining(['Many/1', 'Many/10', 'Many/19']));
    expect(paths.completion.values.every((path) => path.startsWith('Many/1'))).toBe(true);
    expect(focus.completion.values).toEqual(['broken links']);
    expect(prefix.completion.values).toContain('Meta/Wiki Usage Guide');
    await session.close();
  });

  it.each(clientKinds)('a session begins with the home page and what changed (%s)', async (kind) => {
    const session = await open(kind);

    const { prompts } = await session.client.listPrompts();
    const start = JSON.stringify(await session.client.getPrompt({ name: 'start_session' }));
    const garden = JSON.stringify(
      await session.client.getPrompt({ name: 'garden', arguments: { focus: 'orphans', prefix: 'Many/' } }),
    );

    expect(prompts.map(({ name }) => name)).toEqual(['start_session', 'garden']);
    expect(start).toContain('To know');
    expect(start).toContain('wiki://alice/notes/Home');
    expect(start).toContain('Größe');
    expect(garden).toContain('garden_report');
    expect(garden).toContain('Many/');
    await session.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { clientKinds, connect, type McpSession } from '../kit/mcp-client.js';

describe('the MCP endpoint of an account', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let agent: McpSession;
  let token: string;
  let wikiToken: string;

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    const alice = await aWiki(app, 'alice', 'one', { name: 'One', purpose: 'The first' });
    const bob = await aWiki(app, 'bob', 'two', { name: 'Two' });
    await aWiki(app, 'carol', 'three');
    token = alice.token;
    wikiToken = alice.mcpToken;
    expect((await bob.platform.put('/wikis/bob/two/members/alice', { role: 'editor' })).status).toBe(200);
    agent = await connect(`${app.url}/mcp`, token);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it('list_wikis names mine and those I was let into', async () => {
    const { text, data } = await agent.does('list_wikis');

    expect(data.wikis.map(({ wiki, role }: { wiki: string; role: string }) => [wiki, role]).sort()).toEqual([
      ['alice/one', 'owner'],
      ['bob/two', 'editor'],
    ]);
    expect(text).toMatch(/^Found 2 wikis:\n/);
    expect(text).toContain('- alice/one (One; owner, private): The first');
  });

  it.each(clientKinds)('every tool takes the wiki (%s)', async (kind) => {
    const session = await connect(`${app.url}/mcp`, token, kind);
    const { tools } = await session.client.listTools();
    const path = `From ${kind}`;

    await session.does('write_note', { wiki: 'bob/two', path, content: 'Hello Bob\n' });
    const read = await session.does('read_note', { wiki: 'bob/two', path });
    const elsewhere = await session.refuses('read_note', { wiki: 'alice/one', path });

    for (const { name, inputSchema } of tools) {
      // A search without a wiki is one in all of them.
      if (name !== 'list_wikis' && name !== 'search_notes') expect(inputSchema.required, name).toContain('wiki');
    }
    expect(read.data.content).toBe('Hello Bob\n');
    expect(elsewhere).toMatch(/^Page not found: /);
    await session.close();
  });

  it('a wiki that may not be seen is as one that is missing; a name that is none is explained', async () => {
    const hidden = await agent.refuses('read_note', { wiki: 'carol/three', path: 'Home' });
    const missing = await agent.refuses('read_note', { wiki: 'carol/none', path: 'Home' });
    const unnamed = await agent.refuses('read_note', { path: 'Home' });
    const odd = await agent.refuses('read_note', { wiki: '../../x', path: 'Home' });

    expect(hidden).toMatch(/^Wiki not found: /);
    expect(missing).toBe(hidden);
    expect(unnamed).toMatch(/^Invalid request: wiki: .*owner\/slug/);
    expect(odd).toMatch(/^Invalid request: wiki: /);
  });

  it('the token of one wiki reaches that wiki alone', async () => {
    const session = await connect(`${app.url}/mcp`, wikiToken);

    expect((await session.does('list_wikis')).data.wikis).toHaveLength(1);
    await session.does('read_note', { wiki: 'alice/one', path: 'Home' });
    expect(await session.refuses('read_note', { wiki: 'bob/two', path: 'Home' })).toMatch(/^Wiki not found: /);
    await session.close();
  });

  it('pages of all wikis are resources', async () => {
    const { resources } = await agent.client.listResources();
    const ref = { type: 'ref/resource' as const, uri: 'wiki://{owner}/{wiki}/{+path}' };
    const context = { arguments: { owner: 'bob', wiki: 'two' } };
    const owners = await agent.client.complete({ ref, argument: { name: 'owner', value: 'b' } });
    const paths = await agent.client.complete({ ref, argument: { name: 'path', value: 'Ho' }, context });
    const read = await agent.client.readResource({ uri: 'wiki://bob/two/Home' });

    expect(resources.map(({ uri }) => uri).sort()).toEqual(['wiki://alice/one/Home', 'wiki://bob/two/Home']);
    expect(owners.completion.values).toEqual(['bob']);
    expect(paths.completion.values).toContain('Home');
    expect(read.contents[0]).toMatchObject({ mimeType: 'text/markdown' });
    await expect(agent.client.readResource({ uri: 'wiki://carol/three/Home' })).rejects.toMatchObject({ code: -32602 });
  });

  it('a lapsed wiki refuses, the others go on', async () => {
    await app.setPlan('bob', 'two', { plan: 'premium', paymentStatus: 'lapsed' });

    expect(await agent.refuses('read_note', { wiki: 'bob/two', path: 'Home' })).toMatch(/^Not allowed: .*lapsed/);
    await agent.does('read_note', { wiki: 'alice/one', path: 'Home' });
  });
});

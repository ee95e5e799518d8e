import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

const iran =
  '---\ntitle: Iran\ncategory: actor\ntags: [state, region]\n---\n\n# Iran\n\nSee [[Events/Strait Crisis]].\n';

type App = Awaited<ReturnType<typeof startApp>>;

describe('one wiki through three doors', () => {
  let app: App;
  let git: GitClient;
  let alice: { username: string; token: string };
  let mcpToken: string;

  const rest = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${mcpToken}`, 'content-type': 'application/json', ...init.headers },
    });
  const remote = () => app.url.replace('http://', `http://token:${mcpToken}@`) + '/@alice/wiki.git';
  const textOf = (result: unknown) => (result as { content: { text: string }[] }).content[0]?.text ?? '';

  async function callV2(name: string, args: Record<string, unknown>): Promise<string> {
    const client = new Client({ name: 'story', version: '1.0.0' });
    const headers = { authorization: `Bearer ${mcpToken}` };
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${app.url}/@alice/wiki/mcp`), { requestInit: { headers } }),
    );
    const result = await client.callTool({ name, arguments: args });
    await client.close();
    expect(result.isError ?? false, textOf(result)).toBe(false);
    return textOf(result);
  }

  async function callV1(name: string, args: Record<string, unknown>): Promise<string> {
    const client = new ClientV1({ name: 'story-v1', version: '1.0.0' });
    const headers = { authorization: `Bearer ${mcpToken}` };
    await client.connect(new TransportV1(new URL(`${app.url}/@alice/wiki/mcp`), { requestInit: { headers } }));
    const result = await client.callTool({ name, arguments: args });
    await client.close();
    expect(result.isError ?? false, textOf(result)).toBe(false);
    return textOf(result);
  }

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    alice = await app.addUser('alice');
    const created = await fetch(`${app.url}/api/v1/wikis`, {
      method: 'POST',
      headers: { authorization: `Bearer ${alice.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ slug: 'wiki', name: 'World affairs', purpose: 'What happens and why' }),
    });
    expect(created.status).toBe(201);
    mcpToken = ((await created.json()) as { mcp_token: string }).mcp_token;
  });

  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('what an agent writes over MCP is read over REST and cloned byte for byte', async () => {
    const said = await callV2('write_note', { path: 'Actors/Iran', content: iran });
    const page = (await (await rest('/@alice/wiki/api/v1/pages/Actors%2FIran')).json()) as Record<string, unknown>;
    await git.run(['clone', '--quiet', remote(), 'clone']);

    expect(said).toMatch(/^Created Actors\/Iran \(revision: [0-9a-f]{8}\)/);
    expect(page).toMatchObject({
      path: 'Actors/Iran',
      name: 'Iran',
      content: iran,
      links_to: ['Events/Strait Crisis'],
    });
    expect(await readFile(git.path('clone', 'Actors', 'Iran.md'), 'utf8')).toBe(iran);
    const author = await git.run(['log', '-1', '--format=%an <%ae>', '--', 'Actors/Iran.md'], git.path('clone'));
    expect(author.trim()).toMatch(/^alice <alice@users\.noreply\..+>$/i);
    expect(await git.run(['log', '-1', '--format=%B'], git.path('clone'))).toContain('Wikibot-Via: mcp');
  });

  it('what a person pushes is in the next read_note, the links, the changelog and the list', async () => {
    const clone = git.path('clone');
    const pushed = iran.replace('See [[Events/Strait Crisis]].', 'See [[Home]] and [[Events/Strait Crisis]].');
    await writeFile(`${clone}/Actors/Iran.md`, pushed);
    await writeFile(`${clone}/Pushed.md`, '# Pushed\n\nFrom [[Actors/Iran]].\n');
    await git.run(['add', '-A'], clone);
    await git.run(['commit', '--quiet', '-m', 'Iran: point home'], clone);
    await git.run(['push', '--quiet', 'origin', 'HEAD:main'], clone);

    const note = await callV1('read_note', { path: 'Actors/Iran' });
    const links = (await (await rest('/@alice/wiki/api/v1/links/Actors%2FIran')).json()) as Record<string, string[]>;
    const log = (await (await rest('/@alice/wiki/api/v1/changelog')).json()) as { entries: Record<string, unknown>[] };
    const list = (await (await rest('/@alice/wiki/api/v1/pages')).json()) as { pages: { path: string }[] };

    expect(note.endsWith(pushed)).toBe(true);
    expect(note).toContain('Linked from: Pushed');
    expect(links.links_to).toEqual(['Events/Strait Crisis', 'Home']);
    expect(links.linked_from).toEqual(['Pushed']);
    expect(log.entries[0]).toMatchObject({
      message: expect.stringContaining('Iran: point home'),
      pages_affected: ['Actors/Iran', 'Pushed'],
    });
    expect(list.pages.map((page) => page.path)).toContain('Pushed');
  });

  it('an edit over REST is in the next pull', async () => {
    const page = (await (await rest('/@alice/wiki/api/v1/pages/Pushed')).json()) as { revision: string };
    const edited = await rest('/@alice/wiki/api/v1/pages/Pushed', {
      method: 'PATCH',
      body: JSON.stringify({ revision: page.revision, old_string: 'From', new_string: 'Out of' }),
    });
    await git.run(['pull', '--quiet', '--rebase', 'origin', 'main'], git.path('clone'));

    expect(edited.status).toBe(200);
    expect(await readFile(git.path('clone', 'Pushed.md'), 'utf8')).toBe('# Pushed\n\nOut of [[Actors/Iran]].\n');
  });

  it('the repository passes git fsck', async () => {
    const checked = await git.try(['fsck', '--strict', '--full'], git.path('clone'));

    expect(checked.code).toBe(0);
  });
});

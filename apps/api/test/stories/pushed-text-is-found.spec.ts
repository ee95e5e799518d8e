import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

describe('what a push changes is searched at once', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let agent: McpSession;

  const push = async (message: string) => {
    const folder = git.path('clone');
    await git.run(['add', '-A'], folder);
    await git.run(['commit', '--quiet', '-m', message], folder);
    await git.run(['push', '--quiet', 'origin', 'HEAD:main'], folder);
  };
  const pathsOf = (results: unknown) => (results as { path: string }[]).map(({ path }) => path);
  const overRest = async (word: string) => {
    const { body } = await wiki.rest.get(`/search?q=${word}&mode=keyword`);
    return pathsOf(body.results);
  };
  const overMcp = async (query: string) =>
    pathsOf((await agent.does('search_notes', { query, mode: 'keyword' })).data.results);

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'notes');
    agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
    await git.run([
      'clone',
      '--quiet',
      app.url.replace('http://', `http://any:${wiki.token}@`) + '/@alice/notes.git',
      'clone',
    ]);
  });
  afterAll(async () => {
    await agent?.close();
    await git?.remove();
    await app?.stop();
  });

  it('a new page over REST', async () => {
    await writeFile(git.path('clone', 'Boat.md'), '# Boat\n\nA catamaran.\n');
    await push('Boat: a new page');

    expect(await overRest('catamaran')).toEqual(['Boat']);
  });

  it('a new page over MCP', async () => {
    await writeFile(git.path('clone', 'Ship.md'), '# Ship\n\nA brigantine.\n');
    await push('Ship: a new page');

    expect(await overMcp('brigantine')).toEqual(['Ship']);
  });

  it('the new text of a page and no longer the old', async () => {
    await writeFile(git.path('clone', 'Boat.md'), '# Boat\n\nA trimaran.\n');
    await push('Boat: has three hulls');

    expect([await overMcp('catamaran'), await overRest('catamaran')]).toEqual([[], []]);
    expect([await overMcp('trimaran'), await overRest('trimaran')]).toEqual([['Boat'], ['Boat']]);
  });

  it('a page that was moved by its new path', async () => {
    await git.run(['mv', 'Ship.md', 'Vessel.md'], git.path('clone'));
    await push('Vessel: a better name');

    expect([await overRest('brigantine'), await overMcp('brigantine')]).toEqual([['Vessel'], ['Vessel']]);
  });

  it('a deleted page not at all', async () => {
    await rm(git.path('clone', 'Boat.md'));
    await push('Boat: sold');

    expect([await overRest('trimaran'), await overMcp('trimaran')]).toEqual([[], []]);
  });
});

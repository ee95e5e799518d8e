import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

const guidePage = '/pages/Meta%2FWiki%20Usage%20Guide';

describe('a guide that no longer fits the settings', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let agent: McpSession;

  const guide = async () => (await wiki.rest.get(guidePage)).body.content as string;
  const outdated = async () => {
    const overRest = (await wiki.rest.get('/garden')).body.guide_outdated;
    const overMcp = (await agent.does('garden_report')).data.guide_outdated;
    expect(overMcp).toBe(overRest);
    return overRest;
  };
  const commits = async () => (await wiki.rest.get('/changelog?limit=200')).body.entries.length;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'notes', { purpose: 'What is noted' });
    agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it('other categories make it outdated; one call over MCP refreshes it in one commit', async () => {
    expect(await outdated()).toBe(false);
    const patched = await wiki.rest.patch('', { categories: ['tree', 'shrub'] });
    expect(patched.status, JSON.stringify(patched.body)).toBe(200);
    expect(await outdated()).toBe(true);
    const before = await commits();

    const report = await agent.does('garden_report', { refresh_guide: true });

    expect(report.data).toMatchObject({ guide_refreshed: true, guide_outdated: false });
    expect(await outdated()).toBe(false);
    expect(await guide()).toContain('- `shrub`');
    expect(await commits()).toBe(before + 1);
  });

  it('another link order makes it outdated; one call over REST refreshes it and keeps what people wrote', async () => {
    const { revision } = (await wiki.rest.get(guidePage)).body;
    const mine = `${await guide()}\n## Ours\n\nAsk Bob first.\n`.replace(
      'Tags are free.',
      'Tags are free, but ask Carol.',
    );
    expect((await wiki.rest.put(guidePage, { content: mine, revision })).status).toBe(200);
    expect(await outdated()).toBe(false);
    await wiki.rest.patch('', { link_order: 'label-first' });
    expect(await outdated()).toBe(true);
    const before = await commits();

    const refreshed = await wiki.rest.post('/garden/guide');

    expect(refreshed.status, JSON.stringify(refreshed.body)).toBe(200);
    expect(refreshed.body).toMatchObject({ changed: true });
    expect(await outdated()).toBe(false);
    expect(await commits()).toBe(before + 1);
    const text = await guide();
    expect(text).toContain('Ask Bob first.');
    expect(text).toContain('but ask Carol.');
    expect(text).toContain('[[the republic|Actors/Iran]]');
    expect(text).not.toContain('[[Actors/Iran|the republic]]');
  });

  it('a second refresh after additions keeps them again', async () => {
    await wiki.rest.patch('', { categories: ['tree', 'fern'] });
    expect(await outdated()).toBe(true);

    await agent.does('garden_report', { refresh_guide: true });

    const text = await guide();
    expect(text).toContain('- `fern`');
    expect(text).not.toContain('- `shrub`');
    expect(text).toContain('Ask Bob first.');
    expect(text).toContain('but ask Carol.');
  });

  it('what is up to date is not written again', async () => {
    const before = await commits();

    const again = await wiki.rest.post('/garden/guide');

    expect(again.body).toMatchObject({ changed: false });
    expect(await commits()).toBe(before);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shippedModel } from '@lib/search';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';

describeEmbedding('without its model', () => {
  let modelDir: string;
  let app: Awaited<ReturnType<typeof startApp>>;
  let wiki: Awaited<ReturnType<typeof aWiki>>;
  const search = async () => (await wiki.rest.get('/search?q=salaries')).body;

  beforeAll(async () => {
    modelDir = await mkdtemp(join(tmpdir(), 'wikibot-model-'));
    await cp(shippedModel, modelDir, { recursive: true });
    await appendFile(join(modelDir, 'vocab.txt'), 'damaged\n');
    app = await startApp({ SEARCH_BY_MEANING: 'on', MODEL_DIR: modelDir });
    wiki = await aWiki(app, 'alice', 'notes');
    const content = '# Payroll\n\nSalaries are paid monthly.\n';
    expect((await wiki.rest.put('/pages/Payroll', { content })).status).toBe(201);
  });
  afterAll(async () => {
    await app?.stop();
    await rm(modelDir, { recursive: true, force: true });
  });

  it('words are looked for, and every door says why', async () => {
    const hybrid = await search();
    expect(hybrid).toMatchObject({
      mode: 'keyword',
      reason: expect.stringContaining('not available') as string,
      total: 1,
    });
    const { body } = await wiki.rest.get('/semantic-search?q=salaries');
    expect(body).toMatchObject({ mode: 'keyword', reason: hybrid.reason as string, meaning: null });
    const agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
    const said = await agent.does('search_notes', { query: 'salaries' });
    expect(said.data).toMatchObject({ mode: 'keyword', reason: hybrid.reason as string });
    expect(said.text).toContain(hybrid.reason as string);
    await agent.close();
    const related = await wiki.rest.get('/pages/Payroll/related');
    expect(related.status).toBe(200);
    expect(related.body).toMatchObject({ related: [], reason: expect.stringContaining('not available') as string });
    const status = (await wiki.rest.get('/reindex/status')).body;
    expect(status).toMatchObject({ meaning: null, reason: expect.stringContaining('not available') as string });
  });

  it('the console can tell, and the server is ready all the same', async () => {
    const answer = await fetch(`${app.url}/readyz`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ready', search_by_meaning: 'unavailable' });
  });

  it('no answer names a folder of the server', async () => {
    const answers = [await search(), (await wiki.rest.get('/pages/Payroll/related')).body];

    expect(JSON.stringify(answers)).not.toContain(modelDir);
  });

  it('it heals when the model is whole again', async () => {
    await cp(join(shippedModel, 'vocab.txt'), join(modelDir, 'vocab.txt'));

    await expect.poll(async () => (await search()).mode, { timeout: 60_000, interval: 500 }).toBe('hybrid');
    const { body } = await wiki.rest.get('/search?wait_index=20000&q=when%20do%20I%20get%20my%20wages');
    expect(body.results[0]).toMatchObject({ path: 'Payroll' });
  });
});

/** A network of its own that leads nowhere. */
const nowhere = ['--net', '--map-root-user'];
const canDeny = spawnSync('unshare', [...nowhere, 'true']).status === 0;
if (!canDeny)
  console.warn('The network cannot be denied here (unshare --net): that the model does not miss it is not shown.');

describeEmbedding('a network that is denied', () => {
  it.skipIf(!canDeny)('is not missed by the model', () => {
    const program = `
      const { Embedder } = await import('./dist/api/libs/search/src/index.js');
      const embedder = new Embedder();
      const [vector] = await embedder.embed(['a text'], { lane: 'query' });
      await embedder.close();
      console.log(vector.length);`;
    const root = join(import.meta.dirname, '../../../..');
    const run = (command: string, args: string[]) => execFileSync(command, args, { cwd: root, encoding: 'utf8' });
    const node = [process.execPath, '--input-type=module', '-e', program];

    expect(run('unshare', [...nowhere, ...node]).trim()).toBe('384');
  });
});

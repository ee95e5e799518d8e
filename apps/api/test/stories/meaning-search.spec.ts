import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import type { RestClient } from '../kit/rest-client.js';

const pages = {
  'Kitchen/Bread':
    '# Bread\n\nFlour, water, salt and yeast, kneaded, left to rise overnight and baked in a hot oven.\n',
  'Garden/Roses': '# Roses\n\n## Pruning\n\nCut the stems back in late winter, above an outward facing bud.\n',
  'Office/Payroll':
    '---\ntags: [money]\n---\n\n# Payroll\n\nSalaries are paid on the last working day of each month.\n',
  'Office/Holidays':
    '# Holidays\n\nEverybody may be away for thirty days in a year; ask your manager two weeks before.\n',
};

describeEmbedding('search by meaning', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let wiki: WikiKit;
  let rest: RestClient;
  const find = async (query: string, more = '') => {
    const { status, body } = await rest.get(`/search?wait_index=20000&q=${encodeURIComponent(query)}${more}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const paths = (body: { results: object[] }) => (body.results as { path: string }[]).map(({ path }) => path);

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
    wiki = await aWiki(app, 'alice', 'notes');
    rest = wiki.rest;
    const operations = Object.entries(pages).map(([path, content]) => ({ op: 'write', path, content }));
    expect((await rest.post('/batch', { operations })).status).toBe(200);
  });
  afterAll(() => app?.stop());

  it.each([
    ['how do I make a loaf at home', 'Kitchen/Bread'],
    ['when do employees get their wages', 'Office/Payroll'],
    ['taking time off work', 'Office/Holidays'],
    ['trimming a flowering shrub', 'Garden/Roses'],
  ])('answers %j with %s', async (question, path) => {
    const body = await find(question);

    expect(body).toMatchObject({ mode: 'hybrid', behind: 0, meaning: { behind: 0, position: body.position } });
    expect(paths(body)[0]).toBe(path);
  });

  it('finds the same by meaning alone, with what the predecessor tells of each chunk', async () => {
    const { body } = await rest.get('/semantic-search?n=2&q=wages');

    expect(body.mode).toBe('semantic');
    expect(body.results).toHaveLength(2);
    expect(body.results[0]).toMatchObject({
      path: 'Office/Payroll',
      chunk_index: 0,
      total_chunks: 1,
      page_word_count: 13,
    });
    expect(body.results[0]?.distance).toBeCloseTo(1 - (body.results[0]?.score as number), 9);
  });

  it('looks among fewer pages, leaves out words, and wants phrases', async () => {
    expect(paths(await find('money matters', '&prefix=Garden/')).every((path) => path.startsWith('Garden/'))).toBe(
      true,
    );
    expect(paths(await find('wages', '&tag=money'))).toEqual(['Office/Payroll']);
    expect(paths(await find('wages -salaries'))).not.toContain('Office/Payroll');
    expect(paths(await find('"outward facing bud" wages'))).toEqual(['Garden/Roses']);
  });

  it('says where each result stood, and which words are marked', async () => {
    const { results } = await find('salaries', '&explain=true');
    const [first] = results as { snippet: string; marks: [number, number][]; section_path: string }[];

    expect(first).toMatchObject({
      explain: { keyword: { rank: 1 }, semantic: { rank: 1 } },
      section_path: 'Office/Payroll > Payroll',
    });
    expect(first?.marks.map(([start, end]) => first.snippet.slice(start, end))).toEqual(['Salaries']);
  });

  it('tells which pages are about the same', async () => {
    await rest.put('/pages/Office/Salary', {
      content: '# Salary\n\nYour pay arrives on the last working day of every month.\n',
    });
    await find('salary');

    const { status, body } = await rest.get('/pages/Office%2FPayroll/related?limit=3');

    expect(status, JSON.stringify(body)).toBe(200);
    expect((body.related as { path: string }[])[0]?.path).toBe('Office/Salary');
    expect(body.related).not.toContainEqual(expect.objectContaining({ path: 'Office/Payroll' }));
    expect((await rest.get('/pages/Nowhere/related')).status).toBe(404);
  });

  it('tells an agent that creates a page which one is like it', async () => {
    const agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
    const content = '# Pay day\n\nSalaries are paid on the last working day of each month.\n';

    const made = await agent.does('write_note', { path: 'Office/Pay day', content });
    expect(made.text).toContain('Similar pages, maybe one is enough: ');
    expect(made.data.similar).toContain('Office/Payroll');

    const other = await agent.does('write_note', { path: 'Kitchen/Soup', content: '# Soup\n\nBoil leeks in water.\n' });
    expect(other.data.similar).toBeUndefined();
    await agent.close();
  });

  it('tells an agent no more than it can read', async () => {
    const text = 'A whale is a mammal of the sea that breathes air and sings. '.repeat(15);
    const operations = Array.from({ length: 60 }, (_, n) => {
      return { op: 'write', path: `Whales/${n}`, content: `# Whale ${n}\n\n${text}\n` };
    });
    expect((await rest.post('/batch', { operations })).status).toBe(200);
    await find('whales');
    const agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);

    const said = await agent.does('semantic_search', { query: 'which animal sings in the sea', n: 50 });

    expect(said.text.length).toBeLessThan(25_000);
    expect(said.text).toMatch(/\d+ more would be too long here/);
    expect(said.data.results.length).toBeGreaterThan(10);
    await agent.close();
    await rest.post('/batch', { operations: operations.map(({ path }) => ({ op: 'delete', path })) });
  });

  it('finds what a page says now, and nothing of what it said or of what is gone', async () => {
    const content = '# Payroll\n\nThe lighthouse keeper feeds the seagulls.\n';
    const { revision } = (await rest.get('/pages/Office/Payroll')).body;
    const written = await rest.put('/pages/Office/Payroll', { content, revision });
    expect(written.status, JSON.stringify(written.body)).toBe(200);
    expect(paths(await find('birds by the sea'))[0]).toBe('Office/Payroll');
    const { body } = await rest.get('/semantic-search?n=50&q=salaries');
    const [now] = (body.results as { path: string; text: string }[]).filter(({ path }) => path === 'Office/Payroll');
    expect(now?.text).toContain('lighthouse');
    expect(JSON.stringify(now)).not.toContain('Salaries');

    const gone = await rest.delete(`/pages/Office/Payroll?revision=${written.body.revision as string}`);
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);
    expect(paths(await find('birds by the sea'))).not.toContain('Office/Payroll');
    const after = await rest.get('/semantic-search?n=50&q=birds');
    expect(paths(after.body)).not.toContain('Office/Payroll');
  });

  it('heals when its files are gone', async () => {
    await rm(join(app.dataDir, 'index'), { recursive: true });

    const body = await find('how many days may I be away');

    expect(paths(body)[0]).toBe('Office/Holidays');
    expect(body.meaning).toMatchObject({ behind: 0 });
  });

  it('is built anew when someone asks for it, once at a time', async () => {
    const answers = await Promise.all([rest.post('/reindex'), rest.post('/reindex')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);

    await expect
      .poll(async () => (await rest.get('/reindex/status')).body.status, { timeout: 20_000 })
      .toBe('complete');
    const { body } = await rest.get('/reindex/status');
    expect(body.meaning).toMatchObject({ pages_read: body.pages_indexed, set_aside: [] });
    expect(paths(await find('how many days may I be away'))[0]).toBe('Office/Holidays');
  });
});

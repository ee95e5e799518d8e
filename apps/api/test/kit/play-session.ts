import { frontmatterBlock } from '@lib/markdown';
import { makeDemo } from '../../src/demo/demo-wiki.js';
import type { RecordedCall, RecordedEdit, RecordedSession } from '../../src/web/landing/recorded-session.js';
import type { TestApp } from './app.js';
import { connect, type McpSession } from './mcp-client.js';
import { RestClient } from './rest-client.js';
import { WebClient } from './web-client.js';

const password = 'correct horse battery';
const path = 'Questions/Why does the radar read low on summer evenings';
const mara = { person: 'Mara Lindqvist', agent: 'notebook' };
const ines = { person: 'Ines Caldeira', agent: null };
const seen = {
  before: 'a swarm would have to be there for hours',
  after: 'a swarm would have to be there for hours; nobody has seen one',
};
const planned = {
  before: 'The next test is to cut the weed.',
  after:
    'The next test is to cut the weed, at the first low water of springs in June 2027, and to compare two weeks before and after.',
};

/**
 * Plays the example of the landing page on a new demo wiki: an agent looks something up and writes, and while it does, a
 * person changes the same page in the browser.
 */
export async function playSession(app: TestApp): Promise<RecordedSession> {
  const { people, tokens } = app.rooms;
  await people.create({ username: 'mara', displayName: mara.person });
  const { made } = await makeDemo(app.rooms, 'mara', undefined);
  await people.setPassword('ines', password);
  const { secret } = await tokens.createFor('mara', { label: mara.agent, verbs: ['read', 'write'] });
  const at = `/@mara/${made.wiki.slug}`;
  const rest = new RestClient(app.url, secret).under(`${at}/api/v1`);
  await readForMeaning(rest);
  const { body } = await rest.get('/pages?limit=1');
  const agent = await connect(`${app.url}${at}/mcp`, secret);

  const question = 'instrument gives too small a value at dusk when there is no breeze';
  const found = await call(agent, 'search_notes', { query: question, mode: 'semantic', limit: 3 });
  const read = await withLooks(app, await call(agent, 'read_note', { path }));
  const edit = await editInBrowser(new WebClient(app.url), at);
  const written = await call(agent, 'edit_note', {
    ...{ path, revision: revisionIn(read.answer), old_string: planned.before, new_string: planned.after },
    commit_message: 'Say when the weed is cut',
  });
  const history = await call(agent, 'get_history', { path, limit: 10 });
  await agent.close();
  return {
    wiki: { name: made.wiki.name, pages: body.total as number },
    recordedAt: new Date().toISOString(),
    steps: [found, read, edit, written, history],
  };
}

/** Waits until all pages can be found by meaning. */
async function readForMeaning(rest: RestClient): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    const { body } = await rest.get('/search?q=tide&wait_index=20000');
    if (body.mode === 'hybrid' && (body.meaning as { behind: number }).behind === 0) return;
  }
  throw new Error('The demo was not read for its meaning.');
}

async function call(agent: McpSession, tool: string, given: RecordedCall['arguments']): Promise<RecordedCall> {
  const { text, data } = await agent.does(tool, given);
  const page = typeof data.content === 'string' ? { path: given['path'] as string, content: data.content } : null;
  return { kind: 'call', by: mara, tool, arguments: given, answer: text, page, html: null };
}

/** The page without its properties and its title, as it looks; its links lead nowhere, for the wiki is not here. */
async function withLooks({ rooms }: TestApp, step: RecordedCall): Promise<RecordedCall> {
  const content = step.page?.content ?? '';
  const text = content.slice(frontmatterBlock(content)?.bodyStart ?? 0).replace(/^\s*# .*\n/, '');
  const page = { path: '', text, order: 'target-first', places: new Map(), embeds: new Map() } as const;
  return { ...step, html: (await rooms.renderer.show(page, { base: '' }))?.html ?? null };
}

async function editInBrowser(browser: WebClient, at: string): Promise<RecordedEdit> {
  await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', { login: 'ines', password });
  const form = await browser.open(`${at}/-/edit/${encodeURIComponent(path)}`);
  const content = (await browser.open(`${at}/${encodeURIComponent(path)}.md`)).text.replace(seen.before, seen.after);
  const message = 'Asked everybody about insects';
  const saved = await browser.submit(form, '/-/edit/' + encodeURI(path), { content, message });
  if (saved.status !== 200) throw new Error(`The page was not saved: ${saved.status} ${saved.main}`);
  return { kind: 'edit', by: ines, path, message, removed: seen.before, added: seen.after };
}

const revisionIn = (answer: string): string => /\b[0-9a-f]{7,40}\b/.exec(answer)?.[0] ?? '';

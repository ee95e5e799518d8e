import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddingTrouble } from '../../../../libs/search/test/kit/embedding.js';
import { startApp, type TestApp } from '../kit/app.js';
import { aBrowser, chromiumPath, Visitor } from '../kit/browser.js';
import { GitClient } from '../kit/git-client.js';
import { aMailSink, type MailSink } from '../kit/mail-sink.js';
import { connect, type McpSession } from '../kit/mcp-client.js';
import { aFreePort } from '../kit/free-port.js';

const password = 'correct horse battery';
const note = '# Oystercatcher\n\nIt opens mussels with its bill, and breeds on shingle. See [[Home]].\n';
const longer = `${note}\nSeen today on the east bank.\n`;

/** The words that a shell makes of a command, which is not run. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/** Where the command for Claude Code leads, and the token it carries. */
function connectionIn(command: string): { name: string; url: string; token: string } {
  const words = wordsOf(command);
  expect(words.slice(0, 5)).toEqual(['claude', 'mcp', 'add', '--transport', 'http']);
  const [, token = ''] = /^Authorization: Bearer (\S+)$/.exec(words[words.indexOf('--header') + 1] ?? '') ?? [];
  return { name: words[5] ?? '', url: words[6] ?? '', token };
}

describe.skipIf(chromiumPath === undefined || embeddingTrouble !== null)('the way of a newcomer', () => {
  let app: TestApp;
  let browser: Browser;
  let git: GitClient;
  let mails: MailSink;
  /** Where it is found, as its pages tell. */
  let site: string;
  let alice: Visitor;
  let bob: Visitor;
  let agent: McpSession | undefined;
  const refused: string[] = [];
  const took: [step: string, seconds: number][] = [];

  beforeAll(async () => {
    mails = await aMailSink();
    const port = String(await aFreePort());
    site = `http://localhost:${port}`;
    const variables = { PORT: port, BASE_URL: site, SIGN_UP: 'open', SEARCH_BY_MEANING: 'on', SMTP_URL: mails.url };
    app = await startApp(variables);
    [browser, git] = await Promise.all([aBrowser(), GitClient.create()]);
    [alice, bob] = await Promise.all([Visitor.of(browser, site), Visitor.of(browser, site)]);
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site });
    for (const { page } of [alice, bob]) {
      page.on('response', (answer) => answer.status() === 429 && refused.push(answer.url()));
    }
  }, 60_000);
  afterAll(async () => {
    await agent?.close();
    await browser?.close();
    await git?.remove();
    await app?.stop();
    await mails?.close();
  });

  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const made = await work();
    took.push([name, (performance.now() - start) / 1000]);
    return made;
  };

  const signUp = async (page: Page, username: string) => {
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Make an account' }).first().click();
    await page.fill('input[name=username]', username);
    await page.fill('input[name=email]', `${username}@example.org`);
    await page.fill('input[name=password]', password);
    await Promise.all([page.waitForURL('**/auth/sent**'), page.press('input[name=password]', 'Enter')]);
    const { links } = await mails.newest(`${username}@example.org`);
    await page.goto(links.find((link) => link.includes('/auth/confirm')) ?? '');
    await page.fill('input[name=password]', password);
    await Promise.all([page.waitForURL('/'), page.press('input[name=password]', 'Enter')]);
  };

  const createWiki = async (page: Page) => {
    await page.getByRole('main').getByRole('link', { name: 'New wiki' }).first().click();
    await page.fill('input[name=name]', 'Shore notes');
    await page.fill('textarea[name=purpose]', 'What we see on the shore');
    expect(await page.inputValue('input[name=slug]')).toBe('shore-notes');
    await page.getByRole('button', { name: 'Make the wiki' }).click();
    await page.getByText('Waiting for the first call').waitFor();
    await page.locator('pre', { hasText: 'claude mcp add' }).getByRole('button').click();
    return connectionIn(await page.evaluate(() => navigator.clipboard.readText()));
  };

  const letAgentWrite = async (page: Page, { url, token }: { url: string; token: string }) => {
    const loads: string[] = [];
    page.on('load', () => loads.push(page.url()));
    agent = await connect(url, token);
    await page.getByText('is connected').waitFor();
    await agent.does('write_note', { path: 'Birds/Oystercatcher', content: note, commit_message: 'First note' });
    await page.getByRole('link', { name: 'Birds/Oystercatcher' }).waitFor();
    expect(loads).toEqual([]);
  };

  const edit = async (page: Page) => {
    await page.getByRole('link', { name: 'Birds/Oystercatcher' }).click();
    await page.waitForURL('**/@alice/shore-notes/Birds/Oystercatcher');
    await page.keyboard.press('e');
    await page.waitForSelector('.cm-content:focus');
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('\nSeen today on the east bank.\n');
    await page.keyboard.press('ControlOrMeta+s');
    await page.waitForURL('**/@alice/shore-notes/Birds/Oystercatcher');
    await page.getByText('on the east bank').waitFor();
  };

  const seeHistory = async (page: Page) => {
    await page.goto('/@alice/shore-notes/-/history/Birds/Oystercatcher');
    const lines = await page.locator('.site-table .site-change').allTextContents();
    expect(lines.filter((line) => line.includes('by an agent'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('in the browser'))).toHaveLength(1);
  };

  const pull = async () => {
    await git.run(['-C', 'shore', 'pull', '--quiet']);
    const log = await git.run(['-C', 'shore', 'log', '--format=%an %s', '--', 'Birds/Oystercatcher.md']);
    expect(log.trim().split('\n')).toHaveLength(2);
    expect(await git.run(['-C', 'shore', 'show', 'HEAD:Birds/Oystercatcher.md'])).toBe(longer);
  };

  const search = async (page: Page) => {
    const rest = `${site}/@alice/shore-notes/api/v1/search?wait_index=20000&q=wader`;
    await page.request.get(rest);
    await page.goto(`/@alice/shore-notes/-/search?q=${encodeURIComponent('a wading animal that eats shellfish')}`);
    expect(await page.locator('.site-page ol > li').first().textContent()).toContain('Oystercatcher');
  };

  const letBobRead = async (page: Page) => {
    await page.goto('/wikis/alice/shore-notes/members');
    await page.fill('input[name=login]', 'bob');
    await page.selectOption('select[name=role]', 'viewer');
    await page.press('input[name=login]', 'Enter');
    await page.getByText('@bob').waitFor();
  };

  const bobReads = async (page: Page) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Shore notes' }).first().click();
    await page.goto('/@alice/shore-notes/Birds/Oystercatcher');
    await page.getByText('on the east bank').waitFor();
    expect(await page.locator('a[href*="/-/edit/"]').count()).toBe(0);
    const refusal = await page.goto('/@alice/shore-notes/-/edit/Birds/Oystercatcher');
    expect(refusal?.status()).toBe(403);
  };

  /** What came of it stands in the wiki itself, written as everything else there. */
  const writeDown = async (page: Page) => {
    const rows = took.map(([name, seconds]) => `| ${name} | ${seconds.toFixed(1)} |`);
    const content = `# The way of a newcomer\n\n| Step | Seconds |\n| --- | ---: |\n${rows.join('\n')}\n`;
    await agent?.does('write_note', { path: 'Meta/Launch', content, commit_message: 'What came of the launch' });
    await page.goto('/@alice/shore-notes/Meta/Launch');
    expect(await page.locator('article tbody tr').count()).toBe(took.length);
  };

  it('leads from the landing page to an agent that writes, and to a second reader, in no three minutes', async () => {
    await step('sign up', () => signUp(alice.page, 'alice'));
    const found = await step('make a wiki', () => createWiki(alice.page));
    const from = new URL(found.url.replace(/\/mcp$/, '.git'));
    Object.assign(from, { username: 'alice', password: found.token });
    await step('clone', () => git.run(['clone', '--quiet', from.href, 'shore']));
    await step('connect an agent, which writes', () => letAgentWrite(alice.page, found));
    await step('edit in the browser', () => edit(alice.page));
    await step('look at the history', () => seeHistory(alice.page));
    await step('pull', pull);
    await step('search by meaning', () => search(alice.page));
    await step('a second person signs up', () => signUp(bob.page, 'bob'));
    await step('let them read', () => letBobRead(alice.page));
    await step('they read, and cannot change', () => bobReads(bob.page));
    await writeDown(alice.page);

    expect(refused).toEqual([]);
    expect([...alice.troubles, ...bob.troubles].filter((text) => !text.includes('status of 403'))).toEqual([]);
  }, 180_000);
});

import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aBrowser, chromiumPath, phone, Visitor } from '../kit/browser.js';
import { connect } from '../kit/mcp-client.js';

const password = 'correct horse battery';

describe.skipIf(chromiumPath === undefined)('an agent is connected in a browser', { timeout: 120_000 }, () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), aBrowser()]);
    await app.rooms.people.create({ username: 'alice', password });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('from the name of a wiki to the first page the agent writes, without a reload', async () => {
    const alice = await Visitor.of(browser, app.url);
    const { page } = alice;
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await alice.signIn('alice', password);
    await page.goto('/new');
    await page.getByLabel('Name', { exact: true }).fill("Alice's Größen");
    expect(await page.getByLabel('Short name in addresses').inputValue()).toBe('alices-grossen');
    expect(await page.locator('output').textContent()).toMatch(/\/@alice\/alices-grossen$/);
    await page.getByLabel('Short name in addresses').fill('sizes');
    await page.getByLabel('Name', { exact: true }).fill('Sizes');
    expect(await page.getByLabel('Short name in addresses').inputValue()).toBe('sizes');
    expect(await alice.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Make the wiki' }).click();
    await page.waitForURL('**/wikis/alice/sizes/connect');
    expect(await alice.barriers()).toEqual([]);
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    expect(await page.getByText('Waiting for the first call').isVisible()).toBe(true);

    await page.getByRole('button', { name: 'Copy: Claude Code' }).click();
    await page.getByRole('button', { name: 'Copied: Claude Code' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' }).split('\n');
    // The server of a test listens on another port than its addresses say.
    const agent = await connect(app.url + new URL(words[6] ?? '').pathname, words[8]?.split(' ').at(-1) ?? '');
    const called = performance.now();
    await page.getByText('“wiki token” is connected.').waitFor();
    expect(performance.now() - called).toBeLessThan(5_000);
    await agent.does('write_note', { path: 'First Note', content: 'From the agent.\n' });
    await agent.close();
    const link = page.getByRole('link', { name: 'First Note' });
    await link.waitFor();
    expect(await alice.barriers()).toEqual([]);
    expect(await page.evaluate(() => (window as { isSame?: boolean }).isSame)).toBe(true);
    await link.click();
    await page.getByText('From the agent.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/@alice/sizes/First%20Note');
    expect(alice.troubles).toEqual([]);
    await alice.leave();
  });

  it('asks only while the page is looked at', async () => {
    const alice = await Visitor.of(browser, app.url);
    const { page } = alice;
    await alice.signIn('alice', password);
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().includes('/connect/calls'))));
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', {
        get: () => document.documentElement.dataset.seen ?? 'hidden',
      });
    });
    await page.clock.install();
    await page.goto('/wikis/alice/sizes/connect');
    await page.clock.runFor(60_000);
    expect(asked).toBe(0);

    await page.evaluate(() => {
      document.documentElement.dataset.seen = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.runFor(1_500);
    await expect.poll(() => asked).toBe(1);
    expect(alice.troubles).toEqual([]);
    await alice.leave();
  });

  it('looks right on a phone, in both themes, and its tokens too', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const alice = await Visitor.of(browser, app.url, { theme, viewport: phone });
      const { page } = alice;
      await alice.signIn('alice', password);
      for (const path of ['/new', '/wikis/alice/sizes/connect', '/wikis/alice/sizes/tokens', '/account/tokens']) {
        await page.goto(path);
        await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
        expect(await alice.barriers(), path).toEqual([]);
        expect(await alice.overflow(), path).toBe(0);
      }
      expect(alice.troubles).toEqual([]);
      await alice.leave();
    }
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { aBrowser, chromiumPath, desk, phone, Visitor } from '../kit/browser.js';

const paths = ['/docs', '/docs/operating', '/docs/search?q=back+up'];

describe.skipIf(chromiumPath === undefined)('the documentation in a browser', { timeout: 120_000 }, () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), aBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it.each([
    ['light', phone],
    ['dark', phone],
    ['light', desk],
    ['dark', desk],
  ] as const)('can be used by everybody, %s and on %o', async (theme, viewport) => {
    const visitor = await Visitor.of(browser, app.url, { theme, viewport });
    for (const path of paths) {
      await visitor.page.goto(path);
      expect([path, await visitor.barriers(), await visitor.overflow()]).toEqual([path, [], 0]);
    }
    expect(visitor.troubles).toEqual([]);
    await visitor.leave();
  });

  it('is led through by its list and its search, on a phone as well', async () => {
    const visitor = await Visitor.of(browser, app.url, { viewport: phone });
    const { page } = visitor;
    await page.goto('/docs/getting-started');
    const list = page.getByRole('navigation', { name: 'Pages of the documentation' });
    expect(await list.isVisible()).toBe(false);
    await page.getByText('Pages of the documentation').click();
    await list.getByRole('link', { name: 'Moving from Obsidian' }).click();
    await page.waitForURL('**/docs/moving/obsidian');

    await page.keyboard.press('/');
    await page.keyboard.type('conflict markers');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/search?q=conflict+markers');
    await page.locator('.site-list a').first().click();

    await page.waitForURL(/\/docs\/[\w/-]+#[\w-]+$/);
    const anchor = decodeURIComponent(new URL(page.url()).hash);
    expect(await page.locator(anchor).isVisible()).toBe(true);
    expect(visitor.troubles).toEqual([]);
    await visitor.leave();
  });

  it('shows where one is in a list that is longer than the screen', async () => {
    const visitor = await Visitor.of(browser, app.url, { viewport: { width: 1280, height: 500 } });
    await visitor.page.goto('/docs/contributing');
    const current = visitor.page.locator('.manual-pages [aria-current]');

    const { top = 999 } = (await current.evaluate((link) => link.getBoundingClientRect().toJSON())) as { top?: number };
    expect(top).toBeLessThan(500);
    expect(await visitor.page.evaluate(() => scrollY)).toBe(0);
    await visitor.leave();
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, Visitor } from '../kit/browser.js';
import { aGarden, type Garden, password } from './a-garden.js';

describe.skipIf(chromiumPath === undefined)('finding in a browser', { timeout: 120_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let alice: Visitor;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden(), aBrowser()]);
    alice = await Visitor.of(browser, garden.app.url);
    await alice.signIn('alice', password);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  it.each(['ControlOrMeta+k', '/'])('is a palette away, by %s, and needs no mouse', async (key) => {
    const { page } = alice;
    await page.goto(garden.base);
    await page.keyboard.press(key);
    await page.locator('dialog [role=combobox]:focus').waitFor();
    await page.keyboard.type('tul');
    await page.locator('dialog [role=option]', { hasText: 'Tulips' }).first().waitFor();
    expect(await alice.barriers()).toEqual([]);

    await page.keyboard.press('Enter');

    await page.waitForURL(`**${garden.base}/Beds/Tulips`);
  });

  it('closes with Escape and gives the focus back', async () => {
    const { page } = alice;
    await page.goto(garden.base);
    const link = page.locator('article a').first();
    await link.focus();
    await page.keyboard.press('ControlOrMeta+k');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');

    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('has single keys, a list of them, and a way to turn them off', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/Soil`);
    await page.keyboard.press('?');
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    expect(await alice.barriers()).toEqual([]);
    await dialog.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await page.keyboard.press('?');
    expect(new URL(page.url()).pathname).toBe(`${garden.base}/Soil`);

    await page.locator('.site-keys').click();
    await dialog.getByRole('checkbox').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await page.waitForURL(`**${garden.base}/-/history/Soil`);
  });

  it('draws the links of the wiki, and says the same in words', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/graph`);
    const canvas = page.locator('canvas');
    await canvas.waitFor();
    const painted = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? [];
        return new Set(data).size;
      });
    await expect.poll(painted).toBeGreaterThan(10);
    expect(await page.locator('table').textContent()).toContain('Soil');
    expect(await alice.barriers()).toEqual([]);
  });

  it('is light or dark as one chooses, at once and on the next page', async () => {
    const { page } = alice;
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(garden.base);
    const light = await paper();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    await expect.poll(paper).not.toBe(light);
    const dark = await paper();
    await page.goto(`${garden.base}/Soil`);
    expect(await paper()).toBe(dark);
    expect(await alice.barriers()).toEqual([]);
    await page.getByRole('radio', { name: 'System' }).check({ force: true });
    await expect.poll(paper).toBe(light);
  });

  it('leaves no error behind', () => {
    expect(alice.troubles).toEqual([]);
  });
});

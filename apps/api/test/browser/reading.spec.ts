import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, phone, Visitor } from '../kit/browser.js';
import { aGarden, type Garden } from './a-garden.js';

describe.skipIf(chromiumPath === undefined)('reading in a browser', { timeout: 120_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden(), aBrowser()]);
    visitor = await Visitor.of(browser, garden.app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  it('follows where one is in the table of contents', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 1280, height: 400 });
    await page.goto(`${garden.base}/Everything`);
    const current = page.locator('[data-contents] [aria-current]');
    expect(await current.textContent()).toBe('Everything');

    await page.getByRole('link', { name: 'Blocks', exact: true }).click();

    await expect.poll(() => current.textContent()).toBe('Blocks');
    expect(new URL(page.url()).hash).toBe('#blocks');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('is led past the ways at the side by the keyboard, and sees where it is', async () => {
    const { page } = visitor;
    await page.goto(`${garden.base}/Everything`);
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).toBe('Skip to the text');
    expect(await focused.evaluate((link) => link.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('site-main');

    // Everything that can be reached shows that it has been.
    const unseen: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const shown = await focused.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      });
      if (!shown) unseen.push(await focused.evaluate((element) => element.outerHTML.slice(0, 120)));
      if (await focused.evaluate((element) => element.closest('footer') !== null)) break;
    }
    expect(unseen).toEqual([]);
  });

  it('copies code with a button', async () => {
    const { page, context } = visitor;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${garden.base}/Everything`);
    await page.getByRole('button', { name: 'Copy' }).first().click();

    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('def water(plants):');
  });

  it('reads the same page without any script', async () => {
    const plain = await Visitor.of(browser, garden.app.url, { hasScript: false, viewport: phone });
    await plain.page.goto(`${garden.base}/Beds/Roses`);
    expect(await plain.page.textContent('article h1')).toBe('Roses');
    await plain.page.fill('input[type=search]', 'rain');
    await plain.page.press('input[type=search]', 'Enter');
    await plain.page.getByRole('link', { name: 'Soil' }).first().click();
    expect(await plain.page.textContent('article')).toContain('It smells of rain.');
    await plain.leave();
  });

  it('looks right from right to left', async () => {
    const { page } = visitor;
    await page.goto(`${garden.base}/Everything`);
    const hebrew = page.getByText('שלום עולם');
    expect(await hebrew.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    expect(await page.locator('h3', { hasText: 'עברית' }).getAttribute('id')).toBe('עברית');
  });

  it('draws diagrams, and says in words what they say', async () => {
    const { page } = visitor;
    await page.goto(`${garden.base}/Everything`);
    const drawing = page.locator('.wb-diagram img, img[src^="data:image/svg+xml"]').first();
    await drawing.waitFor();
    expect(await drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
    expect(await page.locator('main').textContent()).toContain('Seed --> Plant --> Flower');
    expect(await visitor.barriers()).toEqual([]);
  });

  it('draws diagrams in the theme that is chosen, whatever the browser likes', async () => {
    const { page } = visitor;
    await page.goto(`${garden.base}/Everything`);
    await page.locator('img.site-diagram-light').waitFor();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    await page.locator('img.site-diagram-dark').waitFor();

    await page.reload();
    await page.locator('img.site-diagram-dark').waitFor();
    await page.getByRole('radio', { name: 'System' }).check({ force: true });
    await page.locator('img.site-diagram-light').waitFor();
  });

  it('leaves no error behind', () => {
    expect(visitor.troubles).toEqual([]);
  });
});

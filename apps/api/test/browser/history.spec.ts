import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, Visitor } from '../kit/browser.js';
import { aGarden, type Garden, password } from './a-garden.js';

describe.skipIf(chromiumPath === undefined)('history in a browser', { timeout: 120_000 }, () => {
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

  const stored = async (path: string) => (await garden.wiki.rest.get(`/pages/${encodeURIComponent(path)}`)).body;

  it('compares two revisions word by word', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/history/Soil`);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.locator('.site-diff').waitFor();

    expect(await page.locator('del').allTextContents()).toContain('dry');
    expect(await page.locator('ins').allTextContents()).toContain('wet');
    expect(await alice.barriers()).toEqual([]);
  });

  it('takes a change back and keeps what came later', async () => {
    await garden.wiki.rest.put('/pages/Plan', { content: 'one\n\ntwo\n\nthree\n' });
    const first = await stored('Plan');
    await garden.wiki.rest.put('/pages/Plan', { content: 'ONE\n\ntwo\n\nthree\n', revision: first['revision'] });
    const second = await stored('Plan');
    await garden.wiki.rest.put('/pages/Plan', { content: 'ONE\n\ntwo\n\nTHREE\n', revision: second['revision'] });

    const { page } = alice;
    await page.goto(`${garden.base}/-/commit/${String(second['revision'])}`);
    expect(await alice.barriers()).toEqual([]);
    await page.locator('form.site-undo button').click();
    await page.waitForURL((url) => !url.pathname.endsWith(String(second['revision'])));

    expect((await stored('Plan'))['content']).toBe('one\n\ntwo\n\nTHREE\n');
  });

  it('brings a deleted page back', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/delete/Beds/Tulips`);
    expect(await alice.barriers()).toEqual([]);
    await page.locator('main form button[type=submit]').click();
    await page.goto(`${garden.base}/Beds/Tulips`);
    expect(await page.locator('main').textContent()).toContain('Create this page');

    await page.goto(`${garden.base}/-/deleted`);
    expect(await alice.barriers()).toEqual([]);
    await page.getByRole('button', { name: /^Restore/ }).click();

    await page.goto(`${garden.base}/Beds/Tulips`);
    expect(await page.textContent('article h1')).toBe('Tulips');
  });

  it('is narrowed to a person and a door', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/changes`);
    await page.locator('summary', { hasText: 'Narrow down' }).click();
    expect(await alice.barriers()).toEqual([]);
    await page.goto(`${garden.base}/-/changes?person=alice&door=web`);

    const shown = await page.locator('.site-list > li').allTextContents();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((text) => text.includes('in the browser') || text.includes('web'))).toBe(true);
  });

  it('leaves no error behind', () => {
    expect(alice.troubles.filter((text) => !text.includes('status of 404'))).toEqual([]);
  });
});

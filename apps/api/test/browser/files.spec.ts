import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, phone, Visitor } from '../kit/browser.js';
import { aGarden, type Garden, password } from './a-garden.js';

const fileBytes = 200_000;

describe.skipIf(chromiumPath === undefined)('files in a browser', { timeout: 120_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let alice: Visitor;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden({ FILE_BYTES: String(fileBytes) }), aBrowser()]);
    alice = await Visitor.of(browser, garden.app.url);
    await alice.signIn('alice', password);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  const file = (name: string, text = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const names = () => alice.page.locator('.files-name').allTextContents();
  const said = () => alice.page.locator('form[data-upload] [role=status]').textContent();

  it('are uploaded one by one, and stand in the list when all are there', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/files/Soil`);
    await page.setInputFiles('input[type=file]', [file('a.txt'), file('b.txt')]);

    await page.click('form[data-upload] button[type=submit]');

    await expect.poll(names).toEqual(['a.txt', 'b.txt']);
    expect(alice.troubles).toEqual([]);
  });

  it('can be dropped on the form', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/files/Soil`);
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      return data;
    });

    for (const type of ['dragenter', 'dragover', 'drop'])
      await page.dispatchEvent('[data-drop]', type, { dataTransfer: dropped });

    await expect.poll(names).toContain('dropped.txt');
  });

  it('that are refused stay said, with the reason', async () => {
    const { page } = alice;
    await page.goto(`${garden.base}/-/files/Soil`);
    await page.setInputFiles('input[type=file]', [file('a.txt', 'other'), file('huge.bin', 'x'.repeat(fileBytes + 1))]);

    await page.click('form[data-upload] button[type=submit]');

    const faults = page.locator('.files-progress .site-fault');
    await expect
      .poll(() => faults.allTextContents())
      .toEqual(['There is a file "Soil/a.txt" already.', 'It is larger than a file may be.']);
    expect(await said()).toBe('huge.bin was not uploaded');
    await page.click('text=Show the list');
    await page.waitForSelector('.files-name >> text=a.txt');
    expect(await names()).not.toContain('huge.bin');
  });

  it('can be cancelled on their way and before', async () => {
    const { page, context } = alice;
    await page.goto(`${garden.base}/-/files/Soil`);
    // What is sent arrives nowhere until it was cancelled.
    await context.route('**/-/files/Soil', (route) =>
      route.request().method() === 'POST' ? undefined : route.continue(),
    );
    await page.setInputFiles('input[type=file]', [file('first.txt'), file('second.txt')]);
    await page.click('form[data-upload] button[type=submit]');

    await page.click('text=Cancel >> nth=1');
    await page.click('text=Cancel >> nth=0');

    const rows = page.locator('.files-progress li');
    await expect.poll(() => rows.allTextContents()).toEqual(['first.txt was cancelled', 'second.txt was cancelled']);
    await context.unroute('**/-/files/Soil');
    await page.reload();
    expect(await names()).not.toContain('first.txt');
  });

  it.each(['light', 'dark'] as const)('can be used by everybody, %s and on a phone', async (theme) => {
    const visitor = await Visitor.of(browser, garden.app.url, { theme, viewport: phone });
    await visitor.signIn('alice', password);
    for (const path of [
      'files',
      'files/Soil',
      'files?show=deleted',
      'attachment/Soil/a.txt',
      'rename-file/Soil/a.txt',
    ]) {
      await visitor.page.goto(`${garden.base}/-/${path}`);
      expect([path, await visitor.barriers(), await visitor.overflow()]).toEqual([path, [], 0]);
    }
    expect(visitor.troubles).toEqual([]);
    await visitor.leave();
  });
});

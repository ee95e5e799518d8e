import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, Visitor } from '../kit/browser.js';
import { aGarden, type Garden, password } from './a-garden.js';

describe.skipIf(chromiumPath === undefined)('writing in a browser', { timeout: 120_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let alice: Visitor;
  let bob: Visitor;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden(), aBrowser()]);
    alice = await Visitor.of(browser, garden.app.url);
    bob = await Visitor.of(browser, garden.app.url);
    await alice.signIn('alice', password);
    await bob.signIn('bob', password);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  const openEditor = async (page: Page, path: string) => {
    await page.goto(`${garden.base}/-/edit/${path}`);
    await page.waitForSelector('.cm-content:focus');
  };
  const write = async (page: Page, text: string) => {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  };
  const save = async (page: Page, path: string) => {
    await page.keyboard.press('ControlOrMeta+s');
    await page.waitForURL(`**${garden.base}/${path}`);
  };
  const stored = async (path: string) =>
    String((await garden.wiki.rest.get(`/pages/${encodeURIComponent(path)}`)).body['content']);

  it('shows beside the text what it will look like, completes links, and saves with the keyboard', async () => {
    const { page } = alice;
    await openEditor(page, 'Paths/Gravel');
    await write(page, '# Gravel\n\nBeside **stones**, near ');
    await page.keyboard.type('[[Beds/Ro');
    await page.waitForSelector('.cm-tooltip-autocomplete li[aria-selected]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.site-preview strong');
    await page.waitForSelector('.site-preview a[href$="/Beds/Roses"]');

    await save(page, 'Paths/Gravel');

    expect(await page.textContent('article strong')).toBe('stones');
    expect(await stored('Paths/Gravel')).toContain('near [[Beds/Roses]]');
  });

  it('attaches a picture that is pasted, and shows it', async () => {
    const { page } = alice;
    await openEditor(page, 'Pictures');
    await write(page, 'A dot:\n\n');
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 8;
      canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const data = new DataTransfer();
      data.items.add(new File([blob ?? ''], 'dot.png', { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('.cm-content')?.dispatchEvent(paste);
    });
    await page.getByText('![[Pictures/dot.png]]').first().waitFor();
    await save(page, 'Pictures');

    const picture = page.locator('article img');
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
  });

  it('keeps a draft that survives the end of the browser, and warns before it is left', async () => {
    const carol = await Visitor.of(browser, garden.app.url);
    await carol.signIn('alice', password);
    await openEditor(carol.page, 'Unfinished');
    const kept = carol.page.waitForResponse((answer) => answer.url().includes('/-/draft/') && answer.ok());
    await write(carol.page, 'Not quite done');
    await kept;
    await carol.leave();

    const { page } = alice;
    await page.goto(`${garden.base}/-/edit/Unfinished`);
    await page.click('a[href$="?draft=1"]');
    await page.waitForSelector('.cm-content:focus');
    expect(await page.textContent('.cm-content')).toBe('Not quite done');
    await page.keyboard.type('. ');
    const asked = page.waitForEvent('dialog');
    const leaving = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await leaving;
    await save(page, 'Unfinished');
    expect(await stored('Unfinished')).toContain('Not quite done');
  });

  it('puts together what two people change at once, and shows both where that cannot be', async () => {
    await openEditor(alice.page, 'Soil');
    await openEditor(bob.page, 'Soil');
    await write(alice.page, 'The soil is warm.\n\nIt smells of rain.\n');
    await write(bob.page, 'The soil is cold.\n\nIt smells of rain.\n');
    await save(alice.page, 'Soil');
    await bob.page.keyboard.press('ControlOrMeta+s');
    const conflict = bob.page.locator('main');
    await conflict.getByText('The soil is warm.').first().waitFor();

    expect(await conflict.textContent()).toContain('The soil is cold.');
    expect(await stored('Soil')).toBe('The soil is warm.\n\nIt smells of rain.\n');
    expect(await bob.barriers()).toEqual([]);

    const together = bob.page.getByLabel('The text to be saved');
    await together.fill('The soil is warm at noon and cold at night.\n\nIt smells of rain.\n');
    await bob.page.getByRole('button', { name: 'Save' }).click();
    await bob.page.waitForURL(`**${garden.base}/Soil`);
    expect(await stored('Soil')).toBe('The soil is warm at noon and cold at night.\n\nIt smells of rain.\n');
    await bob.page.goto(`${garden.base}/-/history/Soil`);
    expect(await bob.page.textContent('main')).toMatch(/bob[^]*alice/);
  });

  it('leaves no error behind', () => {
    const conflictAnswer = /status of (?:404|409)/;
    expect([...alice.troubles, ...bob.troubles].filter((text) => !conflictAnswer.test(text))).toEqual([]);
  });
});

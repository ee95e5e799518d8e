import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, phone, Visitor } from '../kit/browser.js';
import { zipOf } from '../kit/imports.js';
import { aGarden, type Garden, password } from './a-garden.js';

const vault = {
  'My Vault/.obsidian/app.json': '{}',
  'My Vault/Welcome.md': '# Welcome\n\n[[Ideas|my ideas]] ![[cat.png]] [[Nowhere]]\n',
  'My Vault/Ähren/Ideas.md': '# Ideas\n\nBack to [[Welcome]].\n',
  'My Vault/Attachments/cat.png': 'not really a cat',
  'My Vault/Odd: name.md': 'x',
};

describe.skipIf(chromiumPath === undefined)('an import in a browser', { timeout: 120_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let alice: Visitor;
  let folder: string;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden(), aBrowser()]);
    alice = await Visitor.of(browser, garden.app.url);
    await alice.signIn('alice', password);
    folder = await mkdtemp(join(tmpdir(), 'wikibot-vault-'));
    for (const [path, text] of Object.entries(vault)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const looked = async () => {
    expect(await alice.barriers()).toEqual([]);
    expect(await alice.overflow()).toBe(0);
  };

  it('of a vault shows what would come, makes the wiki, and leads to its pages', async () => {
    const { page } = alice;
    await page.goto('/import');
    await looked();
    const buffer = Buffer.from(zipOf(vault));
    await page.setInputFiles('#imports-file', { name: 'My Vault.zip', mimeType: 'application/zip', buffer });
    await page.click('#archive button[type=submit]');

    await page.getByRole('heading', { name: 'What would come' }).waitFor();
    await looked();
    expect(await page.locator('.imports-table').textContent()).toContain('There is Attachments/cat.png.');
    expect(await page.inputValue('#imports-slug')).toBe('my-vault');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('heading', { name: 'The wiki is there' }).waitFor();
    await looked();

    await page.getByRole('link', { name: 'Open the wiki' }).click();
    // A vault has no page that it begins with.
    await page.waitForURL('**/@alice/my-vault/-/index');
    await page.goto('/@alice/my-vault/%C3%84hren/Ideas');
    expect(await page.textContent('main')).toContain('Back to Welcome.');
    await page.goto('/wikis/alice/my-vault/copies');
    await looked();
    expect(alice.troubles).toEqual([]);
  });

  it('of a folder is packed by the browser, and comes with its paths', async () => {
    const { page } = alice;
    await page.goto('/import');
    await page.setInputFiles('#imports-folder', join(folder, 'My Vault'));
    await page.click('#folder button[type=submit]');

    await page.getByRole('heading', { name: 'What would come' }).waitFor();
    expect(await page.textContent('h1')).toContain('My Vault.tar');
    expect((await page.textContent('.imports-figures'))?.replace(/\s+/g, '')).toContain('Pages3');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.waitForURL('**/import');
    expect(alice.troubles).toEqual([]);
  });

  it('is done on a phone, in the dark, and without script', async () => {
    const small = await Visitor.of(browser, garden.app.url, { viewport: phone, theme: 'dark', hasScript: false });
    await small.signIn('alice', password);
    const { page } = small;
    await page.goto('/import');
    expect(await page.isVisible('#imports-folder')).toBe(false);
    const buffer = Buffer.from(zipOf({ '../climbing.md': 'x'.repeat(100) }));
    await page.setInputFiles('#imports-file', { name: 'a.zip', mimeType: 'application/zip', buffer });
    await page.click('#archive button[type=submit]');
    await expect
      .poll(async () => (await page.reload(), page.textContent('main')))
      .toContain('cannot be imported as it is');
    expect(await small.overflow()).toBe(0);
    await page.goto('/wikis/alice/my-vault/copies');
    expect(await small.overflow()).toBe(0);
    await page.goto('/import');
    expect(await small.overflow()).toBe(0);
    await small.leave();

    const dark = await Visitor.of(browser, garden.app.url, { viewport: phone, theme: 'dark' });
    await dark.signIn('alice', password);
    for (const address of ['/import', '/wikis/alice/my-vault/copies']) {
      await dark.page.goto(address);
      expect(await dark.barriers()).toEqual([]);
    }
    await dark.page.goto('/import');
    await dark.page.getByRole('link', { name: 'a.zip' }).click();
    expect(await dark.barriers()).toEqual([]);
    expect(await dark.overflow()).toBe(0);
    await dark.leave();
  });
});

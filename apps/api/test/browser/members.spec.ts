import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import { aBrowser, chromiumPath, desk, phone, Visitor } from '../kit/browser.js';

const password = 'correct horse battery';
const members = '/wikis/alice/closed/members';
const wiki = '/@alice/closed';

describe.skipIf(chromiumPath === undefined)('a wiki that is shared', { timeout: 180_000 }, () => {
  let app: TestApp;
  let browser: Browser;
  let alice: Visitor;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), aBrowser()]);
    await aWiki(app, 'alice', 'closed');
    await app.rooms.people.setPassword('alice', password);
    await app.rooms.people.create({ username: 'vera', password });
    alice = await Visitor.of(browser, app.url);
    await alice.signIn('alice', password);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Lets somebody in by the form, as far as the page that comes of it. */
  async function letIn(login: string, role: string) {
    const { page } = alice;
    await page.goto(members);
    await page.getByLabel('Username or e-mail address').fill(login);
    await page.getByRole('combobox', { name: 'Role' }).selectOption(role);
    await page.getByRole('button', { name: 'Let in' }).click();
    await page.waitForLoadState();
  }

  it('is read by whoever is let in as a viewer, and changed by nobody but those who may', async () => {
    const vera = await Visitor.of(browser, app.url);
    await vera.signIn('vera', password);
    expect((await vera.page.goto(wiki))?.status()).toBe(404);

    await letIn('vera', 'viewer');

    expect(await alice.page.getByRole('status').innerText()).toBe('The role is given.');
    expect((await vera.page.goto(wiki))?.status()).toBe(200);
    expect(await vera.page.getByRole('link', { name: 'New page' }).count()).toBe(0);
    expect((await vera.page.goto(`${wiki}/-/edit/Home`))?.status()).toBe(403);
    await vera.page.goto(wiki);
    await vera.page.getByText('This wiki as a whole').click();
    await vera.page.getByRole('link', { name: 'Members' }).click();
    expect(await vera.page.getByRole('listitem').filter({ hasText: '@vera' }).innerText()).toContain('Viewer');
    expect(await vera.page.getByRole('button', { name: 'Let in' }).count()).toBe(0);

    await vera.page.getByRole('link', { name: 'Leave this wiki' }).click();
    await vera.page.getByRole('button', { name: 'Leave' }).click();
    await vera.page.waitForURL('/');
    expect((await vera.page.goto(wiki))?.status()).toBe(404);
    expect(vera.troubles.filter((text) => !/status of 40[34]/.test(text))).toEqual([]);
    await vera.leave();
  });

  it('is joined with a link by somebody who had no account', async () => {
    await letIn('new@example.org', 'editor');
    const link = (await alice.page.locator('pre code').textContent()) ?? '';
    expect(await alice.page.evaluate(() => document.activeElement?.id)).toBe('site-made');
    const { pathname, search } = new URL(link);

    const nobody = await Visitor.of(browser, app.url);
    await nobody.page.goto(pathname + search);
    expect(await nobody.page.getByRole('main').innerText()).toContain('alice invites you to the wiki “closed”.');
    await nobody.page.getByLabel('Username').fill('nora');
    await nobody.page.getByLabel('Password').fill(password);
    await nobody.page.getByRole('button', { name: 'Make an account' }).click();
    await nobody.page.waitForURL('/');

    expect((await nobody.page.goto(`${wiki}/-/edit/Home`))?.status()).toBe(200);
    await alice.page.goto(members);
    expect(await alice.page.getByRole('listitem').filter({ hasText: '@nora' }).innerText()).toContain('Editor');
    expect(await alice.page.getByText('new@example.org').count()).toBe(0);
    await nobody.leave();
  });

  const looks = [
    { theme: 'light', viewport: desk, size: 'on a desk' },
    { theme: 'dark', viewport: phone, size: 'on a phone' },
  ] as const;

  it.each(looks)('is kept on pages without a barrier in the $theme theme $size', async ({ theme, viewport }) => {
    const owner = await Visitor.of(browser, app.url, { theme, viewport });
    await owner.signIn('alice', password);
    const { page } = owner;
    const found: Record<string, unknown> = {};
    const look = async (name: string) => {
      const [barriers, overflow] = [await owner.barriers(), await owner.overflow()];
      if (barriers.length > 0 || overflow > 0) found[name] = { barriers, overflow };
    };
    const settings = '/wikis/alice/closed/settings';
    for (const path of [members, `${members}/remove/nora`, `${members}/publish`, settings, '/wikis/deleted', wiki]) {
      await page.goto(path);
      await look(path);
    }
    await page.goto(members);
    await page.getByLabel('Username or e-mail address').fill('a-rather-long-address.of-somebody@mail.example.org');
    await page.getByRole('button', { name: 'Let in' }).click();
    await page.locator('pre code').waitFor();
    await look('a link');
    await page.getByLabel('Username or e-mail address').fill('nobody');
    await page.getByRole('button', { name: 'Let in' }).click();
    await page.locator('.site-fault').waitFor();
    await look('a fault');

    expect(found).toEqual({});
    expect(owner.troubles.filter((text) => !text.includes('status of 422'))).toEqual([]);
    await owner.leave();
  });

  it('is deleted and comes back', async () => {
    const { page } = alice;
    await page.goto('/wikis/alice/closed/settings');
    await page.getByLabel('Type alice/closed to confirm').fill('alice/closed');
    await page.getByRole('button', { name: 'Delete the wiki' }).click();
    await page.waitForURL(/\/wikis\/deleted/);
    expect(await page.getByRole('status').innerText()).toMatch(/“closed” is deleted\./);
    expect(await alice.barriers()).toEqual([]);
    expect((await page.goto(wiki))?.status()).toBe(404);

    await page.goto('/wikis/deleted');
    await page.getByRole('button', { name: 'Restore closed' }).click();
    await page.waitForURL(wiki);

    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });
});

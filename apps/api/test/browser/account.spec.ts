import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aBrowser, chromiumPath, Visitor } from '../kit/browser.js';
import { aMailSink, type MailSink } from '../kit/mail-sink.js';

const password = 'correct horse battery';

describe.skipIf(chromiumPath === undefined)('an account in a browser', { timeout: 120_000 }, () => {
  let sink: MailSink;
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    sink = await aMailSink();
    [app, browser] = await Promise.all([startApp({ SIGN_UP: 'open', SMTP_URL: sink.url }), aBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await sink?.close();
  });

  /** Mails name the address of the server as it is configured, which is another port than the test's. */
  const pathIn = async (to: string, count: number, sign: RegExp) => {
    const { links } = await sink.newest(to, count);
    const { pathname, search } = new URL(links.find((link) => sign.test(link)) ?? '');
    return pathname + search;
  };

  it('is made, confirmed by mail, signed out of everywhere, and got back when the password is forgotten', async () => {
    const dora = await Visitor.of(browser, app.url);
    const { page } = dora;
    await page.goto('/auth/sign-in');
    await page.getByRole('link', { name: 'Make an account' }).click();
    expect(await dora.barriers()).toEqual([]);
    await page.getByLabel('Username').fill('dora');
    await page.getByLabel('E-mail address').fill('dora@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Make an account' }).click();
    await page.waitForURL('**/auth/sent**');
    expect(await dora.barriers()).toEqual([]);

    await page.goto(await pathIn('dora@example.org', 1, /confirm/));
    expect(await dora.barriers()).toEqual([]);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    for (const address of ['/account', '/account/security']) {
      await page.goto(address);
      expect(await dora.barriers()).toEqual([]);
    }

    const elsewhere = await Visitor.of(browser, app.url);
    await elsewhere.signIn('dora@example.org', password);
    await page.goto('/account/security');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/account'));
    await elsewhere.page.goto('/account');
    expect(new URL(elsewhere.page.url()).pathname).toBe('/auth/sign-in');

    await page.goto('/auth/forgotten');
    expect(await dora.barriers()).toEqual([]);
    await page.getByLabel('E-mail address').fill('dora@example.org');
    await page.keyboard.press('Enter');
    await page.goto(await pathIn('dora@example.org', 2, /reset|password/));
    expect(await dora.barriers()).toEqual([]);
    await page.getByLabel('New password').fill('another horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/' || url.pathname.startsWith('/auth/sign-in'));
    await elsewhere.signIn('dora', 'another horse battery');

    const meant = /status of 40[34]/;
    expect([...dora.troubles, ...elsewhere.troubles].filter((text) => !meant.test(text))).toEqual([]);
    await Promise.all([dora.leave(), elsewhere.leave()]);
  });
});

import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';

const chrome = process.env.CHROMIUM ?? '/usr/bin/chromium';
const password = 'correct horse battery';

/** A port that is free now; the address under which passkeys are made has to be known before the server listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A device of the page's own that keeps passkeys; `touch` lets it answer by itself, or not. */
async function aDevice(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: false },
    },
  });
  return {
    touch: (enabled: boolean) => devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    kept: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    forget: () => devtools.send('WebAuthn.clearCredentials', { authenticatorId }),
  };
}

describe.skipIf(!existsSync(chrome))('passkeys in Chromium', () => {
  let app: TestApp;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${port}`;
    app = await startApp({ PORT: String(port), BASE_URL: origin, WILDCARD_DNS: 'true' });
    await aWiki(app, 'alice', 'cellar');
    await app.rooms.people.setPassword('alice', password);
    browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const passkeyButton = 'form[data-passkey]:not([hidden]) button';
  const atPath = (path: string) => (url: URL) => url.pathname === path;
  const signIn = async (page: Page, next: string) => {
    await page.goto(`${origin}/auth/sign-in?next=${encodeURIComponent(next)}`);
    await page.fill('#site-login', 'alice');
    await page.fill('#site-password', password);
    await page.click('form[action="/auth/sign-in"] button');
  };

  it('are added, and sign in by the button and where names are filled in', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const device = await aDevice(page);
    await signIn(page, '/account/security');
    await page.waitForURL(atPath('/account/security'));
    await device.touch(true);
    await page.fill('#site-passkey-name', 'Laptop of Alice');
    await page.click(passkeyButton);
    await page.waitForSelector('text=Laptop of Alice');
    expect(await device.kept()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

    await page.fill('#site-passkey-name', 'The same again');
    await page.click(passkeyButton);
    await page.waitForSelector('[data-fault]:not([hidden])');
    expect(await device.kept()).toHaveLength(1);

    await context.clearCookies();
    await device.touch(false);
    await page.goto(`${origin}/auth/sign-in?next=/account/security`);
    await device.touch(true);
    await page.click(passkeyButton);
    await page.waitForURL(atPath('/account/security'));

    await context.clearCookies();
    await page.goto(`${origin}/auth/sign-in?next=/account/security`);
    await page.waitForURL(atPath('/account/security'));
    expect(await page.textContent('main')).toContain('last used');
    await context.close();
  });

  it('that are nowhere to be found say so, and leave the form as it was', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const device = await aDevice(page);
    await device.touch(true);
    await page.goto(`${origin}/auth/sign-in`);
    await page.fill('#site-login', 'alice');
    await page.click(passkeyButton);
    await page.waitForSelector('[data-fault]:not([hidden])');

    expect(await page.textContent('[data-fault]')).toContain('You were not signed in');
    expect(await page.inputValue('#site-login')).toBe('alice');
    await context.close();
  });

  it('and the host of a wiki: the form of the platform leads to it, with a cookie of its own', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const wiki = origin.replace('localhost', 'alice.localhost');
    await page.goto(`${wiki}/cellar/Home`);
    await page.click('main a[href*="sign-in"]');
    await page.waitForURL((url) => url.origin === origin);
    await page.fill('#site-login', 'alice');
    await page.fill('#site-password', password);
    await page.click('form[action="/auth/sign-in"] button');
    await page.waitForURL(`${wiki}/cellar/Home`);

    const cookies = (await context.cookies()).filter(({ name }) => name === 'wikibot');
    expect(cookies.map(({ domain }) => domain).sort()).toEqual(['alice.localhost', 'localhost']);
    await page.click('form[action="/-/auth/sign-out"] button');
    await page.waitForURL(`${wiki}/-/auth/signed-out`);
    await page.click('main a[href$="/auth/sign-out"]');
    await page.click('form[action="/auth/sign-out"] button');
    await page.waitForURL(`${origin}/`);
    expect((await context.cookies()).filter(({ name }) => name === 'wikibot')).toEqual([]);
    await context.close();
  });
});

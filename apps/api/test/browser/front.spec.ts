import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../src/demo/demo-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { aBrowser, chromiumPath, desk, phone, Visitor } from '../kit/browser.js';
import { connect } from '../kit/mcp-client.js';

const password = 'correct horse battery';
const looks = [
  { theme: 'light', viewport: desk, size: 'on a desk' },
  { theme: 'dark', viewport: phone, size: 'on a phone' },
] as const;

describe.skipIf(chromiumPath === undefined)('the front of the house in a browser', { timeout: 120_000 }, () => {
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp({ SIGN_UP: 'open', MAX_PAGES: '500' }), aBrowser()]);
    const { people, tokens, acl, actors, drafts, visits } = app.rooms;
    await people.create({ username: 'mara', displayName: 'Mara Lindqvist', password });
    await people.create({ username: 'newcomer', password });
    await makeDemo(app.rooms, 'mara', undefined);
    const person = await actors.byUsername('mara', 'web');
    const access = await acl.require('page.write', person, { owner: 'mara', slug: 'shore' });
    await visits.look(person.userId ?? '', new Map([[access.wiki.id, 180]]), new Date(Date.now() - 86_400_000));
    const writing = { ...access, actor: { ...person, kind: 'person' as const } };
    await drafts.keep(writing, { path: 'Species/Red knot', content: 'A wader.', revision: null });
    const { secret } = await tokens.createFor('mara', { label: 'Claude', verbs: ['read', 'write'] });
    const agent = await connect(`${app.url}/@mara/shore/mcp`, secret);
    await agent.does('write_note', { path: 'Species/Common cockle', content: '# Common cockle\n\nLives in sand.\n' });
    await agent.close();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('leads a visitor from the landing page to making an account, and to signing in and an empty desk', async () => {
    const visitor = await Visitor.of(browser, app.url, { hasScript: false });
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('link', { name: 'Make an account' }).first().click();
    expect(await page.locator('form[action="/auth/sign-up"] input[name=username]').count()).toBe(1);
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).first().click();
    await page.fill('input[name=login]', 'newcomer');
    await page.fill('input[name=password]', password);
    await Promise.all([page.waitForURL('/'), page.press('input[name=password]', 'Enter')]);

    expect(await page.textContent('h2')).toBe('Begin with a wiki');
    expect(await page.getByRole('link', { name: 'New wiki' }).getAttribute('href')).toBe('/new');
    await visitor.leave();
  });

  it.each(looks)('keeps nobody out, and is no wider than the window ($theme, $size)', async ({ theme, viewport }) => {
    const visitor = await Visitor.of(browser, app.url, { theme, viewport });
    const look = async (path: string) => {
      await visitor.page.goto(path);
      expect([path, await visitor.barriers(), await visitor.overflow()]).toEqual([path, [], 0]);
    };

    for (const path of ['/', '/@mara', '/@newcomer', '/terms', '/privacy']) await look(path);
    await visitor.signIn('newcomer', password);
    await look('/');
    await visitor.context.clearCookies();
    await visitor.signIn('mara', password);
    await look('/');
    await look('/@mara');
    expect(visitor.troubles).toEqual([]);
    await visitor.leave();
  });
});

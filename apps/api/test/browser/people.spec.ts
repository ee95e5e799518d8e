import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, chromiumPath, desk, phone, Visitor } from '../kit/browser.js';
import { aGarden, type Garden, password } from './a-garden.js';

const wiki = '/@alice/garden';

/** Every kind of page that whoever may write sees; and those that whoever did not sign in does. */
const forWriters = [
  '/',
  wiki,
  `${wiki}/Everything`,
  `${wiki}/Beds`,
  `${wiki}/Missing`,
  `${wiki}/-/edit/Everything`,
  `${wiki}/-/new`,
  `${wiki}/-/rename/Beds/Roses`,
  `${wiki}/-/delete/Soil`,
  `${wiki}/-/history/Soil`,
  `${wiki}/-/blame/Soil`,
  `${wiki}/-/changes`,
  `${wiki}/-/search?q=soil`,
  `${wiki}/-/search?q=nothingofthekind`,
  `${wiki}/-/index`,
  `${wiki}/-/tags`,
  `${wiki}/-/tag/red`,
  `${wiki}/-/category/actor`,
  `${wiki}/-/garden`,
  `${wiki}/-/rename/Beds`,
  `${wiki}/-/deleted`,
  `${wiki}/-/files`,
  `${wiki}/-/graph`,
  `${wiki}/-/appearance`,
  '/account',
  '/account/security',
];
const forNobody = [wiki, '/auth/sign-in', '/auth/forgotten', '/@alice/secret'];

describe.skipIf(chromiumPath === undefined)('pages for all people', { timeout: 240_000 }, () => {
  let garden: Garden;
  let browser: Browser;

  beforeAll(async () => {
    [garden, browser] = await Promise.all([aGarden(), aBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  const looks = (['light', 'dark'] as const).flatMap((theme) => [
    { theme, viewport: desk, size: 'on a desk' },
    { theme, viewport: phone, size: 'on a phone' },
  ]);

  it.each(looks)('have no barrier in the $theme theme $size', async ({ theme, viewport }) => {
    const writer = await Visitor.of(browser, garden.app.url, { theme, viewport });
    const nobody = await Visitor.of(browser, garden.app.url, { theme, viewport });
    await writer.signIn('alice', password);
    const found: Record<string, unknown> = {};
    for (const [visitor, paths] of [
      [writer, forWriters],
      [nobody, forNobody],
    ] as const) {
      for (const path of paths) {
        await visitor.page.goto(path);
        const [barriers, overflow] = [await visitor.barriers(), await visitor.overflow()];
        if (barriers.length > 0 || overflow > 0) found[path] = { barriers, overflow };
      }
    }
    // A page that is missing is an error for the browser, and meant.
    const troubles = [...writer.troubles, ...nobody.troubles].filter((text) => !text.includes('status of 404'));
    await Promise.all([writer.leave(), nobody.leave()]);

    expect(found).toEqual({});
    expect(troubles).toEqual([]);
  });
});

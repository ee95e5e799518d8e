import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowserWithPort, chromiumPath } from '../kit/browser.js';
import { audits, lighthouseTrouble } from '../kit/lighthouse.js';
import { aGarden, type Garden } from './a-garden.js';

const trouble = chromiumPath === undefined ? 'there is no Chromium' : await lighthouseTrouble();
if (trouble !== null) console.warn(`Lighthouse audits no page, for it cannot be had: ${trouble}`);

/** What people meet first, and search engines with them. */
const pages = ['/', '/auth/sign-in', '/@alice/garden/Everything', '/@alice/garden/-/search', '/docs', '/docs/search'];

describe.skipIf(trouble !== null)('Lighthouse', { timeout: 400_000 }, () => {
  let garden: Garden;
  let browser: Browser;
  let port: number;

  beforeAll(async () => {
    [garden, { browser, port }] = await Promise.all([aGarden(), aBrowserWithPort()]);
  });
  afterAll(async () => {
    await browser?.close();
    await garden?.stop();
  });

  it('gives the pages that people meet first 95 of 100 or more', async () => {
    const found = await audits(
      port,
      pages.map((path) => garden.app.url + path),
    );

    expect(found).toHaveLength(pages.length);
    const low = found.filter(({ scores }) => Object.values(scores).some((score) => score < 95));
    expect(low).toEqual([]);
  });
});

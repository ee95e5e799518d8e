import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebClient } from '../kit/web-client.js';
import { pagesInReadingOrder, pagesThatExist, readPage } from './pages.js';
import { hasCurl } from './reader.js';
import { Walk } from './walk.js';

const pages = pagesInReadingOrder();
if (!hasCurl) console.warn('curl is not installed: the commands of the documentation are not run.');

/** What a reader does who follows the pages in their order, with the real shell, curl and git; every command is a process. */
describe.skipIf(!hasCurl)('the documentation does what it says', { timeout: 300_000 }, () => {
  let walk: Walk;

  beforeAll(async () => {
    walk = await Walk.begin();
  });
  afterAll(() => walk?.end());

  it('is listed in its contents, all of it', () => {
    expect(pages.map(({ path }) => path)).toEqual(
      expect.arrayContaining(pagesThatExist().filter((path) => path !== 'docs/README.md')),
    );
  });

  it('names no route that the OpenAPI document does not have', () => {
    const unknown = pagesThatExist().map((path) => [path, walk.routes.unknownIn(readPage(path))]);

    expect(Object.fromEntries(unknown.filter(([, routes]) => routes?.length !== 0))).toEqual({});
    expect(walk.routes.unknownIn('`GET pages/{path}/nothing` and `GET pages`')).toEqual(['`GET pages/{path}/nothing`']);
  });

  describe.each(pages.filter(({ fences }) => fences.length > 0))('$path', (page) => {
    beforeAll(() => walk.turnTo(page));

    it.each(page.fences.map((fence) => ({ where: `line ${fence.line}`, what: fence.text.split('\n')[0], fence })))(
      '$where: $what',
      ({ fence }) => walk.read(fence),
    );
  });

  it('the password that was typed at the prompt signs in', async () => {
    const { password } = walk.reader;
    if (password === undefined) return;
    const browser = new WebClient(walk.app.url);
    const form = await browser.open('/auth/sign-in');

    const answer = await browser.submit(form, '/auth/sign-in', { login: 'alice', password });

    expect(answer.main).toContain('Your desk');
  });
});

import type { Part } from '../kit/row.ts';
import { accept, shownPages } from '../kit/shown.ts';

const mostPages = 60;

/** What newcomers meet: the landing page, the documentation, and the pages of the demo wiki. */
export const front: Part = {
  name: 'front',
  run: async (ground) => {
    const { url } = ground.server;
    const { address } = await ground.server.command<{ address: string }>('demo', '--owner', 'bench');
    const demo = new URL(new URL(address).pathname, url);
    return [
      await shownPages(ground, {
        ...{ row: 'web.landing', measures: 'landing page of nobody in particular' },
        ...{ urls: [new URL('/', url)], reach: 0.5 },
      }),
      await shownPages(ground, {
        ...{ row: 'web.docs', measures: 'pages of the documentation as HTML, in turn' },
        ...{ urls: await linksOn(new URL('/docs', url), '/docs/'), reach: 0.5 },
      }),
      await shownPages(ground, {
        ...{ row: 'web.demo', measures: 'pages of the demo wiki as HTML, in turn' },
        ...{ urls: await linksOn(new URL(`${demo.pathname}/-/index`, url), `${demo.pathname}/`), reach: 0.5 },
      }),
    ];
  },
};

/** Pages that a page links to, each read once so that none is rendered for the first time while it is measured. */
async function linksOn(page: URL, below: string): Promise<URL[]> {
  const text = await (await fetch(page, { headers: { accept } })).text();
  const found = Array.from(text.matchAll(/href="([^"#?]+)"/g), ([, href = '']) => new URL(href, page));
  const pages = found.filter(({ pathname }) => pathname.startsWith(below) && !/\/-\/|\.[a-z]+$/.test(pathname));
  const urls = [...new Map(pages.map((url) => [url.href, url])).values()].slice(0, mostPages);
  for (const url of urls) await (await fetch(url, { headers: { accept } })).arrayBuffer();
  return urls;
}

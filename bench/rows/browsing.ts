import { gzipSync } from 'node:zlib';
import { pagePath, pageText } from '../kit/generated-wiki.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { throughput, wire } from '../kit/http-load.ts';
import { interleaved, quantile, timed } from '../kit/pairs.ts';
import { atLeast, atMost, type Part, type Result, result } from '../kit/row.ts';
import { accept, shownPages } from '../kit/shown.ts';

const connections = 16;
const bytesOfLargePage = 500_000;

/** What the pages that browsers show cost whoever reads them, and the server. */
export const browsing: Part = {
  name: 'browsing',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    const published = await fetch(`${ground.server.url}/api/v1/wikis/bench/${wiki.slug}/visibility`, {
      method: 'PUT',
      headers: { ...ground.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ visibility: 'public' }),
    });
    if (!published.ok) throw new Error(`The wiki was not made public: ${await published.text()}`);
    const urlOf = (turn: number) =>
      new URL(wiki.rest.replace('/api/v1', `/${pagePath((turn * 7) % Math.min(wiki.pages, 1_400))}`));
    return [
      await shownPages(ground, {
        ...{ row: 'web.read', measures: 'page of a public wiki as HTML, asked for by nobody in particular' },
        ...{ urls: Array.from({ length: 200 }, (_, turn) => urlOf(turn)), reach: 0.7 },
      }),
      await unchangedPages(ground, urlOf),
      await scriptOf(urlOf(0)),
      await largePage(ground, wiki, urlOf),
    ];
  },
};

async function unchangedPages({ scale }: Ground, urlOf: (turn: number) => URL): Promise<Result> {
  const tagged = await Promise.all(
    Array.from({ length: 200 }, async (_, turn) => {
      const url = urlOf(turn);
      const answer = await fetch(url, { headers: { accept } });
      await answer.arrayBuffer();
      return wire(url, { headers: { accept, 'if-none-match': answer.headers.get('etag') ?? '' } });
    }),
  );
  const whole = Array.from({ length: 200 }, (_, turn) => wire(urlOf(turn), { headers: { accept } }));
  const load = { connections, seconds: scale.seconds };
  const { ours, beside, ratio, unrest } = await interleaved(
    scale.rounds,
    () => throughput(urlOf(0), { ...load, status: 304, request: (turn) => tagged[turn % 200] ?? Buffer.alloc(0) }),
    () => throughput(urlOf(0), { ...load, request: (turn) => whole[turn % 200] ?? Buffer.alloc(0) }),
  );
  return result({
    row: 'web.unchanged',
    measures: `the same for a browser that has the page already (304), ${connections} connections`,
    beside: 'the same pages sent whole',
    unit: 'req/s',
    ...{ ours, reference: beside, ratio, unrest },
    reach: atLeast(1),
  });
}

/** All script that a reading page loads by itself, and what that imports, as a browser gets it. */
async function scriptOf(page: URL): Promise<Result> {
  const text = await (await fetch(page, { headers: { accept } })).text();
  const waiting = Array.from(text.matchAll(/<script[^>]+src="([^"]+)"/g), ([, src = '']) => new URL(src, page).href);
  const loaded = new Map<string, number>();
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (loaded.has(address)) continue;
    const script = await (await fetch(address)).text();
    loaded.set(address, gzipSync(script).length);
    const imported = script.matchAll(/(?:^|[;}\s])import\s*(?:[^"'();]*?from\s*)?["']([^"']+)["']/g);
    for (const [, name = ''] of imported) waiting.push(new URL(name, address).href);
  }
  const bytes = [...loaded.values()].reduce((sum, size) => sum + size, 0);
  return result({
    row: 'web.script',
    measures: 'script of a reading page with what it imports, compressed with gzip; none is needed to read',
    unit: 'kB',
    ours: bytes / 1000,
    reach: atMost(30, 'ours'),
    more: { files: loaded.size },
  });
}

async function largePage({ headers, scale }: Ground, wiki: BenchWiki, urlOf: (turn: number) => URL): Promise<Result> {
  const times: number[] = [];
  const meanwhile: number[] = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    const path = `Large/Page${round}`;
    const answer = await fetch(`${wiki.rest}/pages/${encodeURIComponent(path)}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ content: largeText(round) }),
    });
    if (!answer.ok) throw new Error(`The large page was refused: ${await answer.text()}`);
    const url = new URL(wiki.rest.replace('/api/v1', `/${path}`));
    let isDone = false;
    const reading = timed(async () => (await fetch(url, { headers: { accept } })).arrayBuffer()).finally(() => {
      isDone = true;
    });
    for (let turn = 0; !isDone; turn += 1) {
      meanwhile.push(await timed(async () => (await fetch(urlOf(turn), { headers: { accept } })).arrayBuffer()));
    }
    times.push(await reading);
  }
  return result({
    row: 'web.large',
    measures: `first reading of a page of ${bytesOfLargePage / 1000} kB, from the request to its last byte`,
    unit: 'ms',
    ours: quantile(times, 0.5),
    reach: atMost(1_000, 'ours'),
    more: { slowest_ms: Math.max(...times), others_meanwhile_p99_ms: quantile(meanwhile, 0.99) },
  });
}

/** Pages of prose with headings and links one below the other, and after each a list, a table and some code. */
function largeText(seed: number): string {
  const more = '- one\n- two with `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nconst n = 1; // a line\n```\n';
  const parts = Array.from({ length: 200 }, (_, part) =>
    pageText(seed * 200 + part, 200).replace(/^---\n[^]*?\n---\n/, ''),
  );
  return `# Large ${seed}\n\n${parts.map((part) => `${part}\n${more}`).join('\n')}`.slice(0, bytesOfLargePage);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Connection, wire } from '../kit/http-load.ts';
import { interleaved, median, quantile, timed, timedEach } from '../kit/pairs.ts';
import { atMost, type Part, result } from '../kit/row.ts';
import { ServerProcess } from '../kit/server-process.ts';

const pages = 60;
const writes = 10;
/** A job waits for more writes, so these come with a pause between them, as a person's do. */
const pauseMs = 1_500;
const question = 'which animal lives in the cold sea and eats fish';

/** How soon what was written is found by its meaning, and what a query costs through the door. */
export const finding: Part = {
  name: 'finding',
  run: async (ground) => {
    const dataDir = await mkdtemp(join(ground.folder, 'finding-'));
    const server = await ServerProcess.start(dataDir);
    try {
      const wiki = await aWiki(server);
      const fresh = await freshness(wiki);
      await server.stop();
      const again = await ServerProcess.start(dataDir);
      const reopened = { ...wiki, base: wiki.base.replace(server.url, again.url) };
      try {
        return [await firstQuery(reopened), fresh, await hybrid(reopened)];
      } finally {
        await again.stop();
      }
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

interface Wiki {
  base: string;
  headers: Record<string, string>;
}

async function aWiki(server: ServerProcess): Promise<Wiki> {
  await server.command('user', 'add', 'finder');
  const { secret } = await server.command<{ secret: string }>(
    'token',
    'create',
    'finder',
    '--verbs',
    'read,write,admin',
  );
  const headers = { authorization: `Bearer ${secret}` };
  const lane = await Connection.open(new URL(server.url));
  const body = { slug: 'zoo', name: 'Zoo' };
  await lane.send(wire(new URL(`${server.url}/api/v1/wikis`), { method: 'POST', headers, body }));
  lane.close();
  const wiki = { base: `${server.url}/@finder/zoo/api/v1`, headers };
  const operations = Array.from({ length: pages }, (_, n) => {
    return {
      op: 'write',
      path: `Page ${n}`,
      content: `# Page ${n}\n\nAbout matter number ${n}, which people discuss.\n`,
    };
  });
  await ask(wiki, '/batch', { operations });
  await ask(wiki, `/search?wait_index=25000&q=${encodeURIComponent(question)}`);
  return wiki;
}

/** One request on a connection of its own. */
async function ask({ base, headers }: Wiki, path: string, body?: object) {
  const url = new URL(base + path);
  const lane = await Connection.open(url);
  const answer = await lane.send(wire(url, { headers, ...(body !== undefined && { method: 'POST', body }) }));
  lane.close();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
  return JSON.parse(answer.body.toString('utf8')) as { mode?: string; meaning?: { behind: number } | null };
}

async function freshness(wiki: Wiki) {
  const times: number[] = [];
  for (let turn = 0; turn < writes; turn += 1) {
    await setTimeout(pauseMs);
    times.push(await timed(() => writeAndFind(wiki, turn)));
  }
  return result({
    row: 'index.fresh',
    measures: 'a page is written and then found by its meaning, p50',
    unit: 'ms',
    ours: median(times),
    reach: atMost(2000, 'ours'),
    more: { slowest_ms: quantile(times, 1) },
  });
}

async function writeAndFind(wiki: Wiki, turn: number): Promise<void> {
  const content = `# Note ${turn}\n\nThe walrus number ${turn} rests on the ice.\n`;
  await ask(wiki, '/batch', { operations: [{ op: 'write', path: `Note ${turn}`, content }] });
  for (;;) {
    const { meaning } = await ask(wiki, '/semantic-search?n=1&q=walrus');
    if (meaning?.behind === 0) return;
    await setTimeout(20);
  }
}

/** The server runs, and nobody has asked it anything yet: the model is not loaded. */
async function firstQuery(wiki: Wiki) {
  const [ms = Number.NaN] = await timedEach(1, async () => {
    const { mode } = await ask(wiki, `/search?q=${encodeURIComponent(question)}`);
    if (mode !== 'hybrid') throw new Error(`The first query was answered by ${mode}.`);
  });
  return result({
    row: 'search.first',
    measures: 'the first query after a start, through REST',
    unit: 'ms',
    ours: ms,
    reach: atMost(1000, 'ours'),
  });
}

async function hybrid(wiki: Wiki) {
  const turns = 40;
  const by = (mode: string) => async () =>
    median(
      await timedEach(turns, (turn) =>
        ask(wiki, `/search?mode=${mode}&q=${encodeURIComponent(`${question} ${turn}`)}`),
      ),
    );
  const slower = async () => Math.max(await by('keyword')(), await by('semantic')());
  const compared = await interleaved(5, by('hybrid'), slower);
  return result({
    row: 'search.hybrid',
    measures: 'a query by words and meaning through REST, p50',
    beside: 'the slower of both alone',
    unit: 'ms',
    ours: compared.ours,
    reference: compared.beside,
    ...{ ratio: compared.ratio, unrest: compared.unrest, reach: atMost(1.5) },
  });
}

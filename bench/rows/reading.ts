import { pagePath } from '../kit/generated-wiki.ts';
import type { BenchWiki, Ground } from '../kit/ground.ts';
import { Connection, throughput, wire } from '../kit/http-load.ts';
import { interleaved } from '../kit/pairs.ts';
import { atLeast, type Part, result } from '../kit/row.ts';

const connections = 16;

/** What a page costs over REST and MCP beside the same bytes from a bare route of the same process. */
export const reading: Part = {
  name: 'reading',
  run: async (ground) => {
    const wiki = await ground.wiki(ground.scale.middle);
    return [await overRest(ground, wiki), await overMcp(ground, wiki)];
  },
};

async function overRest(ground: Ground, wiki: BenchWiki) {
  const { headers, server, scale } = ground;
  const urlOf = (turn: number) =>
    new URL(`${wiki.rest}/pages/${encodeURIComponent(pagePath((turn * 7) % wiki.pages))}`);
  const lane = await Connection.open(urlOf(0));
  const { body } = await lane.send(wire(urlOf(0), { headers }));
  const bare = new URL(`${server.url}/api/bare/page`);
  await lane.send(wire(bare, { method: 'PUT', headers, body: JSON.parse(body.toString('utf8')) as unknown }));
  lane.close();
  const load = { connections, seconds: scale.seconds };
  // Made before, and for as many pages as people have open at a time.
  const asked = Array.from({ length: 200 }, (_, turn) => wire(urlOf(turn), { headers }));
  const bareBytes = wire(bare, { headers });
  const compared = await interleaved(
    scale.rounds,
    () => throughput(urlOf(0), { ...load, request: (turn) => asked[turn % asked.length] ?? bareBytes }),
    () => throughput(bare, { ...load, request: () => bareBytes }),
  );
  return result({
    row: 'rest.read',
    measures: `authenticated page read over REST, ${connections} connections`,
    beside: 'a bare route of the same server that sends the same bytes',
    unit: 'req/s',
    ...figures(compared),
    reach: atLeast(0.5),
    more: { bytes: body.length },
  });
}

async function overMcp(ground: Ground, wiki: BenchWiki) {
  const { headers, server, scale } = ground;
  const url = new URL(wiki.mcp);
  const bare = new URL(`${server.url}/api/bare/mcp`);
  const lane = await Connection.open(url);
  const call = (to: URL, turn: number) =>
    wire(to, { method: 'POST', headers: { ...headers, ...mcpHeaders }, body: readCall(wiki, turn) });
  const { result: said } = rpcAnswer((await lane.send(call(url, 0))).body);
  const note = { text: said.content[0]?.text ?? '', data: said.structuredContent };
  await lane.send(wire(new URL(`${server.url}/api/bare/note`), { method: 'PUT', headers, body: note }));
  lane.close();
  const load = { connections, seconds: scale.seconds };
  const asked = Array.from({ length: 200 }, (_, turn) => call(url, turn));
  const bareBytes = call(bare, 0);
  const compared = await interleaved(
    scale.rounds,
    () => throughput(url, { ...load, request: (turn) => asked[turn % asked.length] ?? bareBytes }),
    () => throughput(bare, { ...load, request: () => bareBytes }),
  );
  return result({
    row: 'mcp.read',
    measures: `read_note over MCP, ${connections} connections`,
    beside: 'a bare tool of the SDK in the same server that returns the same text',
    unit: 'calls/s',
    ...figures(compared),
    reach: atLeast(0.6),
    more: { characters: note.text.length },
  });
}

const figures = ({ ours, beside, ratio, unrest }: Awaited<ReturnType<typeof interleaved>>) => ({
  ours,
  reference: beside,
  ratio,
  unrest,
});

const mcpHeaders = { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' };

const readCall = (wiki: BenchWiki, turn: number) => ({
  jsonrpc: '2.0',
  id: turn,
  method: 'tools/call',
  params: { name: 'read_note', arguments: { path: pagePath((turn * 7) % wiki.pages) } },
});

interface RpcAnswer {
  result: { content: { text: string }[]; structuredContent: Record<string, unknown> };
}

/** The answer of a call, sent as JSON or as the one event of a stream. */
function rpcAnswer(body: Buffer): RpcAnswer {
  const text = body.toString('utf8');
  const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  return JSON.parse(json) as RpcAnswer;
}

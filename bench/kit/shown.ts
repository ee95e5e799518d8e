import type { Ground } from './ground.ts';
import { Connection, throughput, wire } from './http-load.ts';
import { interleaved } from './pairs.ts';
import { atLeast, result, type Result } from './row.ts';

/** What a browser asks for pages with. */
export const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';

const connections = 16;

/** Pages as nobody in particular gets them, beside a bare route of the same server that sends the bytes of the first. */
export async function shownPages(
  { server, headers, scale }: Ground,
  { row, measures, urls, reach }: { row: string; measures: string; urls: readonly URL[]; reach: number },
): Promise<Result> {
  const [first] = urls;
  if (first === undefined) throw new Error(`There are no pages for ${row}.`);
  const bytes = await (await fetch(first, { headers: { accept } })).text();
  const bare = new URL(`${server.url}/api/bare/html`);
  const lane = await Connection.open(bare);
  await lane.send(wire(bare, { method: 'PUT', headers, body: { html: bytes } }));
  lane.close();
  const load = { connections, seconds: scale.seconds };
  const asked = urls.map((url) => wire(url, { headers: { accept } }));
  const bareBytes = wire(bare, { headers: { accept } });
  const { ours, beside, ratio, unrest } = await interleaved(
    scale.rounds,
    () => throughput(first, { ...load, request: (turn) => asked[turn % asked.length] ?? bareBytes }),
    () => throughput(bare, { ...load, request: () => bareBytes }),
  );
  return result({
    ...{ row, measures: `${measures}, ${connections} connections`, unit: 'req/s' },
    beside: 'a bare route of the same server that sends the same bytes',
    ...{ ours, reference: beside, ratio, unrest },
    reach: atLeast(reach),
    more: { bytes: Buffer.byteLength(bytes) },
  });
}

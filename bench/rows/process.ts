import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Ground } from '../kit/ground.ts';
import { Connection, wire } from '../kit/http-load.ts';
import { median, quantile } from '../kit/pairs.ts';
import { atMost, type Part, result } from '../kit/row.ts';
import { ServerProcess } from '../kit/server-process.ts';

const starts = 5;
const quietMs = 30_000;

/** What the process itself costs: to start, and to be there. */
export const processCost: Part = {
  name: 'process',
  run: async (ground) => {
    const dataDir = await mkdtemp(join(ground.folder, 'idle-'));
    try {
      const start = await startUp(dataDir);
      return [start, await idle(ground, dataDir)];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** From `node dist/…` to the first request answered, on data that is there already. */
async function startUp(dataDir: string) {
  await (await ServerProcess.start(dataDir)).stop();
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const begun = performance.now();
    const server = await ServerProcess.start(dataDir);
    const lane = await Connection.open(new URL(server.url));
    const { status } = await lane.send(wire(new URL(`${server.url}/api/v1/me`)));
    times.push(performance.now() - begun);
    if (status !== 401) throw new Error(`The first answer was ${status}.`);
    lane.close();
    await server.stop();
  }
  return result({
    row: 'start',
    measures: `start, built, to the first answered request; median of ${starts}`,
    unit: 'ms',
    ours: median(times),
    reach: atMost(1500, 'ours'),
    more: { slowest_ms: quantile(times, 1) },
  });
}

async function idle(ground: Ground, dataDir: string) {
  const { wikis } = ground.scale;
  const server = await ServerProcess.start(dataDir);
  try {
    await server.command('user', 'add', 'idle');
    const { secret } = await server.command<{ secret: string }>(
      'token',
      'create',
      'idle',
      '--verbs',
      'read,write,admin',
    );
    const lane = await Connection.open(new URL(server.url));
    const headers = { authorization: `Bearer ${secret}` };
    for (let wiki = 0; wiki < wikis; wiki += 1) {
      const body = { slug: `wiki-${wiki}`, name: `Wiki ${wiki}` };
      const answer = await lane.send(wire(new URL(`${server.url}/api/v1/wikis`), { method: 'POST', headers, body }));
      if (answer.status !== 201)
        throw new Error(`A wiki was answered ${answer.status}: ${answer.body.toString('utf8')}`);
    }
    lane.close();
    const made = server.memoryMb();
    await server.stop();
    const again = await ServerProcess.start(dataDir);
    const fresh = again.memoryMb();
    await again.stop();
    return result({
      row: 'memory.idle',
      measures: `memory of all processes but PostgreSQL (PSS), idle with ${wikis} wikis`,
      unit: 'MB',
      ours: fresh,
      reach: atMost(250, 'ours'),
      more: { after_making_them_mb: made },
    });
  } finally {
    await server.stop();
  }
}

/** Taken last: what is held after everything else was done, at once and when the server has been left alone a while. */
export const memoryAfter: Part = {
  name: 'memory',
  run: async (ground) => {
    const atOnce = ground.server.memoryMb();
    await setTimeout(quietMs);
    return [
      result({
        row: 'memory.after',
        measures: `memory of all processes but PostgreSQL (PSS), ${quietMs / 1000} s after the whole benchmark`,
        unit: 'MB',
        ours: ground.server.memoryMb(),
        reach: atMost(400, 'ours'),
        more: { at_once_mb: atOnce },
      }),
    ];
  },
};

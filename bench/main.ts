// npm run bench: measures the product beside its limits, and says what was reached.
import './kit/thread-pool.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ground, quick, whole } from './kit/ground.ts';
import { describeMachine } from './kit/machine.ts';
import { publish } from './kit/publish.ts';
import { type Report, reportOf, writeInto } from './kit/report.ts';
import type { Part, Result } from './kit/row.ts';
import { browsing } from './rows/browsing.ts';
import { finding } from './rows/finding.ts';
import { front } from './rows/front.ts';
import { gitReads } from './rows/git-reads.ts';
import { gitService } from './rows/git-service.ts';
import { gitWrites } from './rows/git-writes.ts';
import { history } from './rows/history.ts';
import { memoryAfter, processCost } from './rows/process.ts';
import { reading } from './rows/reading.ts';
import { scaling } from './rows/scaling.ts';
import { searching } from './rows/searching.ts';
import { spawning } from './rows/spawning.ts';
import { transport } from './rows/transport.ts';
import { writing } from './rows/writing.ts';

const parts = [
  ...[
    processCost,
    reading,
    browsing,
    front,
    writing,
    scaling,
    transport,
    gitReads,
    gitWrites,
    gitService,
    history,
    spawning,
    searching,
    finding,
  ],
  // Last, since it tells what all the others left behind.
  memoryAfter,
];

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    publish: { type: 'string' },
    url: { type: 'string', default: 'http://localhost:8080' },
    token: { type: 'string' },
  },
});

const report = await measure(chosen(options.only));
console.log(reportOf(report));
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (options.write) writeInto(join(import.meta.dirname, '../docs/performance.md'), report);
if (options.publish !== undefined) {
  if (options.token === undefined) throw new Error('--publish needs --token, one that may write to the wiki.');
  const path = await publish(report, options.publish, { url: options.url, token: options.token });
  console.log(`Published as ${path}.`);
}

function chosen(only: string | undefined): Part[] {
  const names = only?.split(',');
  const unknown = names?.filter((name) => !parts.some((part) => part.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No such part: ${unknown.join()}. There are ${parts.map(({ name }) => name).join()}.`);
  return parts.filter(({ name }) => names?.includes(name) !== false);
}

async function measure(wanted: Part[]): Promise<Report> {
  const ground = await Ground.prepare(options.quick ? quick : whole);
  const results: Result[] = [];
  try {
    const machine = describeMachine(ground.folder);
    for (const part of wanted) {
      console.error(part.name);
      results.push(...(await part.run(ground)));
    }
    return { taken: new Date().toISOString(), machine, results };
  } finally {
    await ground.clear();
  }
}

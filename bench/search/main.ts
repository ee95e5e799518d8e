// npm run bench:search: how well pages are found, beside plain ways of searching the same texts.
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../kit/machine.ts';
import { ServerProcess } from '../kit/server-process.ts';
import { readCollection } from './collection.ts';
import { examineCollection } from './collection-exam.ts';
import { examineGraph } from './graph-exam.ts';
import { type ExamReport, missText, textOf, writeInto } from './exam-report.ts';
import { areThere, examineWikis } from './wikis-exam.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data') },
  },
});

// The texts are not part of the product; where they are missing, that is said and nothing is measured.
const folders = { cisi: join(options.data, 'cisi'), wikis: join(options.data, 'wikis') };
const isThere = { cisi: existsSync(join(folders.cisi, 'CISI.ALL')), wikis: areThere(folders.wikis) };

const report = await examine();
console.log(textOf(report));
if (options.misses) for (const miss of report.wikis?.misses ?? []) console.log(missText(miss));
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (options.write) writeInto(join(import.meta.dirname, '../../docs/search-quality.md'), report);

async function examine(): Promise<ExamReport> {
  const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'wikibot-search-'));
  const machine = describeMachine(folder);
  const report: ExamReport = { taken: new Date().toISOString(), machine, collection: null, wikis: null, graph: null };
  const wanted = { cisi: isWanted('cisi'), wikis: isWanted('wikis'), graph: isWanted('graph') };
  let server: ServerProcess | null = null;
  try {
    if (wanted.graph) report.graph = await examineGraph(readCollection(folders.cisi));
    if (!wanted.cisi && !wanted.wikis) return report;
    server = await ServerProcess.start(join(folder, 'data'));
    await server.command('user', 'add', 'bench');
    const verbs = ['--verbs', 'read,write,admin'];
    const { secret: token } = await server.command<{ secret: string }>('token', 'create', 'bench', ...verbs);
    if (wanted.wikis) report.wikis = await examineWikis(folders.wikis, { server, token });
    if (wanted.cisi)
      report.collection = await examineCollection(readCollection(folders.cisi), { folder, server, token });
    return report;
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function isWanted(part: 'cisi' | 'wikis' | 'graph'): boolean {
  const of = part === 'wikis' ? 'wikis' : 'cisi';
  const isAsked = options.only?.split(',').includes(part) !== false;
  if (isAsked && !isThere[of]) console.error(`SKIPPED ${part}: its texts are not in ${folders[of]}.`);
  return isAsked && isThere[of];
}

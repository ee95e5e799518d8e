import { readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './machine.ts';
import { isReached, type Result } from './row.ts';

/** One run of the benchmark. */
export interface Report {
  taken: string;
  machine: Machine;
  results: Result[];
}

const columns = ['row', 'ours', 'beside', 'ratio', 'to reach', ''];
const mark = { begin: '<!-- figures -->', end: '<!-- /figures -->' };

/** The results as a markdown table. */
function tableOf(results: readonly Result[]): string {
  const lines = results.map((one) => [
    one.row,
    `${figure(one.ours)} ${one.unit}`,
    one.reference === null ? '' : `${figure(one.reference)} ${one.unit}`,
    one.ratio === null ? '' : `${figure(one.ratio)}${isRestless(one) ? ' (unsteady)' : ''}`,
    reachText(one),
    { true: 'reached', false: 'MISSED', null: '' }[`${isReached(one)}`] ?? '',
  ]);
  return [columns, columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The whole report as markdown: the machine, the table, and what each row is. */
export function reportOf({ taken, machine, results }: Report): string {
  const { cpu, cores, memory_gib: memory, kernel, node, git, fsync_ms: fsync, load_before: load } = machine;
  const rows = results.map(({ row, measures, beside, more }) => {
    const extra = Object.entries(more).map(([name, value]) => `${name} ${figure(value)}`);
    const against = beside === null ? '' : ` Beside: ${beside}.`;
    return `- \`${row}\`: ${measures}.${against}${extra.length === 0 ? '' : ` Also: ${extra.join(', ')}.`}`;
  });
  return `Taken ${taken} on ${cpu}, ${cores} cores, ${memory} GiB, Linux ${kernel}, Node ${node}, ${git}; a 4 KiB write made durable takes ${fsync} ms; load ${load} before the run.\n\n${tableOf(results)}\n\n${rows.join('\n')}\n`;
}

/** Puts the report where docs/performance.md keeps the figures. */
export function writeInto(file: string, report: Report): void {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(mark.begin), text.indexOf(mark.end)];
  if (begin === -1 || end === -1) throw new Error(`${file} has no place for the figures.`);
  const head = text.slice(0, begin + mark.begin.length);
  writeFileSync(file, `${head}\n\n${reportOf(report)}\n${text.slice(end)}`);
}

function reachText({ reach, unit }: Result): string {
  if (reach === null) return '';
  const sign = reach.kind === 'at most' ? '<=' : '>=';
  return reach.of === 'ratio' ? `${sign} ${reach.limit}` : `${sign} ${reach.limit} ${unit}`;
}

/** A reference that differs by a third from itself proves nothing. */
const isRestless = ({ unrest }: Result): boolean => (unrest ?? 0) > 0.3;

/** Three digits that matter. */
const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : `${Number(value.toPrecision(3))}`;

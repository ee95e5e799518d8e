import { readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from '../kit/machine.ts';
import { type CollectionReport, ours, references } from './collection-exam.ts';
import type { GraphReport } from './graph-exam.ts';
import type { Marks } from './measures.ts';
import { modes } from './searched-wiki.ts';
import type { Miss, WikisReport } from './wikis-exam.ts';

/** One run of the exam; what was skipped is null. */
export interface ExamReport {
  taken: string;
  machine: Machine;
  collection: CollectionReport | null;
  wikis: WikisReport | null;
  graph: GraphReport | null;
}

const mark = { begin: '<!-- figures -->', end: '<!-- /figures -->' };
const least = { hybrid: 0.45, aboveBoth: 0.01 };

/** The whole run as markdown. */
export function textOf({ taken, machine, collection, wikis, graph }: ExamReport): string {
  const { cpu, cores, memory_gib: memory, node, load_before: load } = machine;
  const about = `Taken ${taken} on ${cpu}, ${cores} cores, ${memory} GiB, Node ${node}; load ${load} before the run.`;
  const parts = [about, ...(collection === null ? [] : collectionText(collection))];
  const rest = [...(wikis === null ? [] : wikisText(wikis)), ...(graph === null ? [] : graphText(graph))];
  return [...parts, ...rest].join('\n\n');
}

/** Puts the figures where docs/search-quality.md keeps them. */
export function writeInto(file: string, report: ExamReport): void {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(mark.begin), text.indexOf(mark.end)];
  if (begin === -1 || end === -1) throw new Error(`${file} has no place for the figures.`);
  writeFileSync(file, `${text.slice(0, begin + mark.begin.length)}\n\n${textOf(report)}\n\n${text.slice(end)}`);
}

/** A query whose wanted page is not first, with where that page and the first one stood. */
export function missText({ wiki, kind, query, mode, wanted, rank, wantedAs, firstAs }: Miss): string {
  const place = (found: Miss['firstAs']) => {
    const { keyword = null, semantic = null } = found?.explain ?? {};
    const standing = (one: typeof keyword) => (one === null ? '–' : `#${one.rank} ${one.score.toFixed(3)}`);
    return `words ${standing(keyword)}, meaning ${standing(semantic)}`;
  };
  const wantedText = rank === null ? `${wanted} (absent)` : `${wanted} (#${rank}; ${place(wantedAs)})`;
  const first = firstAs === null ? 'nothing' : `${firstAs.path} (${place(firstAs)})`;
  return `${mode} ${kind} @${wiki} "${query}": wanted ${wantedText}, first is ${first}`;
}

function collectionText({ documents, questions, chunks, standings, ms, textsPerSecond }: CollectionReport): string[] {
  const halves = ['whole', 'tuned', 'heldOut'] as const;
  const rows = standings.map((standing) => [
    standing.name,
    ...halves.flatMap((half) => [standing[half].ndcg, standing[half].mrr, standing[half].recall].map(three)),
  ]);
  const titles = ['all', 'tuned on', 'held out'].flatMap((half) => [`nDCG@10 ${half}`, `MRR ${half}`, `R@100 ${half}`]);
  const reached = targetsOf(standings).map((target) => [target.name, three(target.reached), three(target.wanted)]);
  const verdicts = reached.map((row, at) => [...row, targetsOf(standings)[at]?.isReached ? 'reached' : 'MISSED']);
  const pace = textsPerSecond.ours === null ? 'too few to tell' : `${textsPerSecond.ours.toFixed(1)} texts a second`;
  return [
    `### CISI: ${documents} documents in ${chunks} texts, ${questions} judged questions`,
    tableOf(['', ...titles], rows),
    tableOf(['target', 'is', 'at least', ''], verdicts),
    tableOf(
      ['mode', 'p50 ms', 'p95 ms'],
      modes.map((mode) => [mode, ms[mode].p50.toFixed(1), ms[mode].p95.toFixed(1)]),
    ),
    `While pages were read: ${pace}; the model alone over the same texts: ${textsPerSecond.bare.toFixed(1)}.`,
  ];
}

function targetsOf(standings: CollectionReport['standings']) {
  const of = (name: string) => standings.find((standing) => standing.name === name)?.whole.ndcg ?? 0;
  const better = Math.max(of(ours.keyword), of(ours.semantic));
  return [
    { name: 'hybrid', reached: of(ours.hybrid), wanted: least.hybrid },
    { name: 'hybrid above the better of its two lists', reached: of(ours.hybrid) - better, wanted: least.aboveBoth },
    { name: 'keyword beside plain BM25', reached: of(ours.keyword), wanted: of(references.words) },
    { name: 'semantic beside the bare model', reached: of(ours.semantic), wanted: of(references.meaning) },
  ].map((target) => ({ ...target, isReached: target.reached >= target.wanted }));
}

function wikisText({ kinds, questions }: WikisReport): string[] {
  const columns = [
    ['first', ({ first }: Marks) => `${Math.round(first * 100)} %`],
    ['MRR', ({ mrr }: Marks) => three(mrr)],
    ['nDCG@10', ({ ndcg }: Marks) => three(ndcg)],
  ] as const;
  const titles = modes.flatMap((mode) => columns.map(([name]) => `${mode} ${name}`));
  const rows = kinds.map(({ kind, queries, marks }) => [
    kind,
    `${queries}`,
    ...modes.flatMap((mode) => columns.map(([, show]) => show(marks[mode]))),
  ]);
  const first = modes.map((mode) => `${mode} ${questions.first[mode]}`).join(', ');
  return [
    '### Short queries over two wikis',
    tableOf(['kind', 'queries', ...titles], rows),
    `### Questions\n\nOf ${questions.asked} questions the right page came first: ${first}.`,
  ];
}

function graphText({ chunks, questions, recall, ms, mebibytes, buildSeconds }: GraphReport): string[] {
  const rows = [
    ['scan', '1.000', ms.scan.toFixed(2), mebibytes.scan.toFixed(0)],
    ['graph', three(recall), ms.graph.toFixed(2), mebibytes.graph.toFixed(0)],
  ];
  return [
    `### The ten nearest of ${chunks} chunks`,
    tableOf(['', 'found of them', 'p50 ms', 'MiB'], rows),
    `${questions} questions; the graph was ready after ${buildSeconds.toFixed(0)} s beside other work.`,
  ];
}

/** A table whose columns are as wide as their widest cell, as the formatter leaves it. */
function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, at) => Math.max(3, title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const three = (value: number): string => value.toFixed(3);

import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { builtApi } from '../kit/built.ts';
import { median, timedEach } from '../kit/pairs.ts';
import { recordOf } from '../kit/vector-records.ts';
import { BareModel } from './bare-model.ts';
import { searchParts } from './built-search.ts';
import type { Collection } from './collection.ts';

type Vectors = typeof import('../../libs/search/src/vectors/chunk-vectors.ts');
type ChunkVectors = InstanceType<Vectors['ChunkVectors']>;

/** What a graph leads to of what a scan finds, and what both cost. */
export interface GraphReport {
  chunks: number;
  questions: number;
  /** The part of the ten nearest chunks that the graph leads to, over all questions. */
  recall: number;
  ms: { scan: number; graph: number };
  mebibytes: { scan: number; graph: number };
  /** While other work has its turns too. */
  buildSeconds: number;
}

const wantedChunks = 120_000;
const ten = { limit: 10, perPage: 1 };
const limits = { floatsUpTo: 20_000, scansBeforeGraph: 0 };

/**
 * Searches many chunks with the questions of a collection, by a scan and by a graph. To embed so many texts takes hours,
 * so the vectors of the collection are mixed in pairs until there are enough: they lie as texts of its subjects do.
 */
export async function examineGraph({ documents, questions }: Collection): Promise<GraphReport> {
  const path = join(builtApi, 'libs/search/src/vectors/chunk-vectors.js');
  const { ChunkVectors } = (await import(pathToFileURL(path).href)) as Vectors;
  const model = await BareModel.load(await searchParts());
  const read: Float32Array[] = [];
  for (const { title, body } of documents) read.push(await model.vectorOf(`${title}. ${body}`));
  const asked: Float32Array[] = [];
  for (const { text } of questions) asked.push(await model.vectorOf(text));

  const scan = new ChunkVectors(384, { ...limits, scanUpTo: Infinity });
  const graph = new ChunkVectors(384, { ...limits, scanUpTo: wantedChunks - 1 });
  for (let at = 0; at < wantedChunks; at += 500) {
    const vectors = Array.from({ length: 500 }, (_, n) => mixed(read, at + n));
    for (const each of [scan, graph]) each.apply(recordOf(vectors, at));
  }
  const begun = performance.now();
  graph.search({ query: asked[0] ?? new Float32Array(384), ...ten });
  while (graph.graphedCount < wantedChunks) await setTimeout(100);
  const buildSeconds = (performance.now() - begun) / 1000;
  const ms = { scan: await pace(scan, asked), graph: await pace(graph, asked) };
  const mebibytes = { scan: scan.memoryBytes / 2 ** 20, graph: graph.memoryBytes / 2 ** 20 };
  const recall = asked.reduce((sum, query) => sum + recallOf(query, { scan, graph }), 0) / asked.length;
  graph.stop();
  return { chunks: wantedChunks, questions: asked.length, recall, ms, mebibytes, buildSeconds };
}

const pace = async (vectors: ChunkVectors, asked: readonly Float32Array[]) =>
  median(await timedEach(asked.length, (at) => vectors.search({ query: asked[at] ?? new Float32Array(384), ...ten })));

function recallOf(query: Float32Array, { scan, graph }: { scan: ChunkVectors; graph: ChunkVectors }): number {
  const rows = (by: ChunkVectors) => by.search({ query, ...ten }).map(({ row }) => row);
  const [exact, led] = [rows(scan), new Set(rows(graph))];
  return exact.filter((row) => led.has(row)).length / exact.length;
}

/** The first vectors as they are, then a mixture of two for each number. */
function mixed(read: readonly Float32Array[], number: number): Float32Array {
  if (number < read.length) return read[number] ?? new Float32Array(384);
  const [a, b] = [read[number % read.length], read[(number * 7_919 + Math.floor(number / read.length)) % read.length]];
  const share = 0.55 + ((number * 31) % 100) / 250;
  const sum = Float32Array.from(a ?? [], (value, at) => share * value + (1 - share) * (b?.[at] ?? 0));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

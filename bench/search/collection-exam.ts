import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quantile } from '../kit/pairs.ts';
import type { ServerProcess } from '../kit/server-process.ts';
import { BareModel, nearestOf } from './bare-model.ts';
import { type SearchParts, searchParts } from './built-search.ts';
import type { Collection, Document } from './collection.ts';
import { fusedByRank, type Marks, marksOf, meanOf } from './measures.ts';
import { PlainBm25 } from './plain-bm25.ts';
import { type Mode, modes, SearchedWiki } from './searched-wiki.ts';

export const ours = { keyword: 'keyword', semantic: 'semantic', hybrid: 'hybrid' } as const;
export const references = { words: 'plain BM25', meaning: 'bare MiniLM', both: 'these two, fused by rank' } as const;

/** How one way of searching did on all questions and on each half of them. */
interface Standing {
  name: string;
  whole: Marks;
  /** The half on which the ways of fusing were chosen. */
  tuned: Marks;
  heldOut: Marks;
}

export interface CollectionReport {
  documents: number;
  chunks: number;
  questions: number;
  standings: Standing[];
  ms: Record<Mode, { p50: number; p95: number }>;
  /** While pages are read by the product, and by the model alone in a loop over the same texts. */
  textsPerSecond: { ours: number | null; bare: number };
}

/** Asks all judged questions of a collection, of a wiki of its documents and of the plain methods beside it. */
export async function examineCollection(
  { documents, questions }: Collection,
  { folder, server, token }: { folder: string; server: ServerProcess; token: string },
): Promise<CollectionReport> {
  const source = join(folder, 'collection');
  await writePages(source, documents);
  const wiki = await SearchedWiki.import(server, token, { source, slug: 'collection' });
  const { rankings, ms } = await askAll(
    wiki,
    questions.map(({ text }) => text),
  );

  const parts = await searchParts();
  const model = await BareModel.load(parts);
  const texts = textsReadOf(documents, parts, model);
  if (texts.length !== wiki.reading.chunks)
    throw new Error(`The product read ${wiki.reading.chunks} texts and the model alone ${texts.length}.`);
  const bare = await model.pace(texts);
  for (const [name, list] of await plainRankings({ documents, questions }, model, parts)) rankings.set(name, list);

  const standings = Array.from(rankings, ([name, lists]): Standing => {
    const marks = questions.map(({ relevant }, at) => marksOf(lists[at] ?? [], gradesOf(relevant)));
    const half = (rest: number) => meanOf(marks.filter((_, at) => at % 2 === rest));
    return { name, whole: meanOf(marks), tuned: half(0), heldOut: half(1) };
  });
  return {
    ...{ documents: documents.length, chunks: wiki.reading.chunks, questions: questions.length },
    ...{ standings, ms, textsPerSecond: { ours: wiki.reading.chunksPerSecond, bare } },
  };
}

async function writePages(folder: string, documents: readonly Document[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { id, title, body } of documents) {
    // What is between quotes in JSON is the same in YAML.
    await writeFile(join(folder, `${id}.md`), `---\ntitle: ${JSON.stringify(title)}\n---\n\n${body}\n`);
  }
}

/** One question after another, each in every mode, so that what else the machine does meets all modes alike. */
async function askAll(wiki: SearchedWiki, questions: readonly string[]) {
  const rankings = new Map<string, string[][]>(modes.map((mode) => [mode, []]));
  const times: Record<Mode, number[]> = { keyword: [], semantic: [], hybrid: [] };
  for (const mode of modes) await wiki.ask(questions[0] ?? '', mode);
  for (const question of questions) {
    for (const mode of modes) {
      const started = performance.now();
      const found = await wiki.ask(question, mode);
      times[mode].push(performance.now() - started);
      rankings.get(mode)?.push(found.map(({ path }) => path));
    }
  }
  const of = (mode: Mode) => ({ p50: quantile(times[mode], 0.5), p95: quantile(times[mode], 0.95) });
  return { rankings, ms: { keyword: of('keyword'), semantic: of('semantic'), hybrid: of('hybrid') } };
}

async function plainRankings(
  { documents, questions }: Collection,
  model: BareModel,
  parts: SearchParts,
): Promise<Map<string, string[][]>> {
  const bm25 = new PlainBm25(documents, parts);
  const vectors = new Map<string, Float32Array>();
  for (const { id, title, body } of documents) vectors.set(id, await model.vectorOf(`${title}. ${body}`));
  const words = questions.map(({ text }) => bm25.ranking(text));
  const meaning: string[][] = [];
  for (const { text } of questions) meaning.push(nearestOf(vectors, await model.vectorOf(text)));
  const both = questions.map((_, at) => fusedByRank([words[at] ?? [], meaning[at] ?? []]));
  return new Map([
    [references.words, words],
    [references.meaning, meaning],
    [references.both, both],
  ]);
}

/** What the product gives to the model: each page in chunks, the title before each. These documents have no headings. */
function textsReadOf(
  documents: readonly Document[],
  { chunksOf, embedded }: SearchParts,
  { fits }: BareModel,
): string[] {
  return documents.flatMap(({ title, body }) => chunksOf({ title, body, headings: [] }, fits).map(embedded));
}

const gradesOf = (relevant: ReadonlySet<string>) => new Map([...relevant].map((id) => [id, 1]));

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProcess } from '../kit/server-process.ts';
import { type Marks, marksOf, meanOf } from './measures.ts';
import { type Found, type Mode, modes, SearchedWiki } from './searched-wiki.ts';

/** The two wikis that the queries were written for. */
const sources = {
  otter: { file: 'otterwiki-documentation.bundle' },
  foam: { file: 'foam-docs.tar.gz', below: 'docs' },
} as const;
type WikiName = keyof typeof sources;

interface ShortQuery {
  wiki: WikiName;
  kind: string;
  query: string;
  /** 2 for the page one wants first, 1 for a page that helps too. */
  pages: Record<string, number>;
}

interface Question {
  wiki: WikiName;
  question: string;
  page: string;
}

/** A query whose wanted page did not come first. */
export interface Miss {
  wiki: string;
  kind: string;
  query: string;
  mode: Mode;
  wanted: string;
  /** Rank of the wanted page, from 1; null when it is not in the list. */
  rank: number | null;
  wantedAs: Found | null;
  firstAs: Found | null;
}

interface KindMarks {
  kind: string;
  queries: number;
  marks: Record<Mode, Marks>;
}

export interface WikisReport {
  kinds: KindMarks[];
  questions: { asked: number; first: Record<Mode, number> };
  misses: Miss[];
}

const allKinds = 'all';
const questionKind = 'question';

/** Whether the two wikis lie where they are looked for. */
export const areThere = (folder: string): boolean =>
  Object.values(sources).every(({ file }) => existsSync(join(folder, file)));

/** Asks the short queries and the questions of both wikis, in every mode. */
export async function examineWikis(
  folder: string,
  { server, token }: { server: ServerProcess; token: string },
): Promise<WikisReport> {
  const wikis = new Map<WikiName, SearchedWiki>();
  for (const name of ['otter', 'foam'] as const) {
    const { file, ...part } = { below: undefined, ...sources[name] };
    const given = { source: join(folder, file), slug: name, ...(part.below !== undefined && { below: part.below }) };
    wikis.set(name, await SearchedWiki.import(server, token, given));
  }
  const asked = [...read<ShortQuery[]>('short-queries.json'), ...read<Question[]>('questions.json').map(asQuery)];
  const judged = await Promise.all(
    modes.map(async (mode) => {
      const answers: { query: ShortQuery; marks: Marks; miss: Miss | null }[] = [];
      for (const query of asked) {
        const found = (await wikis.get(query.wiki)?.ask(query.query, mode, true)) ?? [];
        const grades = new Map(Object.entries(query.pages));
        const ranking = found.map(({ path }) => path);
        answers.push({ query, marks: marksOf(ranking, grades), miss: missOf(query, mode, found) });
      }
      return { mode, answers };
    }),
  );
  return reportOf(judged);
}

type Judged = { mode: Mode; answers: { query: ShortQuery; marks: Marks; miss: Miss | null }[] }[];

function reportOf(judged: Judged): WikisReport {
  const short = judged[0]?.answers.map(({ query }) => query).filter(({ kind }) => kind !== questionKind) ?? [];
  const kinds = [...new Set(short.map(({ kind }) => kind)), allKinds].map((kind): KindMarks => {
    const isOf = (query: ShortQuery) => (kind === allKinds ? query.kind !== questionKind : query.kind === kind);
    const marks = byMode(judged, (answers) =>
      meanOf(answers.filter(({ query }) => isOf(query)).map((answer) => answer.marks)),
    );
    return { kind, queries: short.filter(isOf).length, marks };
  });
  const isQuestion = ({ query }: { query: ShortQuery }) => query.kind === questionKind;
  const questions = {
    asked: judged[0]?.answers.filter(isQuestion).length ?? 0,
    first: byMode(judged, (answers) =>
      answers.filter(isQuestion).reduce((sum, { marks: { first } }) => sum + first, 0),
    ),
  };
  const misses = judged.flatMap(({ answers }) => answers.flatMap(({ miss }) => (miss === null ? [] : [miss])));
  return { kinds, questions, misses };
}

function byMode<T>(judged: Judged, worth: (answers: Judged[number]['answers']) => T): Record<Mode, T> {
  const of = (wanted: Mode) => worth(judged.find(({ mode }) => mode === wanted)?.answers ?? []);
  return { keyword: of('keyword'), semantic: of('semantic'), hybrid: of('hybrid') };
}

function missOf({ wiki, kind, query, pages }: ShortQuery, mode: Mode, found: readonly Found[]): Miss | null {
  const wanted = Object.keys(pages).find((path) => pages[path] === 2) ?? '';
  const at = found.findIndex(({ path }) => path === wanted);
  if (at === 0) return null;
  const rank = at === -1 ? null : at + 1;
  return { wiki, kind, query, mode, wanted, rank, wantedAs: found[at] ?? null, firstAs: found[0] ?? null };
}

const asQuery = ({ wiki, question, page }: Question): ShortQuery => ({
  ...{ wiki, kind: questionKind, query: question },
  pages: { [page]: 2 },
});

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T;

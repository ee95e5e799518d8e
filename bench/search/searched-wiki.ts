import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '../kit/server-process.ts';

export const modes = ['keyword', 'semantic', 'hybrid'] as const;
export type Mode = (typeof modes)[number];

/** What of a result is looked at. */
export interface Found {
  path: string;
  name: string;
  score: number;
  explain?: { keyword: Standing | null; semantic: Standing | null };
}

interface Standing {
  rank: number;
  score: number;
}

interface Status {
  meaning: { pages: number; pages_read: number; chunks: number; set_aside: unknown[] } | null;
  reason?: string;
}

/** How the pages of a wiki were read for their meaning. */
export interface Reading {
  pages: number;
  chunks: number;
  /** From the first pages read to the last, without the start of the model; null when there was too little to tell. */
  chunksPerSecond: number | null;
}

const longestWaitMs = 15 * 60_000;
// Seldom enough that looking does not slow down what is looked at.
const lookEveryMs = 500;

/** A wiki on a server of ours that is asked as anybody asks it: through REST. */
export class SearchedWiki {
  private readonly address: string;
  private readonly headers: Record<string, string>;
  readonly reading: Reading;

  private constructor(address: string, headers: Record<string, string>, reading: Reading) {
    this.address = address;
    this.headers = headers;
    this.reading = reading;
  }

  /** Imports a source as a wiki and waits until all its pages are read. */
  static async import(
    server: ServerProcess,
    token: string,
    { source, slug, below }: { source: string; slug: string; below?: string },
  ): Promise<SearchedWiki> {
    const part = below === undefined ? [] : ['--below', below];
    await server.command('import', source, '--as', `@bench/${slug}`, ...part);
    const address = `${server.url}/@bench/${slug}/api/v1`;
    const headers = { authorization: `Bearer ${token}` };
    // The server hears of what another process imported when somebody searches there.
    await get(`${address}/search?q=wiki`, headers);
    return new SearchedWiki(address, headers, await readWhole(address, headers));
  }

  /** The first hundred pages of a list. */
  async ask(query: string, mode: Mode, explain = false): Promise<Found[]> {
    const asked = new URLSearchParams({ q: query, mode, limit: '100', explain: String(explain) });
    const answer = await get<{ mode: string; results: Found[] }>(
      `${this.address}/search?${asked.toString()}`,
      this.headers,
    );
    if (answer.mode !== mode) throw new Error(`Asked by ${mode}, answered by ${answer.mode}.`);
    return answer.results;
  }
}

async function readWhole(address: string, headers: Record<string, string>): Promise<Reading> {
  const give = performance.now() + longestWaitMs;
  let first: { at: number; chunks: number } | null = null;
  while (performance.now() < give) {
    const { meaning, reason } = await get<Status>(`${address}/reindex/status`, headers);
    if (meaning === null) throw new Error(`Nothing is searched by meaning: ${reason ?? 'no reason given'}`);
    const { pages, pages_read: read, chunks } = meaning;
    if (meaning.set_aside.length > 0) throw new Error(`${meaning.set_aside.length} pages cannot be read.`);
    if (chunks > 0) first ??= { at: performance.now(), chunks };
    if (pages > 0 && read === pages) return { pages, chunks, chunksPerSecond: paceSince(first, chunks) };
    await pause(lookEveryMs);
  }
  throw new Error('The pages were not read in time.');
}

function paceSince(first: { at: number; chunks: number } | null, chunks: number): number | null {
  if (first === null || chunks === first.chunks) return null;
  return ((chunks - first.chunks) * 1000) / (performance.now() - first.at);
}

async function get<T>(address: string, headers: Record<string, string>): Promise<T> {
  const answer = await fetch(address, { headers });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

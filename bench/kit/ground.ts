import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRepository } from './generated-wiki.ts';
import { ServerProcess } from './server-process.ts';

/** How much is measured: all of it, or a quick look that every row still runs. */
export interface Scale {
  small: number;
  middle: number;
  large: number;
  rounds: number;
  /** Seconds of each measurement of throughput. */
  seconds: number;
  /** Wikis of the idle server whose memory is taken. */
  wikis: number;
  /** MB of the repository that is cloned. */
  cloneMb: number;
}

export const whole: Scale = {
  small: 200,
  middle: 10_000,
  large: 50_000,
  rounds: 7,
  seconds: 3,
  wikis: 1000,
  cloneMb: 100,
};

export const quick: Scale = { small: 50, middle: 200, large: 400, rounds: 2, seconds: 0.3, wikis: 10, cloneMb: 3 };

/** A wiki of so many generated pages on the server, and the repository it came from. */
export interface BenchWiki {
  pages: number;
  slug: string;
  rest: string;
  mcp: string;
  /** With its credential, for the git command line. */
  remote: string;
  source: string;
}

/** What all parts stand on: a folder, a server with an account, and wikis made when first asked for. */
export class Ground {
  private readonly wikis = new Map<number, Promise<BenchWiki>>();

  readonly scale: Scale;
  readonly folder: string;
  readonly server: ServerProcess;
  readonly token: string;

  private constructor(given: Pick<Ground, 'scale' | 'folder' | 'server' | 'token'>) {
    this.scale = given.scale;
    this.folder = given.folder;
    this.server = given.server;
    this.token = given.token;
  }

  static async prepare(scale: Scale, parent = process.env.BENCH_DIR ?? tmpdir()): Promise<Ground> {
    const folder = await mkdtemp(join(parent, 'wikibot-bench-'));
    const server = await ServerProcess.start(join(folder, 'data'), join(import.meta.dirname, 'bare-server.ts'), {
      // Reading tens of thousands of pages for their meaning takes an hour, and a core from every row.
      SEARCH_BY_MEANING: 'off',
    });
    await server.command('user', 'add', 'bench');
    const { secret } = await server.command<{ secret: string }>(
      'token',
      'create',
      'bench',
      '--verbs',
      'read,write,admin',
    );
    return new Ground({ scale, folder, server, token: secret });
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  /** The wiki with so many pages; imported when it is first asked for. */
  wiki(pages: number): Promise<BenchWiki> {
    const known = this.wikis.get(pages) ?? this.import(pages);
    this.wikis.set(pages, known);
    return known;
  }

  private async import(pages: number): Promise<BenchWiki> {
    const started = performance.now();
    const slug = `pages-${pages}`;
    const wiki = await this.bring(slug, await generateRepository(this.folder, pages), pages);
    console.error(`  a wiki of ${pages} pages is ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return wiki;
  }

  /** Imports a repository as a wiki. */
  async bring(slug: string, source: string, pages = 0): Promise<BenchWiki> {
    await this.server.command('import', source, '--as', `@bench/${slug}`);
    const { url } = this.server;
    return {
      pages,
      slug,
      rest: `${url}/@bench/${slug}/api/v1`,
      mcp: `${url}/@bench/${slug}/mcp`,
      remote: `${url.replace('://', `://bench:${this.token}@`)}/@bench/${slug}.git`,
      source,
    };
  }

  async clear(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

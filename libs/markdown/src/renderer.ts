import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PageText, Showing, ShownPage } from './page-text.js';
import type * as thread from './shown/thread.js';

const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './shown/thread.ts' : './shown/thread.js', import.meta.url));
// Run from source, names of compiled files have to be understood as those of their sources.
const sourceHook = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && name.endsWith('.js') && !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? name.slice(0, -3) + '.ts' : name, context);
  } });
`)}`;

const lookMs = 50;
const longestWaitMs = 15_000;

/** How pages are rendered; each has a default. */
export interface RendererOptions {
  /** So many pages are rendered at once. */
  threads?: number;
  /** A page that takes longer is given up. */
  deadlineMs?: number;
  /** So long without work, and threads end. */
  idleMs?: number;
  /** Told when a thread ended by itself, or could not begin; pages are shown as text then. */
  onError?: (error: unknown) => void;
}

/** Renders pages on threads of their own: no page, whatever is written on it, holds up another request for long. */
export class Renderer {
  private readonly pool: Piscina<Parameters<typeof thread.default>[0], ReturnType<typeof thread.default>>;
  private readonly deadlineMs: number;

  constructor({ threads = 2, deadlineMs = 2_500, idleMs = 60_000, onError = () => {} }: RendererOptions = {}) {
    this.deadlineMs = deadlineMs;
    this.pool = new Piscina({
      filename: program,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMs,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      execArgv: isSource ? ['--disable-warning=ExperimentalWarning', '--import', sourceHook] : [],
    });
    // Without a listener it would end the server.
    this.pool.on('error', onError);
  }

  /** A page as HTML; null when it cannot be rendered in time, and has to be shown as text. */
  async show(page: PageText, showing: Showing): Promise<ShownPage | null> {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const late = new AbortController();
    const watch = this.watch(begun, late);
    try {
      return await this.pool.run({ page, showing, begun }, { signal: late.signal });
    } catch {
      // Whatever the reason: the text is there, and nothing is wrong with it.
      return null;
    } finally {
      clearInterval(watch);
    }
  }

  /** The time counts from when a thread has begun; until then others had their turn, or the thread had to start. */
  private watch(begun: Int32Array, late: AbortController): NodeJS.Timeout {
    const asked = performance.now();
    let started: number | null = null;
    return setInterval(() => {
      const now = performance.now();
      if (Atomics.load(begun, 0) === 1) started ??= now;
      if (now - (started ?? asked) > (started === null ? longestWaitMs : this.deadlineMs)) late.abort();
    }, lookMs);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

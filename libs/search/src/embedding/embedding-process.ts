import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ask, Said } from './embedder-main.js';

const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './embedder-main.ts' : './embedder-main.js', import.meta.url));
// Run from source, names of compiled files have to be understood as those of their sources.
const sourceHook = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && name.endsWith('.js') && !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? name.slice(0, -3) + '.ts' : name, context);
  } });
`)}`;
/** So long without a word from a process that should say one, and it hangs. */
const silenceMs = 60_000;

/** What is heard of an embedding process; after `ended` nothing more is. */
export interface Hears {
  ready(modelId: string): void;
  failed(reason: string): void;
  vector(id: number, vector: Float32Array): void;
  refused(id: number, reason: string): void;
  /** It ended unasked; `how` says with what. */
  ended(how: string): void;
}

/** One run of the program that holds the model, from start to end. */
export class EmbeddingProcess {
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;
  private unanswered = 0;
  private isReady = false;
  private isDismissed = false;
  private silence: NodeJS.Timeout | undefined;

  constructor(given: { modelDir: string; threads: number }, hears: Hears) {
    const flags = isSource ? ['--disable-warning=ExperimentalWarning', '--import', sourceHook] : [];
    this.child = fork(program, [given.modelDir, `${given.threads}`], {
      execArgv: ['--max-old-space-size=128', ...flags],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // None of our secrets, and no share in a terminal's Ctrl-C.
      env: {},
      detached: true,
    });
    this.child.on('message', (said: Said) => this.hear(said, hears));
    this.gone = new Promise((resolve) => {
      const ended = (how: string) => {
        clearTimeout(this.silence);
        resolve();
        if (!this.isDismissed) hears.ended(how);
        this.isDismissed = true;
      };
      this.child.once('exit', (code, signal) => ended(signal ?? `status ${code}`));
      this.child.on('error', (error) => {
        // Not started at all; other errors are those of a channel whose process is ending.
        if (this.child.pid === undefined) ended(error.message);
      });
    });
    this.listen();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  ask(ask: Ask): void {
    this.unanswered += 1;
    this.listen();
    // What cannot be sent any more is lost with the process, whose end is heard of.
    this.child.send(ask, () => {});
  }

  /** Whether it is a reason for this process to stay. */
  hold(isHeld: boolean): void {
    const { channel } = this.child;
    if (isHeld) {
      this.child.ref();
      channel?.ref();
    } else {
      this.child.unref();
      channel?.unref();
    }
  }

  /** Ends it; it has nothing that could be lost. */
  async end(): Promise<void> {
    this.isDismissed = true;
    this.hold(true);
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private hear(said: Said, hears: Hears): void {
    if (this.isDismissed) return;
    if (said.kind === 'failed') return hears.failed(said.reason);
    if (said.kind === 'ready') this.isReady = true;
    else this.unanswered -= 1;
    this.listen();
    if (said.kind === 'ready') hears.ready(said.modelId);
    // What is read from the channel may be a view into something larger.
    else if (said.kind === 'vector') hears.vector(said.id, said.vector.slice());
    else hears.refused(said.id, said.reason);
  }

  private listen(): void {
    clearTimeout(this.silence);
    if (this.isReady && this.unanswered === 0) return;
    this.silence = setTimeout(() => this.child.kill('SIGKILL'), silenceMs).unref();
  }
}

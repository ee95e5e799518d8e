import { availableParallelism } from 'node:os';
import type { Fits } from '../chunk-length.js';
import { SearchError } from '../search-errors.js';
import { WordPieces } from '../word-pieces.js';
import type { Lane } from './embedder-main.js';
import { EmbeddingProcess, type Hears } from './embedding-process.js';
import { EmbeddingQueue } from './embedding-queue.js';
import { longestText, readModel, shippedModel } from './model.js';

/** How texts are embedded; each has a default. */
export interface EmbedderOptions {
  /** A folder with `model_int8.onnx` or `model.onnx`, and `vocab.txt`. */
  modelDir?: string | undefined;
  /** Threads of one run; a short text does not profit from many. */
  threads?: number;
  /** So long without anything to do, and the model's memory is given back. */
  idleMs?: number;
  /** So long after a model could not be loaded it is tried again. */
  retryMs?: number;
}

/** Whether texts can be embedded at the moment. */
export interface EmbedderStatus {
  /** `off` until something is to be embedded, and after a while without. */
  state: 'off' | 'starting' | 'ready' | 'failed';
  /** Why it failed, for whoever runs the server: it may name a folder. */
  reason?: string;
  /** The model that was loaded last; vectors of different models cannot be compared. */
  modelId?: string;
}

/** Whose turn it is, and when nobody waits for the vectors any more. */
export interface EmbedOptions {
  lane: Lane;
  signal?: AbortSignal;
}

/** What has to be known of the model where texts are prepared for it. */
export interface KnownModel {
  id: string;
  /** How long a text may be for the model to read it whole. */
  fits: Fits;
  /** How many letters of a text a word piece stands for. */
  lettersPerPiece(text: string): number;
}

const mostThreads = 4;
/** Of every text, its marks of beginning and end. */
const markedEnds = 2;
/** So often in a row may the process end before it answers anything. */
const mostCrashes = 5;
const shortestPauseMs = 100;

/** Turns texts into vectors, in a process of its own that is there while there is something to do. */
export class Embedder {
  private readonly modelDir: string;
  private readonly threads: number;
  private readonly idleMs: number;
  private readonly retryMs: number;
  private readonly queue = new EmbeddingQueue();
  private readonly listeners = new Set<(status: EmbedderStatus) => void>();
  private current: EmbedderStatus = { state: 'off' };
  private known: Promise<KnownModel> | null = null;
  private process: EmbeddingProcess | null = null;
  private timer: NodeJS.Timeout | undefined;
  private crashes = 0;
  private isClosed = false;

  constructor(options: EmbedderOptions = {}) {
    this.modelDir = options.modelDir ?? shippedModel;
    this.threads = options.threads ?? Math.min(mostThreads, availableParallelism());
    this.idleMs = options.idleMs ?? 60_000;
    this.retryMs = options.retryMs ?? 30_000;
  }

  /** The process that holds the model, while there is one. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  status(): EmbedderStatus {
    return { ...this.current };
  }

  /** Tells of every change of the status, until the function it returns is called. */
  onChange(listener: (status: EmbedderStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The vectors of texts, each of length 1, in their order; queries go before what is in bulk. A text's vector depends on
   * nothing but the text and the model. Refused at once while the model cannot be loaded.
   */
  async embed(texts: readonly string[], { lane, signal }: EmbedOptions): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (this.isClosed) throw closing();
    if (this.current.state === 'failed') throw unavailable();
    if (texts.length === 0) return [];
    const vectors = this.queue.add(texts, lane, signal);
    if (this.current.state === 'off') this.start();
    else this.proceed();
    return vectors;
  }

  /** The model as its files say; refused while they cannot be read. */
  async model(): Promise<KnownModel> {
    if (this.current.state === 'failed') throw unavailable();
    this.known ??= this.read();
    return this.known;
  }

  /** Ends the process; what nobody got yet, nobody gets. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.queue.giveUp(closing());
    await this.rest();
  }

  private async read(): Promise<KnownModel> {
    try {
      const { id, vocabulary } = await readModel(this.modelDir);
      const pieces = new WordPieces(vocabulary);
      const count = (text: string, most: number) => pieces.count(text, most);
      const lettersPerPiece = (text: string) => pieces.lettersPerPiece(text);
      return { id, fits: { longest: longestText - markedEnds, count }, lettersPerPiece };
    } catch (error) {
      this.known = null;
      if (!this.isClosed) this.fail((error as Error).message);
      throw unavailable();
    }
  }

  private start(): void {
    this.become({ state: 'starting' });
    try {
      this.process = new EmbeddingProcess({ modelDir: this.modelDir, threads: this.threads }, this.hears());
    } catch (error) {
      this.ended((error as Error).message);
    }
  }

  private hears(): Hears {
    return {
      ready: (modelId) => {
        if (modelId !== this.current.modelId) this.queue.startOver();
        // Whoever asked for the model hears it when its files cannot be read.
        this.known?.then(
          ({ id }) => id === modelId || (this.known = null),
          () => {},
        );
        this.become({ state: 'ready', modelId });
        this.proceed();
      },
      failed: (reason) => this.fail(reason),
      vector: (id, vector) => {
        this.crashes = 0;
        this.queue.answer(id, vector);
        this.proceed();
      },
      refused: (id, reason) => {
        this.crashes = 0;
        this.queue.refuse(id, reason);
        this.proceed();
      },
      ended: (how) => this.ended(how),
    };
  }

  /** Gives the process what it can take; without anything to do, it goes after a while. */
  private proceed(): void {
    const { process, queue } = this;
    if (process === null || this.current.state !== 'ready') return;
    clearTimeout(this.timer);
    for (let ask = queue.next(); ask !== null; ask = queue.next()) process.ask(ask);
    process.hold(!queue.isEmpty);
    if (queue.isEmpty) this.later(this.idleMs, () => void this.rest()).unref();
  }

  private async rest(): Promise<void> {
    const { process } = this;
    this.process = null;
    this.become({ state: 'off' });
    await process?.end();
  }

  private ended(how: string): void {
    this.process = null;
    this.queue.lost();
    this.crashes += 1;
    if (this.crashes > mostCrashes)
      return this.fail(`The embedding process ended again and again, at last with ${how}.`);
    if (this.queue.isEmpty) return this.become({ state: 'off' });
    this.become({ state: 'starting' });
    this.later(this.crashes === 1 ? 0 : shortestPauseMs * 2 ** (this.crashes - 2), () => this.start());
  }

  private fail(reason: string): void {
    const { process } = this;
    this.process = null;
    this.crashes = 0;
    void process?.end();
    this.become({ state: 'failed', reason });
    this.queue.giveUp(unavailable());
    this.later(this.retryMs, () => this.start()).unref();
  }

  /** There is one thing at a time that is done later. */
  private later(ms: number, act: () => void): NodeJS.Timeout {
    clearTimeout(this.timer);
    return (this.timer = setTimeout(act, ms));
  }

  private become(status: EmbedderStatus): void {
    const isNew = status.state !== this.current.state || status.reason !== this.current.reason;
    this.current = { modelId: this.current.modelId, ...status };
    if (isNew) for (const listener of this.listeners) listener(this.status());
  }
}

const unavailable = () => new SearchError('meaning-unavailable', 'Search by meaning is not available at the moment.');
const closing = () => new SearchError('meaning-unavailable', 'Search by meaning is ending with the server.');

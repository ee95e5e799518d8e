// The embedding process: holds the model, and answers each text with its vector. Of the product it imports three small
// files only. Running the model holds up a process for the whole run, so it is a process that does nothing else.
import { setImmediate } from 'node:timers/promises';
import { Inference } from './inference.js';
import { ModelError, readModel } from './model.js';

/** Queries are answered before what is in bulk. */
export type Lane = 'query' | 'bulk';

/** A text that is to be embedded. */
export interface Ask {
  id: number;
  lane: Lane;
  text: string;
}

/** What the process says: once how loading went, then an answer to each text. */
export type Said =
  | { kind: 'ready'; modelId: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'vector'; id: number; vector: Float32Array }
  | { kind: 'refused'; id: number; reason: string };

const [, , folder = '', threads = ''] = process.argv;
const waiting: Record<Lane, Ask[]> = { query: [], bulk: [] };
let isRunning = false;

function say(said: Said): void {
  // When nobody hears it any more, the end of the channel says so too.
  process.send?.(said, undefined, undefined, () => {});
}

async function answerAll(inference: Inference): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  for (;;) {
    // What came during the last run is read first: a query among it is next.
    await setImmediate();
    const ask = waiting.query.shift() ?? waiting.bulk.shift();
    if (ask === undefined) break;
    say(await answerTo(ask, inference));
  }
  isRunning = false;
}

async function answerTo({ id, text }: Ask, inference: Inference): Promise<Said> {
  try {
    return { kind: 'vector', id, vector: await inference.vectorOf(text) };
  } catch (error) {
    return { kind: 'refused', id, reason: (error as Error).message };
  }
}

async function serve(): Promise<void> {
  try {
    const model = await readModel(folder);
    const inference = await Inference.load(model, Number(threads));
    process.on('message', (ask: Ask) => {
      waiting[ask.lane].push(ask);
      void answerAll(inference);
    });
    say({ kind: 'ready', modelId: model.id });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // It stays until the parent has read that: the end of a process may be heard of before what it said last.
    say({ kind: 'failed', reason: error.message });
  }
}

// However the parent ends, the channel to it does, and with it this process.
process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl-C is for the parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
await serve();

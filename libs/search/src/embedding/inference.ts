import type * as Onnx from 'onnxruntime-node';
import { WordPieces } from '../word-pieces.js';
import { dimensions, longestText, ModelError, type ModelFiles } from './model.js';

const [pieceIds, mask, pieceTypes] = ['input_ids', 'attention_mask', 'token_type_ids'];

/** A loaded model. Running it holds up the process that does: that is the embedding process, and nothing else. */
export class Inference {
  private readonly onnx: typeof Onnx;
  private readonly session: Onnx.InferenceSession;
  private readonly pieces: WordPieces;

  private constructor(onnx: typeof Onnx, session: Onnx.InferenceSession, pieces: WordPieces) {
    this.onnx = onnx;
    this.session = session;
    this.pieces = pieces;
  }

  /** Loads a model, and tries it: what is loaded answers. */
  static async load(model: ModelFiles, threads: number): Promise<Inference> {
    const onnx = await runtime();
    const pieces = await orReason(
      'vocab.txt is not a vocabulary of word pieces',
      () => new WordPieces(model.vocabulary),
    );
    return orReason('The model cannot be run', async () => {
      const session = await onnx.InferenceSession.create(model.network, optionsOf(threads));
      const inference = new Inference(onnx, session, pieces);
      const { length } = await inference.vectorOf('wikibot');
      if (length !== dimensions) throw new Error(`its vectors have ${length} numbers, not ${dimensions}.`);
      return inference;
    });
  }

  /**
   * The vector of a text, of length 1. One text a run: the model's activations are quantised all together, so that the
   * vector of a text would also depend on the texts it is run with.
   */
  async vectorOf(text: string): Promise<Float32Array> {
    const ids = BigInt64Array.from(this.pieces.encode(text, longestText), BigInt);
    const shape = [1, ids.length];
    const tensor = (numbers: BigInt64Array) => new this.onnx.Tensor('int64', numbers, shape);
    const inputs: Record<string, Onnx.Tensor> = {};
    for (const name of this.session.inputNames) {
      if (name === pieceIds) inputs[name] = tensor(ids);
      else if (name === mask) inputs[name] = tensor(new BigInt64Array(ids.length).fill(1n));
      else if (name === pieceTypes) inputs[name] = tensor(new BigInt64Array(ids.length));
    }
    const [output = ''] = this.session.outputNames;
    const states = (await this.session.run(inputs, [output]))[output];
    return normalisedMean(states?.data as Float32Array, ids.length);
  }
}

/** Loaded only now, so that what is wrong with it can be told. */
function runtime(): Promise<typeof Onnx> {
  return orReason(
    `onnxruntime-node cannot be loaded on ${process.platform}-${process.arch}`,
    () => import('onnxruntime-node'),
  );
}

const optionsOf = (threads: number): Onnx.InferenceSession.SessionOptions => ({
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
  // Threads that wait do not keep a core busy; it costs nothing here.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

/** The mean over all word pieces, none of which is padding, as a vector of length 1. */
function normalisedMean(states: Float32Array, pieces: number): Float32Array {
  const size = states.length / pieces;
  const sums = new Float64Array(size);
  for (let from = 0; from < states.length; from += size) {
    for (let at = 0; at < size; at += 1) sums[at] = (sums[at] ?? 0) + (states[from + at] ?? 0);
  }
  const length = Math.sqrt(sums.reduce((sum, number) => sum + number * number, 0));
  // The length of the sums is that of the mean times their number, which so falls out.
  return Float32Array.from(sums, (number) => (length === 0 ? 0 : number / length));
}

async function orReason<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ModelError(`${what}: ${(error as Error).message.split('\n', 1)[0]}`, { cause: error });
  }
}

import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { SearchParts } from './built-search.ts';

type Pieces = InstanceType<SearchParts['WordPieces']>;

/** The model and nothing else: one text a run, the mean of its word pieces, and no page cut into chunks. */
export class BareModel {
  private readonly session: InferenceSession;
  private readonly pieces: Pieces;
  private readonly longest: number;
  private readonly vectors = new Map<string, Float32Array>();

  private constructor(session: InferenceSession, pieces: Pieces, longest: number) {
    this.session = session;
    this.pieces = pieces;
    this.longest = longest;
  }

  static async load({ readModel, shippedModel, WordPieces, longestText }: SearchParts): Promise<BareModel> {
    const { network, vocabulary } = await readModel(shippedModel);
    // Set up as the product's own process does it, so that what differs is what the product does around the model.
    const session = await InferenceSession.create(network, {
      intraOpNumThreads: Math.min(4, availableParallelism()),
      interOpNumThreads: 1,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    return new BareModel(session, new WordPieces(vocabulary), longestText);
  }

  /** How long a text may be for the model to read it whole, beside its marks of beginning and end. */
  get fits() {
    return { longest: this.longest - 2, count: (text: string, most: number) => this.pieces.count(text, most) };
  }

  /** The vector of a text, of length 1; a text that was read before is not read again. */
  async vectorOf(text: string): Promise<Float32Array> {
    const vector = this.vectors.get(text) ?? (await this.run(text));
    this.vectors.set(text, vector);
    return vector;
  }

  /** Texts per second when one after another is read; all of them are fresh. */
  async pace(texts: readonly string[]): Promise<number> {
    await this.run('The first run of a model takes longer.');
    const fresh = [...new Set(texts)];
    const started = performance.now();
    for (const text of fresh) this.vectors.set(text, await this.run(text));
    return (fresh.length * 1000) / (performance.now() - started);
  }

  private async run(text: string): Promise<Float32Array> {
    const ids = BigInt64Array.from(this.pieces.encode(text, this.longest), BigInt);
    const tensor = (numbers: BigInt64Array) => new Tensor('int64', numbers, [1, ids.length]);
    const output = await this.session.run({
      input_ids: tensor(ids),
      attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
      token_type_ids: tensor(new BigInt64Array(ids.length)),
    });
    return meanOfRows(output['last_hidden_state']?.data as Float32Array, ids.length);
  }
}

/** Documents by the cosine of their vectors with that of a question, nearest first. */
export function nearestOf(vectors: ReadonlyMap<string, Float32Array>, question: Float32Array, longest = 100): string[] {
  return Array.from(vectors, ([id, vector]) => ({ id, nearness: dot(vector, question) }))
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, longest)
    .map(({ id }) => id);
}

function meanOfRows(rows: Float32Array, count: number): Float32Array {
  const size = rows.length / count;
  const sums = new Float64Array(size);
  for (const [at, number] of rows.entries()) sums[at % size] = (sums[at % size] ?? 0) + number;
  const length = Math.hypot(...sums);
  return Float32Array.from(sums, (sum) => sum / length);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);

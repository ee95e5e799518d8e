import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Embedder, shippedModel } from '../src/index.js';
import { describeEmbedding } from './kit/embedding.js';

describeEmbedding('a model', () => {
  let folder: string;
  let embedder: Embedder;
  const file = (name: string) => join(folder, name);
  const embed = () => embedder.embed(['a text'], { lane: 'query' });
  const refused = { name: 'SearchError', code: 'meaning-unavailable' };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wikibot-model-'));
    for (const name of ['model_int8.onnx', 'vocab.txt', 'SHA256SUMS']) cpSync(join(shippedModel, name), file(name));
    embedder = new Embedder({ modelDir: folder, retryMs: 300 });
  });
  afterEach(async () => {
    await embedder.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('that is not what its hashes say is not loaded, until it is', async () => {
    appendFileSync(file('vocab.txt'), 'more\n');

    await expect(embed()).rejects.toMatchObject(refused);
    expect(embedder.status()).toMatchObject({ state: 'failed', reason: expect.stringContaining('vocab.txt') });
    expect(embedder.status().reason).toContain('SHA256SUMS');
    // While it is known to be so, nobody waits.
    await expect(embed()).rejects.toMatchObject(refused);

    cpSync(join(shippedModel, 'vocab.txt'), file('vocab.txt'));
    await expect.poll(() => embedder.status().state).toBe('ready');
    expect(await embed()).toHaveLength(1);
  });

  it('of which a file is missing is not loaded, until it is there', async () => {
    renameSync(file('model_int8.onnx'), file('elsewhere'));

    await expect(embed()).rejects.toMatchObject(refused);
    expect(embedder.status().reason).toContain('has no model_int8.onnx and no model.onnx');

    renameSync(file('elsewhere'), file('model_int8.onnx'));
    await expect.poll(() => embedder.status().state).toBe('ready');
    expect(embedder.status().reason).toBeUndefined();
    expect(await embed()).toHaveLength(1);
  });

  it('whose files cannot be read any more, when it is loaded already, ends nothing but that reading', async () => {
    const { promise, reject } = later();
    vi.spyOn(embedder as unknown as { read(): Promise<never> }, 'read').mockReturnValueOnce(promise);
    const reading = expect(embedder.model()).rejects.toThrow('gone');
    expect(await embed()).toHaveLength(1);

    reject(new Error('gone'));

    await reading;
    expect(await embed()).toHaveLength(1);
  });

  it('may be called model.onnx and have no hashes; its id tells what it is', async () => {
    const shipped = new Embedder();
    await shipped.embed(['a text'], { lane: 'query' });
    const { modelId } = shipped.status();
    await shipped.close();
    renameSync(file('model_int8.onnx'), file('model.onnx'));
    rmSync(file('SHA256SUMS'));

    expect(await embed()).toHaveLength(1);
    expect(embedder.status()).toEqual({ state: 'ready', modelId });
    expect(modelId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has another id when its vocabulary is another', async () => {
    await embed();
    const before = embedder.status().modelId;
    await embedder.close();
    rmSync(file('SHA256SUMS'));
    appendFileSync(file('vocab.txt'), 'more\n');
    embedder = new Embedder({ modelDir: folder });

    await embed();

    expect(embedder.status().modelId).not.toBe(before);
  });

  it.each([
    ['has to be named by its hashes', () => writeFileSync(file('SHA256SUMS'), ''), 'does not name model_int8.onnx'],
    [
      'has to be one',
      () => {
        rmSync(file('SHA256SUMS'));
        writeFileSync(file('model_int8.onnx'), 'no model');
      },
      'The model cannot be run: ',
    ],
    [
      'has to have a vocabulary of word pieces',
      () => {
        rmSync(file('SHA256SUMS'));
        writeFileSync(file('vocab.txt'), 'no\nvocabulary\n');
      },
      'vocab.txt is not a vocabulary of word pieces: ',
    ],
  ])('%s', async (_, spoil, reason) => {
    spoil();

    await expect(embed()).rejects.toMatchObject(refused);
    expect(embedder.status()).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
  });
});

/** A promise that is rejected when it is told to. */
function later(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, no) => (reject = no));
  return { promise, reject };
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
// Built, the room still uses the one copy that lies beside its sources.
const toRoom = isSource ? '../../' : '../../../../../../libs/search/';

/** The folder of the model that wikibot brings along. */
export const shippedModel = fileURLToPath(new URL(`${toRoom}model`, import.meta.url));

/** How many numbers a vector has. */
export const dimensions = 384;

/** More word pieces of a text than these the model does not read. */
export const longestText = 256;

const networks = ['model_int8.onnx', 'model.onnx'];
const vocabularyFile = 'vocab.txt';
const sumsFile = 'SHA256SUMS';

/** A model as its files say, before it is loaded. */
export interface ModelFiles {
  /** Made of the hashes of both files: vectors of different models cannot be compared. */
  id: string;
  network: Uint8Array;
  vocabulary: string;
}

/** Why a model cannot be used, in a sentence for whoever runs the server. */
export class ModelError extends Error {}

interface FileOfModel {
  name: string;
  content: Buffer;
  hash: string;
}

/**
 * Reads a model from a folder: `model_int8.onnx` or else `model.onnx`, and `vocab.txt`. Where a `SHA256SUMS` lies beside
 * them, they have to be what it says.
 */
export async function readModel(folder: string): Promise<ModelFiles> {
  const network = await firstOf(folder, networks);
  const vocabulary = await firstOf(folder, [vocabularyFile]);
  const sums = await contentOf(folder, sumsFile);
  if (sums !== null) for (const file of [network, vocabulary]) requireSum(folder, file, sums.toString('utf8'));
  return {
    id: sha256(`${network.hash} ${vocabulary.hash}`),
    network: network.content,
    vocabulary: vocabulary.content.toString('utf8'),
  };
}

async function firstOf(folder: string, names: readonly string[]): Promise<FileOfModel> {
  for (const name of names) {
    const content = await contentOf(folder, name);
    if (content !== null) return { name, content, hash: sha256(content) };
  }
  throw new ModelError(`The model folder ${folder} has no ${names.join(' and no ')}.`);
}

async function contentOf(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new ModelError(`${name} in the model folder ${folder} cannot be read (${code}).`);
  }
}

function requireSum(folder: string, { name, hash }: FileOfModel, sums: string): void {
  const lines = sums.split('\n').map((line) => /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line));
  const wanted = lines.find((line) => line?.[2] === name)?.[1]?.toLowerCase();
  if (wanted === undefined) throw new ModelError(`${sumsFile} in the model folder ${folder} does not name ${name}.`);
  if (wanted === hash) return;
  throw new ModelError(
    `${name} in the model folder ${folder} is not the file that ${sumsFile} names: its SHA-256 is ${hash}, not ${wanted}.`,
  );
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

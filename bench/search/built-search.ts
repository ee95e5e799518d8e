import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtApi } from '../kit/built.ts';

const load = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(builtApi, 'libs', path)).href)) as T;

/** The parts of the built product that the references need: how English is stemmed and how the model's texts are cut. */
export const searchParts = async () => ({
  ...(await load<typeof import('../../libs/wiki/src/keyword-stems.ts')>('wiki/src/keyword-stems.js')),
  ...(await load<typeof import('../../libs/wiki/src/keyword-terms.ts')>('wiki/src/keyword-terms.js')),
  ...(await load<typeof import('../../libs/search/src/word-pieces.ts')>('search/src/word-pieces.js')),
  ...(await load<typeof import('../../libs/search/src/chunking.ts')>('search/src/chunking.js')),
  ...(await load<typeof import('../../libs/search/src/chunk-text.ts')>('search/src/chunk-text.js')),
  ...(await load<typeof import('../../libs/search/src/embedding/model.ts')>('search/src/embedding/model.js')),
});

export type SearchParts = Awaited<ReturnType<typeof searchParts>>;

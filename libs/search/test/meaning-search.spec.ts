import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Access } from '@lib/acl';
import { Embedder } from '../src/embedding/embedder.js';
import { Indexer } from '../src/indexer.js';
import { MeaningSearch } from '../src/meaning-search.js';
import { VectorIndexes } from '../src/vectors/vector-indexes.js';
import { describeEmbedding } from './kit/embedding.js';
import { PagesOfTest } from './kit/pages.js';

describeEmbedding('a search by meaning', () => {
  const access = { wiki: { id: 'a-wiki' } } as Access<'search.use'>;
  const wanted = { limit: 3, perPage: 1, hasFeedback: false };
  let folder: string;
  let embedder: Embedder;
  let indexes: VectorIndexes;
  let search: MeaningSearch;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wikibot-meaning-'));
    const pages = new PagesOfTest();
    pages.write({ Bread: 'Flour and water, baked.', Pay: 'Salaries are paid monthly.' });
    embedder = new Embedder();
    indexes = new VectorIndexes({ folder: () => folder });
    await new Indexer({ pages, embedder, indexes, folder: () => folder }).catchUp('a-wiki');
    search = new MeaningSearch({ pages, embedder, indexes });
  });
  afterEach(async () => {
    await indexes.close();
    await embedder.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds what is nearest first', async () => {
    const { hits } = await search.find(access, 'wages', {}, wanted);

    expect(hits.map(({ path }) => path)).toEqual(['Pay', 'Bread']);
  });

  it('never compares a question with vectors of another model', async () => {
    const model = await embedder.model();
    vi.spyOn(embedder, 'model').mockResolvedValue({ ...model, id: 'another' });

    await expect(search.find(access, 'wages', {}, wanted)).rejects.toMatchObject({ code: 'meaning-unavailable' });
  });
});

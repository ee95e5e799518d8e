import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { Embedder } from '../src/embedding/embedder.js';
import { TextError } from '../src/embedding/embedding-queue.js';
import { dimensions } from '../src/embedding/model.js';
import { Indexer } from '../src/indexer.js';
import { VectorIndexes } from '../src/vectors/vector-indexes.js';
import { describeEmbedding } from './kit/embedding.js';
import { PagesOfTest } from './kit/pages.js';

const wiki = 'a-wiki';
const words = (n: number, word: string) => Array.from({ length: n }, (_, at) => `${word}${at}`).join(' ');
/** Several chunks under one heading each. */
const long = (sections: string[]) => sections.map((word) => `# ${word}\n\n${words(200, word)}\n`).join('\n');

describeEmbedding('the index of a wiki', () => {
  let folder: string;
  let pages: PagesOfTest;
  let embedder: Embedder;
  let indexes: VectorIndexes;
  let indexer: Indexer;
  let embed: MockInstance<Embedder['embed']>;
  const texts = () => embed.mock.calls.flatMap(([given]) => given);
  const chunks = async () => (await indexer.status(wiki)).chunks;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wikibot-indexer-'));
    pages = new PagesOfTest();
    embedder = new Embedder();
    embed = vi.spyOn(embedder, 'embed');
    indexes = new VectorIndexes({ folder: () => folder });
    indexer = new Indexer({ pages, embedder, indexes, folder: () => folder });
  });
  afterEach(async () => {
    await indexes.close();
    await embedder.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('after an edit only chunks whose text changed are embedded', async () => {
    pages.write({ One: long(['a', 'b', 'c']), Two: 'short' });
    await indexer.catchUp(wiki);
    const all = texts().length;
    expect([all, await chunks()]).toEqual([all, all]);
    embed.mockClear();

    pages.write({ One: long(['a', 'changed', 'c']) });
    expect(await indexer.catchUp(wiki)).toBe(true);

    expect(texts().length).toBeGreaterThan(0);
    expect(texts().filter((text) => !text.includes('changed'))).toEqual([]);
  });

  it('a page that moves, or that says what another says, is not embedded again where its text is the same', async () => {
    pages.write({ One: '---\ntitle: T\n---\ntext', Two: '---\ntitle: T\n---\ntext' });
    await indexer.catchUp(wiki);
    expect(texts()).toEqual(['T. text']);
    embed.mockClear();

    pages.write({ Three: '---\ntitle: T\n---\ntext', One: null });
    await indexer.catchUp(wiki);

    expect(texts()).toEqual([]);
    expect(await chunks()).toBe(2);
  });

  it('nothing is done twice when nothing changed', async () => {
    pages.write({ One: 'text' });
    await indexer.catchUp(wiki);
    const all = vi.spyOn(pages, 'all');

    expect(await indexer.catchUp(wiki)).toBe(true);

    expect(all).not.toHaveBeenCalled();
  });

  it('goes on where it was stopped', async () => {
    pages.write(
      Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`Page${at}`, `About ${words(30, `w${at}x`)}`])),
    );
    expect(await indexer.catchUp(wiki, { forMs: 0 })).toBe(false);
    const first = texts().length;
    const { pagesRead } = await indexer.status(wiki);
    expect(pagesRead).toBe(first);
    expect(first).toBeLessThan(300);

    while (!(await indexer.catchUp(wiki, { forMs: 0 })));

    // Each text once, however often it was stopped.
    expect(texts()).toHaveLength(300);
    expect(await indexer.status(wiki)).toMatchObject({
      pages: 300,
      pagesRead: 300,
      position: pages.commit,
      setAside: [],
    });
  });

  it('pages that cannot be read or embedded are set aside, the others are found', async () => {
    pages.write({ Bad: 'poison', Good: 'harmless', Broken: 'broken' });
    pages.troubles.set('Broken', 'It is damaged.');
    embed.mockRestore();
    const honest = embedder.embed.bind(embedder);
    vi.spyOn(embedder, 'embed').mockImplementation((given, options) =>
      given.some((text) => text.includes('poison'))
        ? Promise.reject(new TextError('It is poison.'))
        : honest(given, options),
    );

    expect(await indexer.catchUp(wiki)).toBe(true);

    const { setAside, pagesRead } = await indexer.status(wiki);
    expect(pagesRead).toBe(3);
    expect(setAside.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'Bad', trouble: 'It is poison.' },
      { path: 'Broken', trouble: 'It is damaged.' },
    ]);

    pages.troubles.clear();
    pages.write({ Bad: 'cured', Broken: 'mended' });
    await indexer.catchUp(wiki);
    expect((await indexer.status(wiki)).setAside).toEqual([]);
  });

  it('written anew it is the same, byte for byte', async () => {
    pages.write({ One: long(['a', 'b']), Two: 'short' });
    await indexer.catchUp(wiki);
    const before = await vectors();

    const progress: number[] = [];
    await indexer.rebuild(wiki, { onProgress: ({ done, pages: of }) => progress.push(done / of) });

    expect(await vectors()).toEqual(before);
    expect(progress.at(-1)).toBe(1);
  });

  it('another model makes it anew', async () => {
    pages.write({ One: 'text' });
    await indexer.catchUp(wiki);
    const model = await embedder.model();
    const id = createHash('sha256').update('another').digest('hex');
    vi.spyOn(embedder, 'model').mockResolvedValue({ ...model, id });

    expect(await indexer.seemsBehind(wiki, pages.commit ?? '')).toBe(true);
    expect(await indexer.status(wiki)).toMatchObject({ chunks: 0, pagesRead: 0, position: null });
  });

  async function vectors(): Promise<string[]> {
    const { id: modelId } = await embedder.model();
    return indexes.use(wiki, { dimensions, modelId }, async (index) => {
      const query = new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
      const found = await index.search({ query, limit: 100, perPage: 100 });
      return found.map(
        ({ path, chunkIndex, vector }) => `${path} ${chunkIndex} ${Buffer.from(vector.buffer).toString('hex')}`,
      );
    });
  }
});

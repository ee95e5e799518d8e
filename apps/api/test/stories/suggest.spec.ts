import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { RestClient } from '../kit/rest-client.js';

const pages = {
  'Garden/Roses': '---\ntitle: Roses\n---\n\n# Roses\n\n## Winter pruning\n\nCut them.\n\n## Watering\n\nEvery day.\n',
  'Garden/Winter': '# The garden in winter\n\nSleeps.\n',
  Café: '# Le Café\n\nOpen.\n',
  日本語ノート: '# 日本語ノート\n\nメモ。\n',
  'Private/Winners': '# Winners\n\nNobody knows.\n',
};

describe('suggestions', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;
  const suggest = async (typed: string, as = rest) => {
    const { status, body } = await as.get(`/suggest?q=${encodeURIComponent(typed)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.suggestions as { kind: string; text: string; path: string; anchor: string | null }[];
  };
  const texts = async (typed: string) => (await suggest(typed)).map(({ text, path }) => `${text} @ ${path}`);

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
    const operations = Object.entries(pages).map(([path, content]) => ({ op: 'write', path, content }));
    expect((await rest.post('/batch', { operations })).status).toBe(200);
  });
  afterAll(() => app?.stop());

  it.each([
    ['ros', ['Roses @ Garden/Roses']],
    ['win', ['Winners @ Private/Winners', 'Winter @ Garden/Winter', 'Winter pruning @ Garden/Roses']],
    ['prun', ['Winter pruning @ Garden/Roses']],
    ['winter pr', ['Winter pruning @ Garden/Roses']],
    ['cafe', ['Café @ Café']],
    ['日本', ['日本語ノート @ 日本語ノート']],
    ['zzz', []],
    ['', []],
    ['%', []],
    ["'", []],
  ])('%j leads to %j', async (typed, expected) => {
    expect((await texts(typed)).toSorted()).toEqual(expected.toSorted());
  });

  it('names that begin so come first, sections have an anchor', async () => {
    const [first, ...others] = await suggest('win');

    expect(first).toMatchObject({ kind: 'page', path: 'Garden/Winter', anchor: null });
    expect(others).toContainEqual({
      kind: 'section',
      text: 'Winter pruning',
      path: 'Garden/Roses',
      anchor: 'winter-pruning',
    });
  });

  it('a stranger learns nothing of a private wiki', async () => {
    const { token } = await app.addUser('bob');

    const bob = new RestClient(app.url, token);
    const answers = await Promise.all(
      ['notes', 'nothing'].map((slug) => bob.get(`/@alice/${slug}/api/v1/suggest?q=win`)),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});

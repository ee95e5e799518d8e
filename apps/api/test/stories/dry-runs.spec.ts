import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

describe('a change that is only tried', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let first: string;

  const refs = () =>
    git.run(['ls-remote', `${app.url.replace('http://', `http://any:${wiki.token}@`)}/@alice/notes.git`]);

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'notes');
    const made = await wiki.rest.put('/pages/Page', { content: '# Page\n\n## Food\n\nGrass.\n' });
    first = made.body.revision as string;
    await wiki.rest.post('/pages/Page/append', { content: '\nAnd hay.\n' });
    await wiki.rest.put('/pages/Linker', { content: 'See [[Page]].\n' });
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  const changes: [string, string, string, () => Record<string, unknown>, string[]][] = [
    ['append', 'POST', '/append', () => ({ content: 'And oats.\n' }), ['+And oats.']],
    ['section', 'PUT', '/section', () => ({ section: 'Food', content: '## Food\n\nBark.\n' }), ['-Grass.', '+Bark.']],
    ['rename', 'POST', '/rename', () => ({ new_path: 'Moved' }), ['Moved.md', '-See [[Page]].', '+See [[Moved]].']],
    ['restore', 'POST', '/restore', () => ({ revision: first }), ['-And hay.']],
  ];

  describe.each(changes)('%s', (_name, method, path, body, lines) => {
    it.each(['body', 'query'])('as the %s asks: the diff is shown, nothing is changed', async (place) => {
      const [before, page] = [await refs(), (await wiki.rest.get('/pages/Page')).body];

      const answer =
        place === 'body'
          ? await wiki.rest.call(method, `/pages/Page${path}`, { body: { ...body(), dry_run: true } })
          : await wiki.rest.call(method, `/pages/Page${path}?dry_run=true`, { body: body() });

      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(answer.body.dry_run).toBe(true);
      expect((answer.body.diff as string).split('\n')).toEqual(
        expect.arrayContaining(lines.map((line) => expect.stringContaining(line) as string)),
      );
      expect(await refs()).toBe(before);
      expect((await wiki.rest.get('/pages/Page')).body).toEqual(page);
      expect((await wiki.rest.get('/pages/Linker')).body.content).toBe('See [[Page]].\n');
      expect((await wiki.rest.get('/pages/Moved')).status).toBe(404);
    });
  });
});

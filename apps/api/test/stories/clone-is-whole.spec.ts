import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256));
const text = '# Orchard\r\n\nTrailing blanks  \n\u200f باغ 🌳\n\nno newline at the end';

describe('a clone is the whole wiki', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let served: string;
  let cloned: string;

  const remote = () => `${app.url.replace('http://', `http://any:${wiki.token}@`)}/@alice/orchard.git`;
  const both = (...args: string[]) =>
    Promise.all([git.run(['--git-dir', served, ...args]), git.run(['--git-dir', join(cloned, '.git'), ...args])]);

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'orchard', { name: 'The Old Orchard', purpose: 'Which tree stands where' });
    const { rest } = wiki;
    await rest.put('/pages/Orchard', { content: 'first\n' });
    const { revision } = (await rest.get('/pages/Orchard')).body;
    await rest.put('/pages/Orchard', { content: text, revision });
    await rest.put('/pages/Trees%2F%D8%A8%D8%A7%D8%BA', { content: 'See [[Orchard]].\n' });
    await rest.post('/pages/Orchard/attachments?filename=plan.bin', bytes, {
      'content-type': 'application/octet-stream',
    });
    await rest.put('/pages/Short-lived', { content: 'soon gone\n' });
    await rest.delete('/pages/Short-lived');
    await rest.post('/pages/Orchard/rename', { new_path: 'Old Orchard' });
    await git.run(['clone', '--quiet', remote(), 'clone']);
    cloned = git.path('clone');
    const root = join(app.dataDir, 'repositories');
    const [folder = ''] = await readdir(root);
    served = join(root, folder, 'repo.git');
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('every commit is there, with its tree, in the same order', async () => {
    const [here, there] = await both('log', '--format=%H %T %P %an %ae %at %cn %ce %ct%n%B', 'main');

    expect(there).toBe(here);
    expect((await both('rev-list', '--count', 'main'))[1].trim()).toBe('8');
  });

  it('every file of every commit is the same object with the same bytes', async () => {
    const objects = await both('rev-list', '--objects', '--no-object-names', 'main');
    const sorted = objects.map((list) => list.trim().split('\n').sort());
    expect(sorted[1]).toEqual(sorted[0]);

    const [trees, copied] = await both('ls-tree', '-r', '-z', 'main');
    expect(copied).toBe(trees);
    expect((await git.try(['fsck', '--strict', '--full'], cloned)).code).toBe(0);
    for (const oid of sorted[0] ?? []) {
      const [here, there] = await both('cat-file', '-p', oid);
      expect(there).toBe(here);
    }
  });

  it('the files on disk hold what was written, byte for byte', async () => {
    const files = (await git.run(['ls-files', '-z'], cloned)).split('\0').filter((name) => name !== '');
    const binary = files.find((name) => name.endsWith('plan.bin')) ?? '';

    expect(await readFile(join(cloned, binary))).toEqual(bytes);
    expect(await readFile(join(cloned, 'Old Orchard.md'), 'utf8')).toBe(text);
    expect(await readFile(join(cloned, 'Trees', 'باغ.md'), 'utf8')).toBe('See [[Old Orchard]].\n');
    expect(files).not.toContain('Short-lived.md');
  });

  it('every page that is listed is a file, and the other way round', async () => {
    const { pages } = (await wiki.rest.get('/pages')).body as unknown as { pages: { path: string }[] };
    const files = (await git.run(['ls-files', '-z'], cloned)).split('\0').filter((name) => name.endsWith('.md'));

    expect(pages.map(({ path }) => `${path}.md`).sort()).toEqual(files.sort());
  });

  it('what was deleted or overwritten is in the history', async () => {
    const log = async (path: string) =>
      (await git.run(['log', '--format=%H', '--diff-filter=AM', '--', path], cloned)).trim().split('\n');
    const [gone = ''] = await log('Short-lived.md');
    const first = (await log('Orchard.md')).at(-1) ?? '';

    expect(await git.run(['show', `${gone}:Short-lived.md`], cloned)).toBe('soon gone\n');
    expect(await git.run(['show', `${first}:Orchard.md`], cloned)).toBe('first\n');
  });

  it('the first commit holds the three starter pages with name and purpose filled in', async () => {
    const root = (await git.run(['rev-list', '--max-parents=0', 'main'], cloned)).trim();
    const files = await git.run(['ls-tree', '-r', '--name-only', root], cloned);
    const home = await git.run(['show', `${root}:Home.md`], cloned);
    const guide = await git.run(['show', `${root}:Meta/Wiki Usage Guide.md`], cloned);

    expect(files.trim().split('\n')).toEqual(['Home.md', 'Meta/Page Template.md', 'Meta/Wiki Usage Guide.md']);
    for (const page of [home, guide]) {
      expect(page).toContain('The Old Orchard');
      expect(page).toContain('Which tree stands where');
      expect(page).not.toMatch(/\{\{|undefined|null/);
    }
  });
});

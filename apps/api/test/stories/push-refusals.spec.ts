import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

describe('who may push, and what', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let editor: string;
  let viewer: string;
  let folder: string;

  const remote = (secret: string) => `${app.url.replace('http://', `http://any:${secret}@`)}/@alice/notes.git`;
  const refs = () => git.run(['ls-remote', remote(wiki.token)]);
  const push = (commit: string, secret = wiki.token) =>
    git.try(['push', remote(secret), `${commit}:refs/heads/main`], folder);

  /** A commit on the tip with these entries more; no working tree is touched, so that any name can be had. */
  const commitOf = async (...entries: { mode?: string; path: string; oid?: string }[]) => {
    await git.run(['fetch', '--quiet', remote(wiki.token), 'main'], folder);
    await git.run(['read-tree', 'FETCH_HEAD'], folder);
    const blob = (await git.run(['hash-object', '-w', git.path('blob')], folder)).trim();
    for (const { mode = '100644', path, oid = blob } of entries) {
      await git.run(['update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`], folder);
    }
    const tree = (await git.run(['write-tree'], folder)).trim();
    return (await git.run(['commit-tree', tree, '-p', 'FETCH_HEAD', '-m', 'Change: for a test'], folder)).trim();
  };

  const member = async (username: string, role: string) => {
    const { token } = await app.addUser(username);
    const answer = await wiki.platform.put(`/wikis/alice/notes/members/${username}`, { role });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return token;
  };

  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'notes');
    await app.setPlan('alice', 'notes', { plan: 'premium', paymentStatus: 'active' });
    editor = await member('edith', 'editor');
    viewer = await member('victor', 'viewer');
    await git.run(['clone', '--quiet', remote(wiki.token), 'clone']);
    folder = git.path('clone');
    await writeFile(git.path('blob'), 'text\n');
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('an editor pushes; history names the author of the commit, and who pushed it', async () => {
    const commit = await commitOf({ path: 'Edited.md' });

    const pushed = await push(commit, editor);
    const [entry] = (await wiki.rest.get('/pages/Edited/history')).body.history;
    const [change] = (await wiki.rest.get('/changelog?limit=1')).body.entries;

    expect(pushed.code, pushed.stderr).toBe(0);
    // A pushed commit may claim any author, so no username goes with the name.
    const said = { author: 'Alice', username: null, pushed_by: 'edith', door: 'git', message: 'Change: for a test' };
    expect(entry).toMatchObject(said);
    expect(change).toMatchObject({ ...said, pages_affected: ['Edited'] });
  });

  it('a viewer is refused by name of the role', async () => {
    const before = await refs();

    const pushed = await push(await commitOf({ path: 'Viewed.md' }), viewer);

    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/remote: .*viewer/);
    expect(await refs()).toBe(before);
  });

  const [composed, decomposed] = ['Caf\u00e9.md', 'Cafe\u0301.md'];
  const faulty: [string, { mode?: string; path: string; oid?: string }[], RegExp][] = [
    ['a gitlink', [{ mode: '160000', path: 'module', oid: '1'.repeat(40) }], /remote: .*submodule/],
    ['twins in another normalisation', [{ path: composed }, { path: decomposed }], /remote: .*same name/],
    ['a name of 256 bytes', [{ path: `${'n'.repeat(253)}.md` }], /remote: .*(?:long|bytes)/],
    ['a name of many bytes and few letters', [{ path: `${'م'.repeat(127)}.md` }], /remote: .*(?:long|bytes)/],
    ['a folder named too long', [{ path: `${'f'.repeat(256)}/Page.md` }], /remote: .*(?:long|bytes)/],
  ];

  it.each(faulty)('%s is refused with the reason and changes nothing', async (_name, entries, reason) => {
    const before = await refs();

    const pushed = await push(await commitOf(...entries));

    expect(pushed.code, pushed.stderr).not.toBe(0);
    expect(pushed.stderr).toMatch(reason);
    expect(await refs()).toBe(before);
  });

  it('a twin of a page that is there is refused too', async () => {
    await wiki.rest.put(`/pages/${encodeURIComponent('Na\u00efve')}`, { content: 'x\n' });
    const before = await refs();

    const pushed = await push(await commitOf({ path: 'Nai\u0308ve.md' }));

    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/remote: .*same name/);
    expect(await refs()).toBe(before);
  });

  it('the longest name that is allowed goes in', async () => {
    const longest = 'n'.repeat(252);

    const pushed = await push(await commitOf({ path: `${longest}.md` }));

    expect(pushed.code, pushed.stderr).toBe(0);
    expect((await wiki.rest.get(`/pages/${longest}`)).body.content).toBe('text\n');
  });

  it('on the free plan nobody pushes, and everybody clones', async () => {
    await app.setPlan('alice', 'notes', { plan: 'free', paymentStatus: 'free' });
    const before = await refs();

    const commit = await commitOf({ path: 'Free.md' });
    const answers = [await push(commit), await push(commit, editor)];
    const cloned = await git.try(['clone', '--quiet', remote(viewer), 'free']);

    for (const { code, stderr } of answers) {
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/remote: .*plan/i);
    }
    expect(cloned.code, cloned.stderr).toBe(0);
    expect(await refs()).toBe(before);
  });
});

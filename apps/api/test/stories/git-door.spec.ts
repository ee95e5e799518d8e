import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { RestClient } from '../kit/rest-client.js';

describe('the git door', () => {
  let app: TestApp;
  let git: GitClient;
  let wiki: WikiKit;
  let viewer: string;
  let clones = 0;

  const remote = (secret: string, path = '@alice/notes', user = 'any') =>
    `${app.url.replace('http://', `http://${user}:${secret}@`)}/${path}.git`;

  const clone = async (secret = wiki.token): Promise<string> => {
    const name = `clone-${(clones += 1)}`;
    await git.run(['clone', '--quiet', remote(secret), name]);
    return git.path(name);
  };

  const commitAll = async (folder: string, message = 'Change: for a test') => {
    await git.run(['add', '-A'], folder);
    await git.run(['commit', '--quiet', '-m', message], folder);
  };

  const push = (folder: string, ...args: string[]) =>
    git.try(['push', 'origin', ...(args.length === 0 ? ['HEAD:main'] : args)], folder);

  const tip = async () => (await git.run(['ls-remote', remote(wiki.token), 'refs/heads/main'])).slice(0, 40);

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    wiki = await aWiki(app, 'alice', 'notes');
    viewer = (await app.addUser('viewer1')).token;
    await wiki.platform.put('/wikis/alice/notes/members/viewer1', { role: 'viewer' });
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('any user name goes with the token; a viewer clones', async () => {
    for (const user of ['token', 'alice', 'x']) {
      expect((await git.try(['ls-remote', remote(wiki.mcpToken, '@alice/notes', user)])).code).toBe(0);
    }
    const folder = await clone(viewer);

    expect(await readFile(join(folder, 'Home.md'), 'utf8')).toBe((await wiki.rest.get('/pages/Home')).body.content);
  });

  it('Bearer works as well as Basic', async () => {
    const header = `http.extraHeader=Authorization: Bearer ${wiki.token}`;

    expect((await git.try(['-c', header, 'ls-remote', `${app.url}/@alice/notes.git`])).code).toBe(0);
  });

  it('nobody is asked for a password, for private and missing alike; a wrong one is refused', async () => {
    const ask = async (path: string, headers = {}) => {
      const client = new RestClient(app.url, null);
      return client.get(`${path}/info/refs?service=git-upload-pack`, headers);
    };
    const [hidden, missing] = [await ask('/@alice/notes.git'), await ask('/@alice/absent.git')];
    const wrong = await git.try(['ls-remote', remote('wbt_wrong')]);

    expect([hidden.status, missing.status]).toEqual([401, 401]);
    expect(hidden.headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect(hidden.bytes).toEqual(missing.bytes);
    expect(wrong.code).not.toBe(0);
    expect(wrong.stderr).toMatch(/Authentication failed/);
  });

  it('who may not see a wiki is told what they are told of a missing one', async () => {
    const { token } = await app.addUser('mallory');

    const hidden = await git.try(['clone', remote(token), 'nothing']);
    const missing = await git.try(['clone', remote(token, '@alice/absent'), 'nothing']);

    expect(hidden.code).not.toBe(0);
    expect(hidden.stderr).toBe(missing.stderr.replaceAll('absent', 'notes'));
  });

  it('a public wiki is cloned without credentials and pushed by nobody', async () => {
    await wiki.platform.post('/wikis', { slug: 'open', name: 'Open', visibility: 'public' });
    const cloned = await git.try(['clone', '--quiet', `${app.url}/@alice/open.git`, 'open']);
    await writeFile(git.path('open', 'Mine.md'), 'x\n');
    await commitAll(git.path('open'));

    const pushed = await push(git.path('open'));

    expect(cloned.code, cloned.stderr).toBe(0);
    expect(pushed.code).not.toBe(0);
  });

  it('a viewer may not push, and is told so', async () => {
    const folder = await clone(viewer);
    await writeFile(join(folder, 'Viewer.md'), 'x\n');
    await commitAll(folder);

    const pushed = await push(folder);

    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/remote: .*viewer/);
  });

  it('a token that is limited to paths is refused with the reason', async () => {
    const made = await wiki.platform.post('/tokens', { label: 'narrow', paths: ['Drafts'] });

    const cloned = await git.try(['clone', remote(made.body.secret as string), 'narrow']);

    expect(cloned.code).not.toBe(0);
    expect(cloned.stderr).toMatch(/limited to Drafts/);
  });

  it('shallow and partial clones work, and a fetch of nothing', async () => {
    const shallow = await git.try(['clone', '--quiet', '--depth', '1', remote(wiki.token), 'shallow']);
    const partial = await git.try(['clone', '--quiet', '--filter=blob:none', remote(wiki.token), 'partial']);
    const fetched = await git.try(['fetch', '--quiet'], git.path('partial'));

    expect([shallow.code, partial.code, fetched.code], shallow.stderr + partial.stderr).toEqual([0, 0, 0]);
  });

  it('protocol v0 is spoken too', async () => {
    const cloned = await git.try(['-c', 'protocol.version=0', 'clone', '--quiet', remote(wiki.token), 'old']);

    expect(cloned.code, cloned.stderr).toBe(0);
  });

  describe('a push is refused with a reason and changes nothing', () => {
    const refuse = async (prepare: (folder: string) => Promise<unknown>, reason: RegExp) => {
      const folder = await clone();
      const before = await tip();
      await prepare(folder);
      await commitAll(folder);

      const pushed = await push(folder);

      expect(pushed.code, pushed.stderr).not.toBe(0);
      expect(pushed.stderr).toMatch(/remote: /);
      expect(pushed.stderr).toMatch(reason);
      expect(await tip()).toBe(before);
    };

    it('a symbolic link', () => refuse((f) => symlink('/etc/passwd', join(f, 'Link.md')), /symbolic link/));

    it('twins', () =>
      refuse(async (f) => {
        await writeFile(join(f, 'Twin.md'), 'a\n');
        await writeFile(join(f, 'twin.md'), 'b\n');
      }, /same name/));

    it('a page over the limit', () => refuse((f) => writeFile(join(f, 'Big.md'), 'x'.repeat(1_048_577)), /1048576/));

    it('a file over the limit', () =>
      refuse((f) => writeFile(join(f, 'big.bin'), Buffer.alloc(10 * 1024 * 1024 + 1, 7)), /10485760/));

    it('a control character in a name', () => refuse((f) => writeFile(join(f, 'a\nb.md'), 'x'), /control character/));

    it('a list of submodules', () => refuse((f) => writeFile(join(f, '.gitmodules'), ''), /submodule/));

    it('a path of forty folders', () =>
      refuse(async (f) => {
        const deep = join(f, ...Array.from({ length: 40 }, () => 'd'));
        await mkdir(deep, { recursive: true });
        await writeFile(join(deep, 'Deep.md'), 'x');
      }, /level/));
  });

  it('other branches, deletions and rewritten history are refused', async () => {
    const folder = await clone();
    const before = await tip();
    await writeFile(join(folder, 'Amended.md'), 'x\n');
    await git.run(['add', '-A'], folder);
    await git.run(['commit', '--quiet', '--amend', '-m', 'Rewritten'], folder);

    const answers = [
      await push(folder, 'HEAD:refs/heads/other'),
      await push(folder, ':refs/heads/main'),
      await push(folder, '--force', 'HEAD:main'),
      await push(folder, 'HEAD:refs/replace/' + before),
    ];

    expect(answers.map(({ code }) => code === 0)).toEqual([false, false, false, false]);
    expect(answers[2]?.stderr).toMatch(/pull|history/i);
    expect(await tip()).toBe(before);
  });

  it('a push that comes too late is refused and goes through after a pull', async () => {
    const folder = await clone();
    await wiki.rest.put('/pages/Meanwhile', { content: 'x\n' });
    await writeFile(join(folder, 'Late.md'), 'late\n');
    await commitAll(folder);

    const late = await push(folder);
    await git.run(['pull', '--quiet', '--rebase', 'origin', 'main'], folder);
    const again = await push(folder);

    expect(late.code).not.toBe(0);
    expect(again.code, again.stderr).toBe(0);
    expect((await wiki.rest.get('/pages/Late')).body.content).toBe('late\n');
  });

  it('odd names are taken, stay readable and are not renamed', async () => {
    const folder = await clone();
    await writeFile(join(folder, 'what?.md'), 'odd\n');
    await commitAll(folder);

    const pushed = await push(folder);

    expect(pushed.code, pushed.stderr).toBe(0);
    expect((await wiki.rest.get('/pages/what%3F')).body).toMatchObject({ path: 'what?', content: 'odd\n' });
  });

  it('a pushed commit cannot pretend to come from another door or agent', async () => {
    const folder = await clone();
    await writeFile(join(folder, 'Forged.md'), 'x\n');
    await commitAll(folder, 'Forged\n\nWikibot-Via: mcp\nWikibot-Agent: claude-code');
    await push(folder);

    const [entry] = (await wiki.rest.get('/changelog?limit=1')).body.entries as Record<string, unknown>[];

    expect(entry).toMatchObject({ door: 'git', agent: null, pages_affected: ['Forged'] });
  });
});

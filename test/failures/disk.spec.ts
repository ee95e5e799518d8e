import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { GitClient } from '../../apps/api/test/kit/git-client.js';
import { connect } from '../../apps/api/test/kit/mcp-client.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { noDisk, SmallDisk } from './kit/small-disk.js';

const missing = noDisk();

/** The data folder on a disk of its own; the database is elsewhere. */
describe.skipIf(missing !== null)(
  `a disk that takes nothing any more${missing === null ? '' : ` (not tried: ${missing})`}`,
  () => {
    let disk: SmallDisk;
    let app: TestApp;
    let wiki: WikiKit;
    let git: GitClient;
    let clone: string;
    let agent: Awaited<ReturnType<typeof connect>>;
    let gitDir: string;

    beforeAll(async () => {
      disk = new SmallDisk(64);
      app = await startApp({ DATA_DIR: disk.folder });
      wiki = await aWiki(app, 'alice', 'notes');
      agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
      git = await GitClient.create();
      clone = git.path('clone');
      await git.run(['clone', '--quiet', remote(), clone]);
      const [id = ''] = readdirSync(join(disk.folder, 'repositories'));
      gitDir = join(disk.folder, 'repositories', id, 'repo.git');
    });
    afterAll(async () => {
      await agent?.close();
      await app?.stop();
      await git?.remove();
      disk?.remove();
    });

    const remote = () => `${app.url.replace('http://', `http://any:${wiki.token}@`)}/@alice/notes.git`;
    const tip = () => git.run(['ls-remote', remote(), 'main']);
    const noise = (bytes: number) => randomBytes(bytes / 2).toString('hex');
    const ready = async () => new RestClient(app.url, null).get('/readyz');

    /** What every door says while nothing can be written, and that nothing was. */
    const refusedEverywhere = async (status: number, code: string, text: RegExp) => {
      const before = await tip();
      await git.run(['pull', '--quiet'], clone);

      const put = await wiki.rest.put('/pages/Refused', { content: noise(200_000) });
      const said = await agent.call('write_note', { path: 'Refused', content: noise(200_000) });
      await writeFile(join(clone, 'Refused.md'), noise(200_000));
      await git.run(['add', '.'], clone);
      await git.run(['commit', '--quiet', '-m', 'Refused: by the disk'], clone);
      const pushed = await git.try(['push', 'origin', 'HEAD:main'], clone);
      await git.run(['reset', '--quiet', '--hard', 'HEAD~1'], clone);

      expect(put.status).toBe(status);
      expect(put.body).toMatchObject({ type: `/problems/${code}`, detail: expect.stringMatching(text) as string });
      expect(Number(put.headers['retry-after'])).toBeGreaterThan(0);
      expect(said.isError).toBe(true);
      expect(said.text).toMatch(text);
      expect(pushed.code).not.toBe(0);
      expect(pushed.stderr).toMatch(text);
      expect(await tip()).toBe(before);
      expect((await wiki.rest.get('/pages/Refused')).status).toBe(404);
    };

    const writesAgain = async (path: string) => {
      const made = await wiki.rest.put(`/pages/${path}`, { content: 'There is room.\n' });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      await git.run(['pull', '--quiet'], clone);
      await git.run(['--git-dir', gitDir, 'fsck', '--strict', '--no-progress']);
      expect((await wiki.rest.get('/search?q=room')).body.results).toContainEqual(expect.objectContaining({ path }));
      expect((await ready()).status).toBe(200);
    };

    it('when it is full, writes are refused, reads go on, and it recovers by itself', async () => {
      const ballast = join(disk.folder, 'ballast');
      const { bavail, bsize } = await statfs(disk.folder);
      await writeFile(ballast, Buffer.alloc(bavail * bsize - 64 * 1024, 1));
      // Small writes go on until the last block is gone.
      let last = { status: 201 };
      for (let n = 0; last.status === 201 && n < 500; n += 1) {
        last = await wiki.rest.put(`/pages/Filling%2F${n}`, { content: noise(4_000) });
      }
      expect(last.status).toBe(507);

      await refusedEverywhere(507, 'storage-full', /disk of this server is full/);
      expect((await wiki.rest.get('/pages/Filling%2F0')).status).toBe(200);
      expect(await git.try(['fetch', '--quiet'], clone)).toMatchObject({ code: 0 });
      const unready = await ready();
      expect([unready.status, unready.body['what']]).toEqual([503, 'storage']);

      const leftovers = readdirSync(join(gitDir, 'objects')).filter((name) => /^(?:tmp_|incoming-)/.test(name));
      expect(leftovers).toEqual([]);
      expect(readdirSync(join(gitDir, 'refs', 'heads'))).toEqual(['main']);

      await rm(ballast);
      await writesAgain('AfterFull');
    });

    it('when it is read-only, writes are refused, reads go on, and it recovers by itself', async () => {
      disk.readOnly(true);
      try {
        await refusedEverywhere(503, 'storage-refused', /takes nothing at the moment/);
        expect((await wiki.rest.get('/pages/AfterFull')).status).toBe(200);
        expect(await git.try(['fetch', '--quiet'], clone)).toMatchObject({ code: 0 });
        expect((await ready()).status).toBe(503);
      } finally {
        disk.readOnly(false);
      }
      await writesAgain('AfterReadOnly');
    });
  },
);

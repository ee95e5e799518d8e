import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { aWiki, type WikiKit } from '../../apps/api/test/kit/a-wiki.js';
import { startApp, type TestApp } from '../../apps/api/test/kit/app.js';
import { GitClient } from '../../apps/api/test/kit/git-client.js';
import { connect } from '../../apps/api/test/kit/mcp-client.js';
import { type RestAnswer, RestClient } from '../../apps/api/test/kit/rest-client.js';
import { Doctor } from '../../apps/api/src/cli/doctor.js';
import { type EmbeddedPostgres, startEmbedded } from '../../libs/postgres/src/index.js';
import { noDisk, SmallDisk } from './kit/small-disk.js';

const missing = noDisk();

/** The database on a disk of its own; the data folder is elsewhere. */
describe.skipIf(missing !== null)(
  `a database whose disk is full${missing === null ? '' : ` (not tried: ${missing})`}`,
  () => {
    let disk: SmallDisk;
    let database: EmbeddedPostgres;
    let app: TestApp;
    let wiki: WikiKit;
    let git: GitClient;
    let clone: string;
    let agent: Awaited<ReturnType<typeof connect>>;

    beforeAll(async () => {
      disk = new SmallDisk(256);
      database = await startEmbedded({ dir: join(disk.folder, 'db') });
      app = await startApp({ DATABASE_URL: database.url });
      wiki = await aWiki(app, 'alice', 'notes');
      agent = await connect(`${app.url}/@alice/notes/mcp`, wiki.mcpToken);
      git = await GitClient.create();
      clone = git.path('clone');
      await git.run(['clone', '--quiet', remote(), clone]);
    });
    afterAll(async () => {
      await agent?.close();
      await app?.stop();
      await git?.remove();
      await database?.stop();
      disk?.remove();
    });

    const remote = () => `${app.url.replace('http://', `http://any:${wiki.token}@`)}/@alice/notes.git`;
    const noise = (bytes: number) =>
      randomBytes(bytes / 2)
        .toString('hex')
        .replace(/(.{7})/g, '$1 ');
    const ready = async () => new RestClient(app.url, null).get('/readyz');
    const acknowledged: string[] = [];

    /** Every refusal of a write so far. */
    const refusals: RestAnswer[] = [];
    const put = async (path: string, content: string) => {
      const answer = await wiki.rest.put(`/pages/${path}`, { content });
      if (answer.status === 201) acknowledged.push(path);
      else refusals.push(answer);
      return answer.status;
    };

    it('keeps what git alone can keep, says clearly what it cannot do, and recovers by itself', async () => {
      const ballast = join(disk.folder, 'ballast');
      const { bavail, bsize } = await statfs(disk.folder);
      // What works in the background may take some of the room meanwhile; full is full.
      await writeFile(ballast, Buffer.alloc(bavail * bsize, 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error;
      });

      // The tables cannot grow: git keeps what is written, and the lists say how far they are behind.
      for (let n = 0; n < 40; n += 1) await put(`Filling-${n}`, noise(20_000));
      expect(acknowledged).toHaveLength(40);
      expect((await wiki.rest.get('/pages?limit=1')).body['behind']).toBeGreaterThan(0);
      expect((await wiki.rest.get('/pages/Filling-39')).status).toBe(200);

      // Nor can its log: now it stops, and cannot start again.
      await exhaustLog();
      await expect.poll(() => put('Refused', 'Not now.\n')).not.toBe(201);
      const said = await agent.call('write_note', { path: 'Refused', content: 'Not now.\n' }).catch(String);
      const pushed = await push('Refused');
      expect(JSON.stringify(said)).toMatch(/database/);
      expect(pushed.code).not.toBe(0);
      expect(pushed.stderr).toMatch(/database/);
      await expect.poll(async () => (await ready()).status).toBe(503);

      await rm(ballast);
      await expect.poll(() => put('After', 'There is room.\n')).toBe(201);
      await expect.poll(async () => (await ready()).status).toBe(200);
      for (const { status, body } of refusals) {
        expect([503, 507], JSON.stringify(body)).toContain(status);
        expect(['/problems/not-ready', '/problems/storage-full']).toContain(body['type']);
      }
    });

    it('has lost nothing that was acknowledged, and git and the lists agree', async () => {
      await expect.poll(async () => (await wiki.rest.get('/pages?limit=1')).body['behind'] ?? 0).toBe(0);
      const listed = (await wiki.rest.get('/pages?limit=100')).body['pages'] as { path: string }[];
      expect(listed.map(({ path }) => path)).toEqual(expect.arrayContaining(acknowledged));
      for (const path of acknowledged) expect((await wiki.rest.get(`/pages/${path}`)).status).toBe(200);
      expect((await wiki.rest.get('/search?q=room')).body.results).toContainEqual(
        expect.objectContaining({ path: 'After' }),
      );
      const found = await new Doctor(app.rooms).examine({ deep: true });
      expect(found.filter(({ ok }) => !ok)).toEqual([]);
    });

    const push = async (path: string) => {
      await writeFile(join(clone, `${path}.md`), noise(20_000));
      await git.run(['add', '.'], clone);
      await git.run(['commit', '--quiet', '-m', path], clone);
      return git.try(['push', 'origin', 'HEAD:main'], clone);
    };

    /** Begins a new file of the write-ahead log again and again, until there is none. */
    const exhaustLog = async () => {
      const client = new pg.Client({ connectionString: database.url });
      client.on('error', () => {});
      await client.connect();
      const next = async () => {
        for (let n = 0; n < 200; n += 1)
          await client.query("SELECT pg_logical_emit_message(true, 'x', 'x'), pg_switch_wal()");
      };
      await expect(next()).rejects.toThrow(/No space left|terminated/);
      await client.end().catch(() => {});
    };
  },
);

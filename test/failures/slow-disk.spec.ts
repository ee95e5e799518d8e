import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../../apps/api/test/kit/command-line.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../../apps/api/test/kit/server-process.js';
import { noSlowDisk, SlowDisk } from './kit/slow-disk.js';

const missing = noSlowDisk();
const delayMs = 300;
const wikis = ['one', 'two', 'three', 'four', 'five', 'six'];

describe.skipIf(missing !== null)(
  `a disk that takes its time to sync${missing === null ? '' : ` (not tried: ${missing})`}`,
  () => {
    let line: Awaited<ReturnType<typeof aCommandLine>>;
    let server: ServerProcess;
    let platform: RestClient;
    let disk: SlowDisk | undefined;

    beforeAll(async () => {
      line = await aCommandLine();
      expect((await line.run(['user', 'add', 'alice'])).code).toBe(0);
      const made = await line.run(['--json', 'token', 'create', 'alice', '--verbs', 'read,write,admin']);
      server = await startServerProcess(line.settings);
      platform = new RestClient(server.url, (JSON.parse(made.stdout) as { secret: string }).secret);
      for (const slug of wikis) {
        expect((await platform.post('/api/v1/wikis', { slug, name: slug })).status).toBe(201);
        await of(slug).put('/pages/Old', { content: 'Old.\n' });
      }
    });
    afterAll(async () => {
      await disk?.end();
      await server?.end('SIGKILL');
      await line?.remove();
    });

    const of = (slug: string) => platform.under(`/@alice/${slug}/api/v1`);

    it('makes writes slow, answers them all the same, and lets reads pass', async () => {
      // Another server has read nothing yet, so that reads have to go to the disk.
      await server.end('SIGTERM');
      server = await startServerProcess({ ...line.settings, PORT: new URL(server.url).port });
      disk = await SlowDisk.under(server.child.pid ?? 0, { delayMs });

      let left = wikis.length;
      const writing = wikis.map(async (slug) => {
        const started = performance.now();
        const { status } = await of(slug).put('/pages/New', { content: 'New.\n' });
        left -= 1;
        return { status, ms: performance.now() - started };
      });
      const reads: number[] = [];
      for (let n = 0; left > 0; n += 1) {
        const started = performance.now();
        expect((await of(wikis[n % wikis.length] ?? '').get('/pages/Old')).status).toBe(200);
        reads.push(performance.now() - started);
      }
      const written = await Promise.all(writing);

      expect(written.map(({ status }) => status)).toEqual(wikis.map(() => 201));
      const quickestWrite = Math.min(...written.map(({ ms }) => ms));
      expect(quickestWrite).toBeGreaterThan(2 * delayMs);
      expect(Math.max(...reads)).toBeLessThan(quickestWrite / 2);
    });

    it('leaves nothing behind when it is quick again', async () => {
      await disk?.end();

      for (const slug of wikis) {
        expect((await of(slug).get('/pages/New')).body['content']).toBe('New.\n');
        expect((await of(slug).put('/pages/After', { content: 'Quick.\n' })).status).toBe(201);
      }
    });
  },
);

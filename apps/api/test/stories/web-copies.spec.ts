import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWebWiki } from '../kit/a-web-wiki.js';
import { GitClient } from '../kit/git-client.js';
import { attributeOf } from '../kit/web-client.js';

const copies = '/wikis/alice/garden/copies';

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  /** Whether the answer came to its end. */
  isWhole: boolean;
}

describe('copies of a wiki that are taken along', { timeout: 120_000 }, () => {
  let kit: Awaited<ReturnType<typeof aWebWiki>>;
  let git: GitClient;
  let clones = 0;

  beforeAll(async () => {
    kit = await aWebWiki();
    git = await GitClient.create();
    const put = (path: string, content: string) => kit.wiki.rest.put(`/pages/${encodeURIComponent(path)}`, { content });
    await put('Beds/Über uns', '# Über uns\n');
    await put('Secret', 'kept: $Id$\n');
    // By git, since what git would leave out or change on its way out has to be in the copy as it is.
    const folder = await clone();
    await writeFile(join(folder, '.gitattributes'), 'Secret.md export-ignore\n*.md ident\n');
    const noise = Array.from({ length: 200_000 }, (_, at) => Math.imul(at, 2_654_435_761) >>> 24);
    await writeFile(join(folder, 'Beds/noise.bin'), Buffer.from(noise));
    await git.run(['add', '-A'], folder);
    await git.run(['commit', '--quiet', '-m', 'Add what git would rather not give away'], folder);
    const address = `${kit.app.url.replace('http://', `http://any:${kit.wiki.token}@`)}/@alice/garden.git`;
    await git.run(['push', '--quiet', address, 'HEAD:main'], folder);
  });
  afterAll(async () => {
    await git?.remove();
    await kit?.app.stop();
  });

  const get = (path: string): Promise<Got> =>
    new Promise((resolve, reject) => {
      const asked = request(kit.app.url + path, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        const { statusCode: status = 0, headers } = answer;
        answer.on('error', () => {});
        answer.on('close', () => resolve({ status, headers, bytes: Buffer.concat(chunks), isWhole: answer.complete }));
      });
      asked.on('error', reject).end();
    });

  const clone = async () => {
    const folder = git.path(`clone-${(clones += 1)}`);
    await git.run(['clone', '--quiet', `${kit.app.url}/@alice/garden.git`, folder]);
    return folder;
  };

  it('are told of, with what each is good for', async () => {
    const page = await kit.stranger.open(copies);

    expect(page.main).toContain('git clone garden.bundle');
    const links = page.all('a').map((link) => attributeOf(link, 'href'));
    expect(links).toContain(`${copies}/history.bundle`);
    expect(page.all('form').map((form) => attributeOf(form, 'action'))).toContain(`${copies}/files.zip`);
  });

  it('hold every file byte for byte, now and as it was, under a name that tells of when', async () => {
    const folder = await clone();
    const now = (await git.run(['rev-parse', 'HEAD'], folder)).trim();
    const first = (await git.run(['rev-list', '--max-parents=0', 'HEAD'], folder)).trim();

    for (const [commit, address] of [
      [now, `${copies}/files.zip`],
      [now, `${copies}/files.zip?revision=`],
      [first, `${copies}/files.zip?revision=${first.slice(0, 9)}`],
    ] as const) {
      const { status, headers, bytes, isWhole } = await get(address);
      expect([status, isWhole], address).toEqual([200, true]);
      expect(headers['content-disposition']).toContain(`garden-${commit.slice(0, 12)}.zip`);
      expect(headers['content-type']).toBe('application/zip');
      const read = unzipSync(bytes);
      const listed = (await git.run(['ls-tree', '-r', '-z', '--name-only', commit], folder))
        .split('\0')
        .filter(Boolean);
      expect(Object.keys(read).sort()).toEqual(listed.sort());
      for (const path of listed) {
        const oid = (await git.run(['rev-parse', `${commit}:${path}`], folder)).trim();
        const unpacked = git.path('one');
        await writeFile(unpacked, read[path] ?? '');
        expect((await git.run(['hash-object', '--no-filters', unpacked])).trim(), path).toBe(oid);
      }
    }
    expect((await get(`${copies}/files.zip`)).bytes.equals((await get(`${copies}/files.zip`)).bytes)).toBe(true);
  });

  it('hold the whole history, from which git clones', async () => {
    const folder = await clone();
    const { status, headers, bytes, isWhole } = await get(`${copies}/history.bundle`);
    expect([status, isWhole]).toEqual([200, true]);
    expect(headers['content-disposition']).toContain('garden.bundle');
    const file = git.path('garden.bundle');
    await writeFile(file, bytes);
    await git.run(['clone', '--quiet', file, git.path('from-bundle')]);
    const log = ['log', '--format=%H %an %ae %at %s'];
    expect(await git.run(log, git.path('from-bundle'))).toBe(await git.run(log, folder));
    expect(await readFile(join(git.path('from-bundle'), 'Beds/Über uns.md'), 'utf8')).toBe('# Über uns\n');
  });

  it('are refused where there is nothing, or nothing one may see', async () => {
    await kit.wiki.platform.post('/wikis', { slug: 'cellar', name: 'The cellar' });
    const bob = await kit.signIn('bob');
    for (const part of ['', '/files.zip', '/history.bundle']) {
      expect((await kit.stranger.open(`/wikis/alice/cellar/copies${part}`)).status).toBe(404);
      expect((await bob.open(`/wikis/alice/cellar/copies${part}`)).status).toBe(404);
      expect((await bob.open(`/wikis/alice/nothing/copies${part}`)).status).toBe(404);
      const own = await kit.alice.open(`/wikis/alice/cellar/copies${part}`);
      expect(own.status).toBe(200);
      if (part !== '') expect(own.headers.get('cache-control')).toBe('no-store');
    }
    expect((await get(`${copies}/files.zip?revision=0123456789abcdef`)).status).toBe(404);
    expect((await get(`${copies}/files.zip?revision=--output=x`)).status).toBe(422);
  });

  it('break off where they cannot be whole, and are no short files', async () => {
    const [{ id }] = await kit.app.rooms.database.source.query<[{ id: string }]>(
      `SELECT id FROM wikis WHERE slug = 'garden'`,
    );
    const repository = await kit.app.rooms.repositories.open(id);
    const { runner } = kit.app.rooms;
    const begun = runner.start.bind(runner);
    const read = repository.blob.bind(repository);
    try {
      Object.assign(repository, {
        blob: async (oid: string) => {
          const bytes = await read(oid);
          if (bytes.length > 100_000) throw new Error('the disk is gone');
          return bytes;
        },
      });
      expect(await get(`${copies}/files.zip`)).toMatchObject({ status: 200, isWhole: false });
      Object.assign(runner, {
        start: (command: Parameters<typeof begun>[0]) => {
          const child = begun(command);
          return {
            ...child,
            stdout: child.stdout,
            stdin: child.stdin,
            stderr: child.stderr,
            exit: child.exit.then(() => 128),
          };
        },
      });
      expect(await get(`${copies}/history.bundle`)).toMatchObject({ status: 200, isWhole: false });
    } finally {
      Object.assign(runner, { start: begun });
      Object.assign(repository, { blob: read });
    }
    expect(await get(`${copies}/files.zip`)).toMatchObject({ isWhole: true });
  });

  it('leave nothing behind when whoever asked goes away', async () => {
    for (let at = 0; at < 8; at += 1) {
      await new Promise<void>((resolve) => {
        const asked = request(`${kit.app.url}${copies}/${at % 2 === 0 ? 'files.zip' : 'history.bundle'}`, (answer) => {
          answer.once('data', () => asked.destroy());
          answer.once('close', () => resolve());
          answer.on('error', () => {});
        });
        asked.on('error', () => {});
        asked.end();
      });
    }
    // More than are made at a time were begun and left.
    await expect.poll(async () => (await get(`${copies}/files.zip`)).status).toBe(200);
  });
});

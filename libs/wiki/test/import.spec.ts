import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { aWikiRef } from '../../acl/src/testing/an-access.js';
import { importSource } from '../src/import-source.js';
import { WikiImport, type ImportProgress } from '../src/import-wiki.js';
import { aWritersRoom } from './kit/a-writers-room.js';

const otterwiki = '/work/shared/data/wikis/otterwiki-documentation.bundle';
const foam = '/work/shared/data/wikis/foam-docs.tar.gz';
const { limits } = aWikiRef();
const refused = (reason: RegExp) =>
  expect.objectContaining({ code: 'import-refused', message: expect.stringMatching(reason) });

type Entry = { name: string; text?: string; type?: 'file' | 'symlink' | 'directory'; linkname?: string };

async function tarOf(entries: Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text = '', type = 'file', linkname } of entries) tar.entry({ name, type, linkname }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('importing a wiki', () => {
  let room: Awaited<ReturnType<typeof aWritersRoom>>;
  let folder: string;
  let importing: WikiImport;
  const at = (name: string) => join(folder, name);
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const put = (name: string, bytes: string | Buffer) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), bytes);
    return at(name);
  };
  const into = async (location: string, options = {}) => {
    const wiki = await room.wiki();
    const report = await importing.into(wiki.as('page.write'), await importSource(location), options);
    return { wiki, report };
  };
  const look = async (location: string, options = {}) => importing.look(await importSource(location), limits, options);

  beforeAll(async () => {
    room = await aWritersRoom();
    folder = mkdtempSync(join(tmpdir(), 'wikibot-import-test-'));
    importing = new WikiImport(room.options);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await room?.close();
  });

  it.skipIf(!existsSync(otterwiki))('keeps the history of a bundle as git has it', async () => {
    const clone = at('otterwiki');
    git(folder, 'clone', '--quiet', otterwiki, clone);
    const steps: ImportProgress[] = [];

    const looked = await look(otterwiki);
    const { wiki, report } = await into(otterwiki, { onProgress: (step: ImportProgress) => steps.push(step) });

    const files = git(clone, 'ls-tree', '-r', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean);
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(report).toMatchObject({ pages: pages.length, attachments: files.length - pages.length });
    expect(report).toMatchObject({ ...looked, commits: Number(git(clone, 'rev-list', '--count', 'HEAD')) });
    expect(wiki.git('rev-parse', 'main')).toBe(git(clone, 'rev-parse', 'HEAD'));
    expect(wiki.git('ls-tree', '-r', 'main')).toBe(git(clone, 'ls-tree', '-r', 'HEAD'));
    expect(wiki.git('log', '--format=%H %an %at %s', 'main')).toBe(git(clone, 'log', '--format=%H %an %at %s'));
    expect(wiki.git('fsck', '--strict', '--full')).toBe('');
    expect((await wiki.repository.moves()).at(-1)?.record).toMatchObject({ door: 'import' });
    expect((await room.options.settings.of(wiki.id)).linkOrder).toBe(report.detectedLinkOrder ?? 'target-first');
    expect([...new Set(steps.map(({ step }) => step))]).toEqual(['reading', 'checking', 'writing']);
  });

  it.skipIf(!existsSync(foam))('makes one commit of an archive, byte for byte', async () => {
    const { wiki, report } = await into(foam);
    const listed = execFileSync('tar', ['tzf', foam], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => /[^/]$/.test(name));
    const inside = await into(foam, { below: 'docs' });

    expect(wiki.git('ls-tree', '-r', '--name-only', '-z', 'main').split('\0').filter(Boolean).sort()).toEqual(
      listed.sort(),
    );
    expect(report.pages).toBe(listed.filter((name) => name.endsWith('.md')).length);
    expect(report).toMatchObject({ commits: 1, detectedLinkOrder: 'target-first' });
    expect(wiki.git('show', 'main:docs/inbox.md')).toBe(
      execFileSync('tar', ['xzOf', foam, 'docs/inbox.md'], { encoding: 'utf8' }),
    );
    expect(inside.wiki.git('show', 'main:inbox.md')).toBe(wiki.git('show', 'main:docs/inbox.md'));
    expect(wiki.git('rev-list', '--count', 'main')).toBe('1\n');
  });

  it('reads repositories, bare or not, folders and zips alike', async () => {
    put('plain/Home.md', '[[Other]] [[Gone]] ![](Home/a.png)\n');
    put('plain/Other.md', 'x\n');
    put('plain/Home/a.png', 'png');
    put('plain/.DS_Store', 'litter');
    const zip = put(
      'plain.zip',
      Buffer.from(zipSync({ 'Home.md': Buffer.from('zipped'), 'a/b.png': Buffer.from([1]) })),
    );
    git(folder, 'init', '--quiet', '-b', 'master', 'work');
    put('work/Home.md', 'worked\n');
    git(at('work'), 'add', '-A');
    git(at('work'), 'commit', '--quiet', '-m', 'One');
    git(folder, 'clone', '--quiet', '--bare', 'work', 'bare.git');

    const plain = await into(at('plain'));
    expect(plain.report).toMatchObject({ pages: 2, attachments: 1, links: 3, broken: 1, ambiguous: 0 });
    expect(plain.report.brokenLinks).toEqual([{ from: 'Home', target: 'Gone', line: 1 }]);
    expect((await into(zip)).wiki.git('show', 'main:Home.md')).toBe('zipped');
    for (const name of ['work', 'bare.git']) {
      const { wiki } = await into(at(name));
      expect(wiki.git('rev-parse', 'main')).toBe(git(at(name), 'rev-parse', 'HEAD'));
    }
  });

  it('finds a repository by a path from where one is', async () => {
    put('near/A.md', 'a\n');
    git(at('near'), 'init', '--quiet', '--initial-branch=main');
    git(at('near'), 'add', '.');
    git(at('near'), 'commit', '--quiet', '--message', 'A');
    git(folder, 'clone', '--quiet', '--bare', at('near'), at('near.git'));

    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(folder);
    for (const path of ['near', './near.git']) expect(await look(path), path).toMatchObject({ pages: 1, commits: 1 });
  });

  it('finds out which way round links are written', async () => {
    put('label/Home.md', '[[See Other|Other]] [[x|Home]] [[Other]]\n');
    put('label/Other.md', 'x');
    put('target/Home.md', '[[Other|see]]');
    put('target/Other.md', 'x');

    expect(await look(at('label'))).toMatchObject({ detectedLinkOrder: 'label-first', broken: 0 });
    expect(await look(at('target'))).toMatchObject({ detectedLinkOrder: 'target-first', broken: 0 });
    expect(await look(at('target'), { linkOrder: 'label-first' })).toMatchObject({ broken: 1 });
  });

  it('refuses archives that climb, link, deceive or never end', async () => {
    const tar = async (...entries: Entry[]) => put('hostile.tar', await tarOf(entries));
    const hostile: [Entry[], RegExp][] = [
      [[{ name: '../evil.md' }], /leads out/],
      [[{ name: 'a/../../evil.md' }], /leads out/],
      [[{ name: '/etc/evil.md' }], /leads out/],
      [[{ name: 'Link.md', type: 'symlink', linkname: '/etc/passwd' }], /link or device/],
      [[{ name: 'A.md' }, { name: 'a.md' }], /same name/],
      [[{ name: 'a\u202e.md', text: 'x' }], /direction/],
      [[{ name: 'Big.md', text: 'x'.repeat(limits.pageBytes + 1) }], /more than 1048576 bytes/],
      [[{ name: 'd', type: 'directory' }], /no files/],
    ];
    for (const [entries, reason] of hostile) {
      await expect(look(await tar(...entries)), String(reason)).rejects.toEqual(refused(reason));
    }
    const bomb = put('bomb.tar.gz', gzipSync(await tarOf([{ name: 'bomb.bin', text: '\0'.repeat(64 << 20) }])));
    await expect(look(bomb)).rejects.toEqual(refused(/more than 10485760 bytes/));
    const zip = put('hostile.zip', Buffer.from(zipSync({ '../evil.md': Buffer.from('x') })));
    await expect(look(zip)).rejects.toEqual(refused(/\.\./));
    await expect(
      look(put('broken.tar.gz', Buffer.concat([gzipSync('x').subarray(0, 12), Buffer.alloc(600)]))),
    ).rejects.toEqual(refused(/cannot be read/));
    await expect(look(put('what.bin', 'rubbish'))).rejects.toEqual(refused(/no git bundle/));
    await expect(look(at('nowhere'))).rejects.toEqual(refused(/nothing at/));
    mkdirSync(at('linked'));
    symlinkSync('/etc/passwd', at('linked/Link.md'));
    await expect(look(at('linked'))).rejects.toEqual(refused(/link or device/));
  });

  it('fetches only from the public internet', async () => {
    for (const url of [
      'http://example.org/x.git',
      'file:///etc',
      'ssh://h/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
    ]) {
      await expect(look(url), url).rejects.toEqual(refused(/https:|public internet/));
    }
  });

  it('holds the new wiki to its plan, and fills only an empty one', async () => {
    put('three/A.md', 'a');
    put('three/B.md', 'b');
    put('three/C.md', 'c');
    const small = await room.wiki({ pages: 2 });
    const source = await importSource(at('three'));

    await expect(importing.into(small.as('page.write'), source)).rejects.toEqual(refused(/may have 2 pages/));
    expect(await small.repository.tip()).toBeNull();
    const { wiki } = await into(at('three'));
    onTestFinished(() => room.funnel.drain());
    await expect(importing.into(wiki.as('page.write'), source)).rejects.toEqual(refused(/has pages already/));
    expect(wiki.git('log', '-1', '--format=%an %s%n%(trailers)').trim()).toBe(
      'Alice Import: 3 files\nWikibot-Via: import',
    );
  });
});

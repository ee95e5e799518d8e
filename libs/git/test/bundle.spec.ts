import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directRunner, exportBundle, fetchRemote, findRenames, importBundle } from '../src/index.js';
import { aRepository, record, type TestRepository } from '../src/testing/a-repository.js';
import { GitClient } from './kit/git-client.js';

const runner = directRunner();
const realWiki = '/work/shared/data/wikis/otterwiki-documentation.bundle';

describe('a bundle', () => {
  let repo: TestRepository;
  let other: TestRepository;
  let client: GitClient;

  beforeEach(async () => {
    client = new GitClient();
    repo = await aRepository({ 'a.md': '1', 'Folder/b.md': 'two\n'.repeat(30) });
    await repo.commit([{ from: 'Folder/b.md', to: 'Folder/c.md' }], 'Move b');
    other = await aRepository();
  });
  afterEach(() => {
    for (const one of [repo, other, client]) one.remove();
  });
  const exported = async () => {
    const file = join(client.folder, 'wiki.bundle');
    const child = await exportBundle(repo.repository, runner);
    await pipeline(child.stdout, createWriteStream(file));
    expect(await child.exit).toBe(0);
    return file;
  };
  const leftovers = () => readdirSync(join(other.repository.gitDir, 'objects')).filter((name) => name.length > 4);

  it('is a whole wiki that git can clone and we can import, history and all', async () => {
    const file = await exported();
    await client.git('clone', '-q', file, 'clone');
    expect(await client.git('-C', 'clone', 'rev-parse', 'HEAD')).toBe(await repo.repository.tip());

    const tip = await importBundle(other.repository, runner, file);

    expect(tip).toBe(await repo.repository.tip());
    expect(await other.repository.tip()).toBeNull();
    await other.funnel.move(other.repository, record, null, tip);
    expect(other.git('log', '--format=%H %s')).toBe(repo.git('log', '--format=%H %s'));
    expect(other.git('fsck', '--strict', '--full')).toBe('');
    expect(leftovers()).toEqual([]);
    expect(await other.repository.size()).toBeGreaterThan(1000);
  });

  it('is taken from master where there is no main', async () => {
    await client.git('init', '-q', '-b', 'master', 'old');
    const tip = await client.commit('old', 'a.md', '1');
    await client.git('-C', 'old', 'bundle', 'create', '-q', '../old.bundle', 'master');
    expect(await importBundle(other.repository, runner, join(client.folder, 'old.bundle'))).toBe(tip);
  });

  it('is refused when it is cut short, damaged, incomplete, or no bundle at all', async () => {
    const file = await exported();
    const bytes = readFileSync(file);
    const refuse = async (content: Buffer) => {
      const damaged = join(client.folder, 'damaged.bundle');
      writeFileSync(damaged, content);
      await expect(importBundle(other.repository, runner, damaged)).rejects.toMatchObject({ code: 'pack-refused' });
    };
    await refuse(Buffer.from('# v2 git bundle\n'));
    await refuse(Buffer.from('not a bundle\n'));
    await refuse(Buffer.alloc(5_000_000, 'x'));
    await refuse(bytes.subarray(0, bytes.length - 30));
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 60] = (flipped[bytes.length - 60] ?? 0) ^ 0xff;
    await refuse(flipped);
    await client.git('clone', '-q', file, 'clone');
    await client.commit('clone', 'new.md', '1');
    await client.git('-C', 'clone', 'bundle', 'create', '-q', '../part.bundle', 'main', '^HEAD~1');
    await refuse(readFileSync(join(client.folder, 'part.bundle')));
    expect(leftovers()).toEqual([]);
    expect(readdirSync(join(other.repository.gitDir, 'objects/pack'))).toEqual([]);
    const limited = importBundle(other.repository, runner, file, { maxBytes: 200 });
    await expect(limited).rejects.toMatchObject({ code: 'too-large' });
  });

  it.skipIf(!existsSync(realWiki))('of a real wiki comes in whole (skipped where that bundle is not)', async () => {
    const tip = await importBundle(other.repository, runner, realWiki);
    await other.funnel.move(other.repository, record, null, tip);
    const files = await other.repository.walk(tip);
    expect(files.length).toBeGreaterThan(20);
    expect(files.length).toBe(other.git('ls-tree', '-r', '-z', 'main').split('\0').length - 1);
    expect(other.git('fsck', '--full', '--no-dangling')).toBe('');
  });

  it('cannot be made of a wiki without history', async () => {
    await expect(exportBundle(other.repository, runner)).rejects.toMatchObject({ code: 'object-missing' });
  });
});

describe('renames', () => {
  it('are those that git sees, against the first parent', async () => {
    const repo = await aRepository({ 'a.md': 'line\n'.repeat(40), 'b.md': 'other\n'.repeat(40) });
    const [first = ''] = [await repo.repository.tip()];
    const content = Buffer.from(`${'line\n'.repeat(38)}new\n`);
    const moved = await repo.commit([
      { path: 'a.md', remove: true },
      { path: 'Ä/ü\n.md', content },
      { path: 'b.md', remove: true },
      { path: 'c.md', content: Buffer.from('other\n'.repeat(40)) },
    ]);
    const plain = await repo.commit([{ path: 'd.md', content: Buffer.from('d') }]);

    const found = await findRenames(repo.repository, runner, [first ?? '', moved, plain]);

    expect(found.get(first ?? '')).toEqual([]);
    expect(found.get(plain)).toEqual([]);
    expect(found.get(moved)).toEqual(
      expect.arrayContaining([
        { from: 'a.md', to: 'Ä/ü\n.md' },
        { from: 'b.md', to: 'c.md' },
      ]),
    );
    repo.remove();
  });
});

describe('a fetch from elsewhere', () => {
  it('goes by https to a plain address only', async () => {
    const repo = await aRepository();
    const urls = [
      'http://example.org/x.git',
      'file:///etc/passwd',
      'ext::sh -c id',
      'ssh://git@example.org/x',
      'git@example.org:x.git',
      'https://user:secret@example.org/x.git',
      'https://example.org:8443/x.git',
      'https://example.org/x.git?y',
      '--upload-pack=id',
      `/etc`,
    ];
    for (const url of urls) {
      await expect(fetchRemote(repo.repository, runner, { url })).rejects.toMatchObject({ code: 'push-refused' });
    }
    const odd = { url: 'https://example.org/x.git', resolvedAddress: 'x:443:1.2.3.4' };
    await expect(fetchRemote(repo.repository, runner, odd)).rejects.toMatchObject({ code: 'push-refused' });
    repo.remove();
  });

  it('reaches the address it was given, with the credential out of sight, and takes what is whole', async () => {
    const { serveHttps } = await import('./kit/https-remote.js');
    const [repo, source] = [await aRepository(), await aRepository({ 'a.md': '1' })];
    const remote = await serveHttps(source, runner);
    const given = { resolvedAddress: '127.0.0.1', caFile: remote.caFile, ports: [remote.port], token: 'secret-token' };
    const url = `https://wiki.example.org:${remote.port}/wiki.git`;

    const tip = await fetchRemote(repo.repository, runner, { url, ...given });

    expect(tip).toBe(await source.repository.tip());
    await repo.funnel.move(repo.repository, record, null, tip);
    expect(repo.git('fsck', '--strict', '--full')).toBe('');
    expect(remote.credentials).toContain(`Basic ${Buffer.from('x-access-token:secret-token').toString('base64')}`);
    expect(repo.git('for-each-ref', '--format=%(refname)').trim()).toBe('refs/heads/main');
    expect(existsSync(join(repo.repository.gitDir, 'FETCH_HEAD'))).toBe(false);

    const next = await source.commit([{ path: 'b.md', content: Buffer.from('2') }]);
    expect(await fetchRemote(repo.repository, runner, { url, ...given })).toBe(next);
    const redirect = `https://wiki.example.org:${remote.port}/redirect.git`;
    await expect(fetchRemote(repo.repository, runner, { url: redirect, ...given })).rejects.toThrow(
      /could not be fetched/,
    );
    await remote.close();
    for (const one of [repo, source]) one.remove();
  });
});

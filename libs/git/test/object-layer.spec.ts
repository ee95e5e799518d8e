import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GitError, type TreeEdit } from '../src/index.js';
import { aRepository, type TestRepository } from '../src/testing/a-repository.js';

/** A small generator with a seed, so that a failing run can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = ['a', 'b', 'Ä', '日本', 'a.b', 'a-b', 'z z', '😀'];

function randomEdits(pick: (below: number) => number, known: Set<string>): TreeEdit[] {
  const edits: TreeEdit[] = [];
  for (let i = 0; i <= pick(5); i += 1) {
    const existing = [...known];
    const victim = existing[pick(existing.length)];
    if (victim !== undefined && pick(4) === 0) {
      edits.push({ path: victim, remove: true });
      known.delete(victim);
      continue;
    }
    const folder = Array.from({ length: pick(4) }, () => `d${names[pick(names.length)]}`);
    const path = [...folder, `f${names[pick(names.length)]}.md`].join('/');
    edits.push({ path, content: Buffer.from(`line ${pick(1000)}\n`.repeat(1 + pick(20))) });
    known.add(path);
  }
  return edits;
}

const lsTree = (repo: TestRepository, commit: string) =>
  repo
    .git('ls-tree', '-r', '-z', commit)
    .split('\0')
    .filter(Boolean)
    .map((line) => /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line)?.slice(1));

describe('the object layer, held against git', () => {
  let repo: TestRepository;
  afterEach(() => repo.remove());

  it('an object that is kept in memory keeps nothing else there', async () => {
    repo = await aRepository();
    const tip = await repo.commit([{ path: 'Home.md', content: Buffer.from('hello '.repeat(500)) }]);
    const [, oid = ''] = lsTree(repo, tip)[0] ?? [];

    const { bytes } = await repo.repository.object(oid);

    expect(bytes.toString()).toBe('hello '.repeat(500));
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  it.each([1, 2, 3])('reads and writes what git reads, over random edits (seed %i)', async (seed) => {
    repo = await aRepository();
    const pick = random(seed);
    const known = new Set<string>();
    const commits: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      commits.push(await repo.commit(randomEdits(pick, known)));
      if (i === 20) repo.git('repack', '-adfq', '--depth=50');
    }
    const tip = commits.at(-1) ?? '';

    const ours = (await repo.repository.walk(tip)).map((item) => [item.mode, item.oid, item.path]);
    expect(ours).toEqual(lsTree(repo, tip));
    for (const [older, newer] of commits.slice(1).map((commit, i) => [commits[i] ?? '', commit] as const)) {
      const changes = await repo.repository.diff(older, newer);
      const git = repo.git('diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', older, newer).split('\0');
      const theirs = git.filter((_, at) => at % 2 === 1).sort();
      expect(changes.map((change) => change.path).sort()).toEqual(theirs);
    }
    const log: string[] = [];
    for await (const commit of repo.repository.log(tip)) log.push(commit.oid);
    expect(log).toEqual(repo.git('rev-list', tip).trim().split('\n'));
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
  });

  it('reads deltas, loose and packed objects of any size while git repacks under it', async () => {
    const big = Array.from({ length: 60_000 }, (_, i) => `line ${i} of a large page`).join('\n');
    repo = await aRepository({ 'big.md': big, 'small.md': 'x' });
    await repo.commit([{ path: 'big.md', content: Buffer.from(`${big}\nmore`) }]);
    const tip = (await repo.repository.tip()) ?? '';
    const read = async () =>
      (await repo.repository.blob((await repo.repository.entry(tip, 'big.md'))?.oid ?? '')).toString();

    repo.git('repack', '-adfq');
    expect(await read()).toBe(`${big}\nmore`);
    await repo.commit([{ path: 'other.md', content: Buffer.from('y') }]);
    repo.git('gc', '-q', '--prune=now');
    expect(await read()).toBe(`${big}\nmore`);
    expect(await repo.repository.blobSize((await repo.repository.entry(tip, 'big.md'))?.oid ?? '')).toBe(
      big.length + 5,
    );
  });

  it('finds what git has packed meanwhile, however many look for it at once', async () => {
    repo = await aRepository(Object.fromEntries(Array.from({ length: 24 }, (_, n) => [`${n}.md`, `at once ${n}`])));
    const items = await repo.repository.walk((await repo.repository.tip()) ?? '');
    repo.git('gc', '-q', '--prune=now');

    const read = await Promise.all(items.map(async ({ oid }) => (await repo.repository.blob(oid)).toString()));
    const sizes = await Promise.all(items.map(({ oid }) => repo.repository.blobSize(oid)));

    expect(read.sort()).toEqual(Array.from({ length: 24 }, (_, n) => `at once ${n}`).sort());
    expect(sizes.every((size) => size > 8)).toBe(true);
  });

  it('writes many objects as one pack that git believes in', async () => {
    repo = await aRepository();
    const content = (i: number) => Buffer.from(`${'é'.repeat(i * 3)}\n`);
    const edits = Array.from({ length: 1_000 }, (_, i) => ({ path: `d${i % 7}/${i}.md`, content: content(i) }));
    const tip = await repo.commit(edits);
    await repo.commit([{ path: 'd0/0.md', content: Buffer.from('changed') }]);

    const packs = readdirSync(join(repo.repository.gitDir, 'objects/pack')).sort();
    expect(packs.map((name) => name.split('.').pop())).toEqual(['idx', 'pack']);
    expect(repo.git('verify-pack', '-s', `objects/pack/${packs[0]}`)).toMatch(/non delta: 1009 objects/);
    expect(repo.git('fsck', '--strict', '--full')).toBe('');
    expect(repo.git('show', `${tip}:d6/20.md`)).toBe(content(20).toString());
    expect(await repo.repository.walk(tip)).toHaveLength(1_000);
    const entry = await repo.repository.entry(tip, 'd5/999.md');
    expect((await repo.repository.blob(entry?.oid ?? '')).equals(content(999))).toBe(true);
  });

  it('refuses an object above the limit before inflating it', async () => {
    repo = await aRepository({ 'big.md': 'x'.repeat(5_000_000) });
    const tip = (await repo.repository.tip()) ?? '';
    const oid = (await repo.repository.entry(tip, 'big.md'))?.oid ?? '';
    const fresh = await repo.repositories.open(repo.repository.id);

    await expect(fresh.blob(oid, 1_000_000)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('moves a folder whole and keeps the modes of what it does not touch', async () => {
    repo = await aRepository({ 'A/one.md': '1', 'A/two.md': '2', 'run.sh': '#!' });
    const tip = (await repo.repository.tip()) ?? '';
    const run = await repo.repository.entry(tip, 'run.sh');
    await repo.commit([{ path: 'run.sh', blob: run?.oid ?? '', mode: '100755' }]);
    const moved = await repo.commit([
      { from: 'A', to: 'B/C' },
      { path: 'B/C/one.md', content: Buffer.from('changed') },
    ]);

    const items = await repo.repository.walk(moved);
    expect(items.map((item) => [item.path, item.mode])).toEqual([
      ['B/C/one.md', '100644'],
      ['B/C/two.md', '100644'],
      ['run.sh', '100755'],
    ]);
  });

  it('refuses a file where a folder is, and below a file, and changes nothing', async () => {
    repo = await aRepository({ 'A/one.md': '1', 'file.md': '2' });
    const tip = await repo.repository.tip();

    await expect(repo.commit([{ path: 'A', content: Buffer.from('x') }])).rejects.toMatchObject({ code: 'path-clash' });
    await expect(repo.commit([{ path: 'file.md/x', content: Buffer.from('x') }])).rejects.toMatchObject({
      code: 'path-clash',
    });
    await expect(repo.commit([{ path: '../x', content: Buffer.from('x') }])).rejects.toMatchObject({
      code: 'path-clash',
    });
    expect(await repo.repository.tip()).toBe(tip);
  });

  it('finds commits by prefix, and only commits', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const tip = (await repo.repository.tip()) ?? '';
    const { tree } = await repo.repository.commit(tip);

    expect(await repo.repository.findCommit(tip.slice(0, 7))).toBe(tip);
    expect(await repo.repository.findCommit(tree.slice(0, 12))).toBeNull();
    expect(await repo.repository.findCommit('--output')).toBeNull();
  });

  it('answers damaged objects and packs with an error, never with other bytes', async () => {
    repo = await aRepository({ 'a.md': 'text\n'.repeat(500), 'b.md': 'more\n'.repeat(500) });
    repo.git('repack', '-adfq');
    const folder = join(repo.repository.gitDir, 'objects', 'pack');
    const pack = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '');
    const bytes = readFileSync(pack);
    const oids = repo
      .git('rev-list', '--objects', '--all')
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 40));
    const { Repository } = await import('../src/repository.js');
    const { hashObject } = await import('../src/objects.js');
    const pick = random(7);

    for (let i = 0; i < 60; i += 1) {
      const damaged = Buffer.from(bytes);
      damaged[12 + pick(bytes.length - 12)] = pick(256);
      const copy = join(repo.root, `damaged-${i}`, 'repo.git', 'objects', 'pack');
      mkdirSync(copy, { recursive: true });
      writeFileSync(join(copy, 'p.pack'), damaged);
      linkSync(pack.replace('.pack', '.idx'), join(copy, 'p.idx'));
      const reader = new Repository('damaged', join(repo.root, `damaged-${i}`));
      for (const oid of oids) {
        const outcome = await reader.object(oid).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(GitError);
        else
          expect(typeof hashObject((outcome as { type: 'blob' }).type, (outcome as { bytes: Buffer }).bytes)).toBe(
            'string',
          );
      }
      reader.close();
    }
  });
});

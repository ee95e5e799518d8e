import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { directRunner, type GitRunner, Maintenance } from '../src/index.js';
import { aRepository, type TestRepository } from '../src/testing/a-repository.js';

const runner = directRunner();

describe('maintenance', () => {
  let repo: TestRepository;
  afterEach(() => repo.remove());
  const packFolder = () => join(repo.repository.gitDir, 'objects/pack');
  const packs = () => readdirSync(packFolder()).filter((name) => name.endsWith('.pack')).length;
  const loose = () => Number(/^count: (\d+)/m.exec(repo.git('count-objects', '-v'))?.[1]);
  const fill = async (from: number, count: number) => {
    for (let i = from; i < from + count; i += 1) {
      await repo.commit([{ path: `P${i % 10}/${i}.md`, content: Buffer.from(`${i}`) }]);
    }
  };

  it('leaves a small wiki alone, and packs a full one while it is read and written', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const maintenance = new Maintenance(runner);
    expect(await maintenance.tidy(repo.repository)).toMatchObject({ did: 'nothing' });
    await fill(0, 330);
    expect(loose()).toBeGreaterThan(1000);
    let isDone = false;
    let reads = 0;
    const reading = (async () => {
      for (; !isDone; reads += 1) {
        const tip = (await repo.repository.tip()) ?? '';
        const path = `P${reads % 10}/${reads % 300}.md`;
        const entry = await repo.repository.entry(tip, path);
        expect((await repo.repository.blob(entry?.oid ?? '')).toString()).toBe(`${reads % 300}`);
        await new Promise(setImmediate);
      }
    })();

    const [{ did, looseBefore }] = await Promise.all([maintenance.tidy(repo.repository), fill(330, 20)]);
    isDone = true;
    await reading;

    expect(did).toEqual('packed');
    expect(looseBefore).toBeGreaterThan(900);
    expect(loose()).toBeLessThan(200);
    expect(reads).toBeGreaterThan(10);
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
    expect(await repo.repository.walk((await repo.repository.tip()) ?? '')).toHaveLength(351);
  });

  it('makes one pack of many, and keeps what nobody names until it is erased', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const maintenance = new Maintenance(runner);
    const stray = repo.git('-c', 'user.name=x', '-c', 'user.email=x@x', 'commit-tree', 'main^{tree}', '-m', 'x').trim();
    for (let i = 0; i < 9; i += 1) {
      await fill(i * 5, 5);
      repo.git('repack', '-dq');
    }
    expect(packs()).toBeGreaterThanOrEqual(8);

    expect(await maintenance.tidy(repo.repository)).toMatchObject({ did: 'packed' });

    expect(packs()).toBeLessThanOrEqual(2);
    expect(repo.git('cat-file', '-t', stray).trim()).toBe('commit');
    expect(await repo.repository.findCommit(stray)).toBeNull();
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
  });

  it('leaves the pack that somebody keeps', async () => {
    repo = await aRepository({ 'a.md': '1' });
    repo.git('repack', '-adq');
    const [kept = ''] = readdirSync(packFolder()).filter((name) => name.endsWith('.pack'));
    writeFileSync(join(packFolder(), kept.replace('.pack', '.keep')), '');
    await fill(0, 3);

    await new Maintenance(runner).tidy(repo.repository, { force: true });
    await new Maintenance(runner).tidy(repo.repository, { force: true });

    expect(readdirSync(packFolder())).toContain(kept);
    expect(packs()).toBe(2);
    expect(loose()).toBe(0);
  });

  it('copes with a pack that comes while it packs and builds on what is not packed', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const pushes = (): void => {
      const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x'];
      const commit = (parent: string) =>
        repo.git(...identity, 'commit-tree', 'main^{tree}', '-p', parent, '-m', 'x').trim();
      const tip = commit(commit('main'));
      repo.git('update-ref', 'refs/heads/main', tip);
      execFileSync('git', ['--git-dir', repo.repository.gitDir, 'pack-objects', '-q', join(packFolder(), 'pack')], {
        input: `${tip}\n`,
      });
    };
    const run: GitRunner['run'] = async (command) => {
      const done = await runner.run(command);
      if (command.args[0] === 'repack') pushes();
      return done;
    };
    const meanwhile = { run, start: runner.start.bind(runner), close: () => runner.close() };

    expect(await new Maintenance(meanwhile).tidy(repo.repository, { force: true })).toMatchObject({ did: 'packed' });

    expect(readdirSync(packFolder())).toContain('multi-pack-index');
    expect(packs()).toBe(2);
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
    expect(repo.git('rev-list', '--count', 'main').trim()).toBe('3');
  });
});

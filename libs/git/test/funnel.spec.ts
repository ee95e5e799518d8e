import { appendFileSync, linkSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aRepository, record, somebody, type TestRepository } from '../src/testing/a-repository.js';

describe('the funnel', () => {
  let repo: TestRepository;
  afterEach(() => repo.remove());
  const write = (target: TestRepository, path: string, text: string) =>
    target.funnel.write(target.repository, record, async () => ({
      edits: [{ path, content: Buffer.from(text) }],
      message: `Test: ${path}`,
      author: somebody,
      committer: somebody,
    }));

  it('loses no write of many at once, and tells listeners before the writers', async () => {
    repo = await aRepository();
    const told: number[] = [];
    let answered = 0;
    repo.funnel.onMoved(async ({ moves }) => {
      told.push(moves.length);
      expect(answered).toBeLessThan(60);
    });

    await Promise.all(
      Array.from({ length: 60 }, (_, i) => write(repo, `p${i}.md`, `${i}`).then(() => (answered += 1))),
    );

    expect(told.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(told.length).toBeLessThan(60);
    const tip = (await repo.repository.tip()) ?? '';
    expect(await repo.repository.walk(tip)).toHaveLength(60);
    expect(repo.git('rev-list', '--count', 'main').trim()).toBe('60');
    expect((await repo.repository.moves()).map((move) => move.after)).toHaveLength(60);
  });

  it('keeps many changes of one large folder as what changed', async () => {
    const pages = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`Folder/p${i}.md`, `${i}`]));
    repo = await aRepository(pages);
    await Promise.all(Array.from({ length: 60 }, (_, i) => write(repo, `Folder/p${i}.md`, `again ${i}`)));

    const folder = join(repo.repository.gitDir, 'objects', 'pack');
    const packs = readdirSync(folder).filter((name) => name.endsWith('.idx'));
    const listed = packs.map((name) => repo.git('verify-pack', '-v', join(folder, name))).join('\n');
    const chains = [...listed.matchAll(/^[0-9a-f]{40} tree +\d+ \d+ \d+ (\d+) [0-9a-f]{40}$/gm)];
    expect(chains.length).toBeGreaterThan(40);
    expect(Math.max(...chains.map(([, depth]) => Number(depth)))).toBeLessThanOrEqual(50);
    expect(repo.git('fsck', '--strict')).toBe('');
    const tip = (await repo.repository.tip()) ?? '';
    expect((await repo.repository.walk(tip)).length).toBe(500);
    expect(repo.git('show', 'main:Folder/p59.md')).toBe('again 59');
    expect(repo.git('show', 'main~59:Folder/p59.md')).toBe('59');
  });

  it('refuses only the step that throws', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const good = write(repo, 'good.md', 'x');
    const bad = repo.funnel.write(repo.repository, record, () => Promise.reject(new Error('no')));

    await expect(bad).rejects.toThrow('no');
    expect((await good).commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it('runs steps again when git itself moved main first', async () => {
    repo = await aRepository({ 'a.md': '1' });
    let runs = 0;
    const written = await repo.funnel.write(repo.repository, record, async (base) => {
      runs += 1;
      if (runs === 1) {
        const tree = repo.git('rev-parse', 'main^{tree}').trim();
        const other = repo.git('commit-tree', tree, '-p', 'main', '-m', 'from outside').trim();
        repo.git('update-ref', 'refs/heads/main', other);
      }
      expect(base.tip).not.toBeNull();
      return {
        edits: [{ path: 'b.md', content: Buffer.from('2') }],
        message: 'B',
        author: somebody,
        committer: somebody,
      };
    });

    expect(runs).toBe(2);
    expect(repo.git('log', '--format=%s', 'main').trim().split('\n')).toEqual(['B', 'from outside', 'Test: begin']);
    expect(written.commit).toBe(await repo.repository.tip());
  });

  it('takes over a lock whose holder is dead, and waits for one that lives', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const { hostname } = await import('node:os');
    const holders = join(repo.repository.gitDir, 'wikibot-locks');
    const dead = join(holders, `${hostname().replace(/[^A-Za-z0-9.-]/g, '_')}~999999~1~0`);
    writeFileSync(dead, '');
    linkSync(dead, join(repo.repository.gitDir, 'refs/heads/main.lock'));

    const written = await write(repo, 'b.md', '2');

    expect(written.commit).toBe(await repo.repository.tip());
    expect(readdirSync(holders)).toEqual([]);
  });

  it('takes over a lock that git left more than a minute ago', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const lock = join(repo.repository.gitDir, 'refs/heads/main.lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(Date.now() - 120_000), new Date(Date.now() - 120_000));

    expect((await write(repo, 'b.md', '2')).commit).toBe(await repo.repository.tip());
  });

  it('believes no recorded move that did not happen', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const tip = (await repo.repository.tip()) ?? '';
    const log = join(repo.repository.gitDir, 'logs/refs/heads/main');
    appendFileSync(log, `${tip} ${'f'.repeat(40)} x <x@x> 1 +0000\t{"actor":"forged","door":"rest","agent":null}\n`);
    await repo.commit([{ path: 'b.md', content: Buffer.from('2') }]);
    appendFileSync(log, 'cut sho');

    const moves = await repo.repository.moves();

    expect(moves.map((move) => move.record.actor)).toEqual(['user-1', 'user-1']);
  });

  it('refuses a truncated ref instead of starting anew', async () => {
    repo = await aRepository({ 'a.md': '1' });
    truncateSync(join(repo.repository.gitDir, 'refs/heads/main'), 10);

    await expect(write(repo, 'b.md', '2')).rejects.toMatchObject({ code: 'object-corrupt' });
  });
});

import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Repositories } from '../src/index.js';
import { aRepository, type TestRepository } from '../src/testing/a-repository.js';
import { sharedPage, startWriter } from './kit/writer.js';

describe('after a crash', () => {
  let repo: TestRepository;
  afterEach(() => repo.remove());

  it('ten times in the middle of writing, nothing that was acknowledged is lost or doubled', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const acked: string[] = [];
    for (let run = 0; run < 10; run += 1) {
      const writer = startWriter(repo, `run${run}`, 4, 100_000);
      const enough = 1 + ((run * 37) % 60);
      await expect.poll(() => writer.acked.length, { timeout: 20_000, interval: 1 }).toBeGreaterThan(enough);
      writer.process.kill('SIGKILL');
      await writer.ended;
      acked.push(...writer.acked);
      // The next one needs nobody's help, and no patience.
      const started = performance.now();
      await repo.commit([{ path: 'after.md', content: Buffer.from(`${run}`) }]);
      expect(performance.now() - started).toBeLessThan(5_000);
    }
    const { lines, messages } = await sharedPage(repo);
    expect(new Set(messages).size).toBe(messages.length);
    expect(new Set(lines).size).toBe(lines.length);
    expect(acked.filter((line) => !messages.includes(line) || !lines.includes(line))).toEqual([]);
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
    const main = await repo.repository.tip();
    expect((await repo.repository.moves()).at(-1)?.after).toBe(main);
    expect(readdirSync(join(repo.repository.gitDir, 'refs/heads'))).toEqual(['main']);
  }, 120_000);

  it('keeps the records of later moves whole when the last line was cut short', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const log = join(repo.repository.gitDir, 'logs/refs/heads/main');
    writeFileSync(log, `${readFileSync(log, 'utf8')}0123456789 cut sho`);
    await repo.commit([{ path: 'b.md', content: Buffer.from('2') }]);
    expect(await repo.repository.moves()).toHaveLength(2);
  });

  it('opening forgets moves that a power cut kept the records of and not the commits', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const log = join(repo.repository.gitDir, 'logs/refs/heads/main');
    const [before, tip] = [readFileSync(log, 'utf8'), await repo.repository.tip()];
    const lost = [`${tip} ${'1'.repeat(40)}`, `${'1'.repeat(40)} ${'2'.repeat(40)}`].map(
      (both) => `${both} x <x> 1 +0000\t`,
    );
    writeFileSync(log, `${before}${lost.join('\n')}\n${'\0'.repeat(100)}`);
    expect(() => repo.git('fsck', '--strict', '--full')).toThrow(/invalid reflog entry/);

    await new Repositories({ root: repo.root }).open(repo.repository.id);

    expect(readFileSync(log, 'utf8')).toBe(before);
    expect(repo.git('fsck', '--strict', '--full')).toBe('');
  });

  it('opening sweeps away old leftovers and leaves young ones alone', async () => {
    repo = await aRepository({ 'a.md': '1' });
    const objects = join(repo.repository.gitDir, 'objects');
    const old = ['incoming-old', 'tmp_objdir-incoming-x'];
    for (const name of [...old, 'incoming-young']) mkdirSync(join(objects, name));
    for (const name of ['tmp_obj_old', 'tmp_obj_young']) writeFileSync(join(objects, name), 'x');
    writeFileSync(join(objects, 'pack/tmp_pack_old'), 'x');
    const past = new Date(Date.now() - 2 * 3_600_000);
    for (const name of [...old, 'tmp_obj_old', 'pack/tmp_pack_old']) utimesSync(join(objects, name), past, past);
    const events: string[] = [];
    const fresh = new Repositories({ root: repo.root, onEvent: ({ name }) => events.push(name) });

    await fresh.open(repo.repository.id);

    expect(events).toEqual(['git.recover', 'git.open']);
    const left = readdirSync(objects).filter((name) => /^(incoming|tmp_)/.test(name));
    expect(left.sort()).toEqual(['incoming-young', 'tmp_obj_young']);
    expect(readdirSync(join(objects, 'pack'))).toEqual([]);
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directRunner, GitError, SmartHttp } from '@lib/git';
import { aRepository } from '../../libs/git/src/testing/a-repository.js';
import { BareRepository, withHistory } from './kit/bare-repository.js';
import { whileDamaged } from './kit/damaged.js';
import { mutated } from './kit/mutations.js';
import { outcome } from './kit/outcome.js';
import { eachSeed } from './kit/seeds.js';

describe('damaged refs are errors, or what git takes them for', () => {
  eachSeed('in a file of their own and in packed-refs', 1, (random) =>
    withHistory(random, { commits: 8 }, async (repository) => {
      const { git, gitDir } = repository;
      git.run(['tag', '-a', '-m', 'one', 'one']);
      git.run(['tag', 'two', 'main~1']);
      const truth = git.text(['rev-parse', 'main']).trim();
      for (let i = 0; i < 60; i += 1) {
        // Both ways of keeping refs are tried, each with what git itself wrote.
        if (i % 2 === 0) git.run(['pack-refs', '--all']);
        else writeFileSync(join(gitDir, 'refs/heads/main'), git.run(['rev-parse', 'main']));
        const file = i % 2 === 0 ? 'packed-refs' : 'refs/heads/main';
        const { how, bytes } = mutated(random, readFileSync(join(gitDir, file)));
        await whileDamaged(repository, { file, bytes }, async (reader) => {
          const what = `${file}, ${how}: ${JSON.stringify(bytes.toString('latin1'))}`;
          const tip = await outcome(what, () => reader.tip());
          const theirs = git.attempt(['rev-parse', '-q', '--verify', 'refs/heads/main']);
          // git gives up the whole list for one bad line; where that of main is whole, what it says is still true.
          const answers = [theirs.stdout.toString().trim(), truth];
          if (!(tip instanceof GitError)) expect(answers, what).toContain(tip ?? '');
          await outcome(what, () => new SmartHttp({ runner: directRunner() }).advertise(reader, 'git-receive-pack'));
        });
      }
    }),
  );
});

describe('a list of packed refs', () => {
  eachSeed('of which the heading is damaged is an error, as to git', 1, (random) =>
    withHistory(random, { commits: 2 }, async (repository) => {
      const { git, gitDir } = repository;
      git.run(['pack-refs', '--all']);
      const text = readFileSync(join(gitDir, 'packed-refs'), 'latin1').replace('with:', 'With:');
      const bytes = Buffer.from(text, 'latin1');
      await whileDamaged(repository, { file: 'packed-refs', bytes }, async (reader) => {
        expect(await outcome('the tip', () => reader.tip())).toBeInstanceOf(GitError);
        expect(git.attempt(['rev-parse', '-q', '--verify', 'refs/heads/main']).status).not.toBe(0);
      });
    }),
  );
});

describe('a damaged record of moves', () => {
  eachSeed('tells true moves or none, in time', 1, async (random) => {
    const repo = await aRepository({ 'a.md': '1' });
    for (let i = 0; i < 6; i += 1) await repo.commit([{ path: 'a.md', content: Buffer.from(`${i}`) }]);
    const file = join(repo.repository.gitDir, 'logs/refs/heads/main');
    const [whole, moves] = [readFileSync(file), await repo.repository.moves()];
    for (let i = 0; i < 100; i += 1) {
      const { how, bytes } = mutated(random, whole);
      writeFileSync(file, bytes);
      const told = await outcome(how, () => repo.repository.moves());
      if (told instanceof GitError) continue;
      for (const { before, after } of told) {
        const isTrue = moves.some((move) => move.after === after && (move.before === before || before === null));
        // A damaged id is that of no commit; whoever follows it finds an object that is missing.
        const known = before === null ? true : await repo.repository.header(before).catch(() => null);
        expect(isTrue || known === null, `${how}: ${before} ${after}`).toBe(true);
      }
    }
    repo.remove();
  });

  it('of one line without end is read in time', async () => {
    const repo = await aRepository({ 'a.md': '1' });
    const file = join(repo.repository.gitDir, 'logs/refs/heads/main');
    const [whole, moves] = [readFileSync(file), await repo.repository.moves()];
    writeFileSync(file, Buffer.concat([Buffer.alloc(80 << 20, 'x'), Buffer.from('\n'), whole]));
    expect(await outcome('a long line before', () => repo.repository.moves())).toEqual(moves);
    writeFileSync(file, Buffer.concat([whole, Buffer.alloc(80 << 20, 'x')]));
    expect(await outcome('a long line after', () => repo.repository.moves())).toEqual(moves);
    repo.remove();
  });
});

describe('a repository that holds something else where a file should be', () => {
  it('answers with an error of ours, or that there is nothing', async () => {
    const repository = BareRepository.empty();
    mkdirSync(join(repository.gitDir, 'objects/aa', 'a'.repeat(38)), { recursive: true });
    mkdirSync(join(repository.gitDir, 'refs/heads/main'), { recursive: true });
    const reader = repository.reader();

    expect(await outcome('a folder for an object', () => reader.object('a'.repeat(40)))).toBeInstanceOf(GitError);
    expect(await outcome('a folder for the head of an object', () => reader.header('a'.repeat(40)))).toBeInstanceOf(
      GitError,
    );
    expect(await outcome('a folder for main', () => reader.tip())).toBeNull();
    repository.remove();
  });
});

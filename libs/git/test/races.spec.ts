import { execFile } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Funnel, type GitError, type GitEvent } from '../src/index.js';
import { aRepository, record, somebody, type TestRepository } from '../src/testing/a-repository.js';
import { sharedPage, startWriter } from './kit/writer.js';

describe('many writers', () => {
  let repo: TestRepository;
  beforeEach(async () => (repo = await aRepository({ 'a.md': '1' })));
  afterEach(() => repo.remove());
  const draft = (path: string) => ({
    edits: [{ path, content: Buffer.from(path) }],
    message: path,
    author: somebody,
    committer: somebody,
  });

  it('of two processes lose and double nothing while git collects garbage', async () => {
    const writers = ['one', 'two'].map((name) => startWriter(repo, name, 4, 25));
    let isDone = false;
    const collect = (): Promise<void> =>
      new Promise((resolve) => execFile('git', ['gc', '-q'], { cwd: repo.repository.gitDir }, () => resolve()));
    const collecting = (async () => {
      while (!isDone) await collect();
    })();

    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);
    isDone = true;
    await collecting;

    const acked = writers.flatMap((writer) => writer.acked).sort();
    expect(acked).toHaveLength(200);
    const { lines, messages } = await sharedPage(repo);
    expect(lines.sort()).toEqual(acked);
    expect(messages.sort()).toEqual(acked);
    expect((await repo.repository.moves()).map((move) => move.after)).toHaveLength(201);
    expect(repo.git('fsck', '--strict', '--full', '--no-dangling')).toBe('');
  });

  it('are turned away when too many wait, and the rest is drained', async () => {
    const results = Array.from({ length: 200 }, (_, i) =>
      repo.funnel.write(repo.repository, record, async () => draft(`p${i}.md`)).catch((error: GitError) => error.code),
    );
    await repo.funnel.drain();
    const outcomes = await Promise.all(results);
    const refused = outcomes.filter((outcome) => outcome === 'busy').length;
    expect(refused).toBeGreaterThan(0);
    const tip = (await repo.repository.tip()) ?? '';
    expect(await repo.repository.walk(tip)).toHaveLength(1 + 200 - refused);
  });

  it('are answered though a listener fails, and the failure is told', async () => {
    const events: GitEvent[] = [];
    const funnel = new Funnel({ onEvent: (event) => events.push(event) });
    funnel.onMoved(() => Promise.reject(new Error('no database')));
    for (const path of ['b.md', 'c.md']) await funnel.write(repo.repository, record, async () => draft(path));
    expect(events.filter(({ name }) => name === 'git.commit').map(({ cold }) => cold)).toEqual([true, false]);
    expect(events.filter(({ name }) => name === 'git.listener-failed')).toHaveLength(2);
  });

  it('start anew when what they wrote was erased before the move', async () => {
    let runs = 0;
    const { store } = repo.repository;
    const hasAll = store.hasAll.bind(store);
    store.hasAll = (oids) => runs > 1 && hasAll(oids);
    await repo.funnel.write(repo.repository, record, async () => {
      runs += 1;
      return draft('b.md');
    });
    expect(runs).toBe(2);
    expect(repo.git('show', 'main:b.md')).toBe('b.md');
  });

  it('read the moves since a commit without the older ones', async () => {
    const tips: string[] = [];
    // Lines longer than what is read of the file at once, with characters of several bytes.
    for (const agent of Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(5_000 + i, 'é'))) {
      const { commit } = await repo.funnel.write(repo.repository, { ...record, agent }, async () =>
        draft(agent.slice(0, 2)),
      );
      tips.push(commit ?? '');
    }
    const recent = await repo.repository.moves(tips.at(-3));
    expect(recent.map((move) => move.after)).toEqual(tips.slice(-2));
    expect(await repo.repository.moves(tips.at(-1))).toEqual([]);
    expect(await repo.repository.moves()).toHaveLength(21);
    expect(recent.at(-1)?.record.agent).toHaveLength(5_019);
  });
});

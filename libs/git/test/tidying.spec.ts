import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directRunner, type GitRunner, Maintenance, type MaintenanceReport } from '../src/index.js';
import { aRepository, type TestRepository } from '../src/testing/a-repository.js';

const runner = directRunner();

/** A git that does nothing before it is let go. */
function heldRunner(): { runner: GitRunner; begun: Promise<void>; letGo: () => void } {
  let letGo = () => {};
  let begin = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const run: GitRunner['run'] = async (command) => {
    begin();
    await gate;
    return runner.run(command);
  };
  return { runner: { run, start: runner.start.bind(runner), close: () => runner.close() }, begun, letGo };
}

describe('tidying a repository', () => {
  let repo: TestRepository;
  let gitDir: string;
  beforeEach(async () => {
    repo = await aRepository({ 'a.md': '1' });
    gitDir = repo.repository.gitDir;
  });
  afterEach(() => repo.remove());

  const tidy = (by = runner): Promise<MaintenanceReport> => new Maintenance(by).tidy(repo.repository, { force: true });
  const locks = () => [join(gitDir, 'gc.pid'), join(gitDir, 'gc.pid.lock'), join(gitDir, 'objects/maintenance.lock')];
  const left = () => locks().filter((file) => existsSync(file));

  it('is done by one at a time, and git gc is told to wait', async () => {
    const held = heldRunner();
    const first = tidy(held.runner);
    await held.begun;

    expect((await tidy()).did).toEqual('nothing');
    expect(() => repo.git('gc', '-q')).toThrow(/gc is already running/);

    held.letGo();
    expect((await first).did).toEqual('packed');
    expect(left()).toEqual([]);
    repo.git('gc', '-q');
  });

  it.each(['gc.pid', 'objects/maintenance.lock'])(
    'leaves alone what another living process tidies (%s)',
    async (name) => {
      const other = spawn('sleep', ['60']);
      try {
        writeFileSync(join(gitDir, name), `${other.pid} ${hostname()}`);
        expect((await tidy()).did).toEqual('nothing');
        expect(left()).toEqual([join(gitDir, name)]);
      } finally {
        other.kill('SIGKILL');
        await once(other, 'close');
      }
      // Its holder is dead now.
      expect((await tidy()).did).toEqual('packed');
      expect(left()).toEqual([]);
    },
  );

  it.each([
    ['gc.pid', `1 elsewhere.${hostname()}`],
    ['objects/maintenance.lock', ''],
  ])('believes a holder of whom it knows nothing (%s)', async (name, text) => {
    writeFileSync(join(gitDir, name), text);

    expect((await tidy()).did).toEqual('nothing');
    expect(readdirSync(join(gitDir, 'objects/pack'))).toEqual([]);
  });

  it('takes over what a process of the same number left behind', async () => {
    writeFileSync(join(gitDir, 'gc.pid'), `${process.pid} ${hostname()}`);

    expect((await tidy()).did).toEqual('packed');
  });

  it('lets go when it fails', async () => {
    const failing = { ...heldRunner().runner, run: () => Promise.reject(new Error('no git')) };

    await expect(tidy(failing)).rejects.toThrow('no git');
    expect(left()).toEqual([]);
  });
});

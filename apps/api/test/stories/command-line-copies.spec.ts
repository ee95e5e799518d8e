import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';

const someone = ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.org', '-c', 'init.defaultBranch=main'];

describe('copies, passwords and faults at the command line', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;

  const wikibot = (args: string[], input = '') => line.run(args, { input });
  const json = async (args: string[], exitCode = 0, input = '') => {
    const run = await wikibot(['--json', ...args], input);
    expect(run.code, run.stderr).toBe(exitCode);
    return JSON.parse(run.stdout) as Record<string, unknown>;
  };
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', [...someone, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
  const repositoryOf = (id: string) => join(line.folder, 'data/repositories', id, 'repo.git');
  const theWiki = async (name: string) => {
    const made = (await json(['wiki', 'create', name])).wiki as { id: string };
    return { name, id: made.id, gitDir: repositoryOf(made.id) };
  };

  beforeAll(async () => {
    line = await aCommandLine();
    await json(['user', 'add', 'alice', '--password-stdin'], 0, 'correct horse\n');
  });
  afterAll(() => line?.remove());

  it('gives an account a new password, and only an account that there is', async () => {
    const changed = await json(['user', 'reset-password', '@alice', '--password-stdin'], 0, 'battery staple\n');
    const silent = await wikibot(['user', 'reset-password', 'alice']);
    const empty = await wikibot(['user', 'reset-password', 'alice', '--password-stdin'], '\n');
    const tooShort = await wikibot(['user', 'reset-password', 'alice', '--password-stdin'], 'x\n');
    const nobody = await wikibot(['user', 'reset-password', 'nobody', '--password-stdin'], 'battery staple\n');

    expect(changed).toEqual({ username: 'alice', changed: true });
    expect([silent.code, empty.code, tooShort.code, nobody.code]).toEqual([2, 2, 3, 3]);
  });

  it('shuts an account out, lets it in again, and removes it when that is confirmed and it owns nothing', async () => {
    await Promise.all([json(['user', 'add', 'leaver', '--no-token']), theWiki('@alice/kept')]);

    expect(await json(['user', 'suspend', 'leaver'])).toEqual({ username: 'leaver', suspended: true });
    expect((await wikibot(['token', 'create', 'leaver'])).code).toBe(3);
    expect(await json(['user', 'readmit', '@leaver'])).toEqual({ username: 'leaver', suspended: false });
    const unsure = await wikibot(['user', 'remove', 'leaver', '--confirm', 'leave']);
    const owner = await wikibot(['user', 'remove', 'alice', '--confirm', 'alice']);
    expect([unsure.code, owner.code]).toEqual([2, 3]);
    expect(await json(['user', 'remove', 'leaver', '--confirm', 'leaver'])).toMatchObject({ removed: true });
    expect(
      ((await json(['user', 'list'])) as unknown as { username: string }[]).map(({ username }) => username),
    ).not.toContain('leaver');
  });

  it('exports a bundle that git clones, at the tip of the wiki', async () => {
    const { name, gitDir } = await theWiki('@alice/sent');
    const bundle = join(line.folder, 'sent.bundle');
    await json(['export', name, '--to', bundle]);
    git(line.folder, 'clone', '--quiet', bundle, 'clone');

    expect(git(join(line.folder, 'clone'), 'rev-parse', 'HEAD')).toBe(git(gitDir, 'rev-parse', 'refs/heads/main'));
    expect(git(join(line.folder, 'clone'), 'status', '--porcelain')).toBe('');
    expect(await readdir(join(line.folder, 'clone'))).toContain('Home.md');
    expect((await readdir(line.folder)).filter((file) => file.endsWith('.unfinished'))).toEqual([]);
  });

  it('imports a bundle with its history, after a look that changes nothing', async () => {
    const source = join(line.folder, 'source');
    const bundle = join(line.folder, 'source.bundle');
    await mkdir(source);
    git(source, 'init', '--quiet');
    for (const text of ['one', 'two']) {
      await writeFile(join(source, 'Home.md'), `# ${text}\n`);
      git(source, 'add', '.');
      git(source, 'commit', '--quiet', '--message', text);
    }
    git(source, 'bundle', 'create', '--quiet', bundle, 'main');
    const before = [await readdir(join(line.folder, 'data/repositories')), (await wikibot(['wiki', 'list'])).stdout];

    const looked = await json(['import', bundle, '--as', '@alice/bundled', '--dry-run']);
    const after = [await readdir(join(line.folder, 'data/repositories')), (await wikibot(['wiki', 'list'])).stdout];
    const brought = await json(['import', bundle, '--as', '@alice/bundled']);
    const gitDir = repositoryOf((brought.wiki as { id: string }).id);

    expect(looked).toMatchObject({ dry_run: true, pages: 1, commits: 2 });
    expect(after).toEqual(before);
    expect(brought.report).toMatchObject({ pages: 1, commits: 2 });
    expect(git(gitDir, 'log', '--format=%s %an', 'refs/heads/main')).toBe('two Someone\none Someone');
  });

  it('imports an archive, and reads its wikilinks in the order it is told', async () => {
    const vault = join(line.folder, 'vault');
    const archive = join(line.folder, 'vault.tar.gz');
    await mkdir(vault);
    await writeFile(join(vault, 'Home.md'), 'See [[the other one|Other]].\n');
    await writeFile(join(vault, 'Other.md'), 'other\n');
    execFileSync('tar', ['-czf', archive, '-C', vault, '.']);

    const wrong = ['import', archive, '--as', '@alice/tarred', '--wikilinks', 'target-first', '--dry-run'];
    const looked = await json(wrong);
    const brought = await json(['import', archive, '--as', '@alice/tarred', '--wikilinks', 'label-first']);
    const gitDir = repositoryOf((brought.wiki as { id: string }).id);

    expect(looked).toMatchObject({ pages: 2, links: 1, broken: 1 });
    expect(brought.report).toMatchObject({ pages: 2, links: 1, broken: 0 });
    expect(git(gitDir, 'show', 'refs/heads/main:Home.md')).toBe('See [[the other one|Other]].');
  });

  it('the doctor names a wiki without its folder, and how to mend it', async () => {
    const { name, gitDir } = await theWiki('@alice/gone');
    await rename(gitDir, `${gitDir}.aside`);
    const run = await wikibot(['doctor']);
    await rename(`${gitDir}.aside`, gitDir);

    expect(run.code, run.stderr).toBe(4);
    expect(run.stdout).toMatch(new RegExp(`!! +${name}: .*missing\\n +Restore its folder from a backup`));
    expect((await wikibot(['doctor'])).code).toBe(0);
  });

  it('the doctor names the one wiki with a damaged object', async () => {
    const { name, gitDir } = await theWiki('@alice/damaged');
    const damage = async (object: string) => {
      const file = join(gitDir, 'objects', object.slice(0, 2), object.slice(2));
      const kept = await readFile(file);
      await rm(file);
      await writeFile(file, 'nothing that git wrote');
      return async () => {
        await rm(file);
        await writeFile(file, kept);
      };
    };
    for (const [revision, args] of [
      ['refs/heads/main', ['doctor']],
      ['refs/heads/main:Home.md', ['doctor', '--deep']],
    ] as const) {
      const mend = await damage(git(gitDir, 'rev-parse', revision));
      const { findings } = (await json([...args], 4)) as {
        findings: { subject: string; ok: boolean; mend?: string }[];
      };
      await mend();

      const bad = findings.filter(({ ok }) => !ok);
      expect(bad).toEqual([
        expect.objectContaining({ subject: name, mend: expect.stringContaining('backup') as string }),
      ]);
    }
    expect((await wikibot(['doctor', '--deep'])).code).toBe(0);
  });
});

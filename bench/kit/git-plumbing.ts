import { execFile, spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** git makes what it acknowledges durable, as far as it can: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsync */
const durable = ['-c', 'core.fsync=committed', '-c', 'core.fsyncMethod=fsync'];

/** A repository that is edited the way scripts do it: one git process for each step. */
export class PlumbingRepository {
  readonly gitDir: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(gitDir: string) {
    this.gitDir = gitDir;
    const who = { name: 'Bench', email: 'bench@example.org' };
    this.env = {
      PATH: process.env.PATH,
      GIT_DIR: gitDir,
      GIT_AUTHOR_NAME: who.name,
      GIT_AUTHOR_EMAIL: who.email,
      GIT_COMMITTER_NAME: who.name,
      GIT_COMMITTER_EMAIL: who.email,
    };
  }

  static async copyOf(source: string, to: string): Promise<PlumbingRepository> {
    await cp(source, to, { recursive: true });
    const repository = new PlumbingRepository(to);
    await repository.git(['read-tree', 'main']);
    return repository;
  }

  /** One durable commit that changes one file. */
  async edit(path: string, content: string): Promise<void> {
    const blob = await this.git([...durable, 'hash-object', '-w', '--stdin'], content);
    await this.git([...durable, 'update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
    const tree = await this.git([...durable, 'write-tree']);
    const parent = await this.git(['rev-parse', 'refs/heads/main']);
    const commit = await this.git([...durable, 'commit-tree', tree, '-p', parent, '-m', 'Edit a page']);
    await this.git([...durable, 'update-ref', 'refs/heads/main', commit, parent]);
  }

  /** The sizes on disk of the objects that one edit writes, and of the ref. */
  async sizesOfEdit({ path, text }: { path: string; text: string }): Promise<number[]> {
    await this.edit(`${path}.md`, text);
    const changed = await this.git(['diff-tree', '-r', '-t', '--no-commit-id', 'main~1', 'main']);
    const oids = changed.split('\n').map((line) => line.split(/\s/)[3] ?? '');
    const names = `${[...oids, 'main', 'main^{tree}'].join('\n')}\n`;
    const sizes = await this.git(['cat-file', '--batch-check=%(objectsize:disk)'], names);
    return [...sizes.split('\n').map(Number), 41];
  }

  async git(args: string[], input?: string): Promise<string> {
    if (input === undefined) return (await run('git', args, { env: this.env, maxBuffer: 1 << 28 })).stdout.trim();
    const child = spawn('git', args, { env: this.env, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(input);
    let said = '';
    for await (const chunk of child.stdout) said += String(chunk);
    return said.trim();
  }
}

/** Runs git for its effect, as somebody at a console would; throws with what it said when it fails. */
export const git = async (args: string[], cwd?: string): Promise<string> =>
  (await run('git', args, { cwd, maxBuffer: 1 << 28, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } })).stdout;

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A real git command line in a throw-away home folder: no user configuration, no prompts. */
export class GitClient {
  private constructor(readonly home: string) {}

  static async create(): Promise<GitClient> {
    return new GitClient(await mkdtemp(join(tmpdir(), 'wikibot-git-client-')));
  }

  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  /** Runs git and returns what it said, whatever its exit code. */
  try(args: string[], cwd = this.home): Promise<GitResult> {
    const env = {
      PATH: process.env.PATH,
      HOME: this.home,
      LANG: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Alice',
      GIT_AUTHOR_EMAIL: 'alice@example.org',
      GIT_COMMITTER_NAME: 'Alice',
      GIT_COMMITTER_EMAIL: 'alice@example.org',
    };
    return new Promise((resolve) => {
      execFile('git', args, { cwd, env, maxBuffer: 64 << 20, encoding: 'utf8' }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr });
      });
    });
  }

  /** Runs git and expects it to succeed. */
  async run(args: string[], cwd = this.home): Promise<string> {
    const { code, stdout, stderr } = await this.try(args, cwd);
    if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}

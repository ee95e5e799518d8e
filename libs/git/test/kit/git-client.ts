import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const base = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'A Client',
  GIT_AUTHOR_EMAIL: 'client@example.org',
  GIT_COMMITTER_NAME: 'A Client',
  GIT_COMMITTER_EMAIL: 'client@example.org',
};

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** A folder in which a real git client works. */
export class GitClient {
  env: Record<string, string> = base;
  readonly folder = mkdtempSync(join(tmpdir(), 'wikibot-client-'));

  /** Runs git without blocking this process, which is the server too. */
  run(...args: string[]): Promise<Said> {
    return new Promise((resolve) => {
      execFile('git', args, { cwd: this.folder, env: this.env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      });
    });
  }

  /** As `run`, and throws what git said when it fails. */
  async git(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  start(...args: string[]): ChildProcess {
    return spawn('git', args, { cwd: this.folder, env: this.env, stdio: 'ignore', detached: true });
  }

  write(path: string, content: string | Buffer): void {
    writeFileSync(join(this.folder, path), content);
  }

  /** Commits one file in the clone `at`. */
  async commit(at: string, path: string, content: string | Buffer, message = `Change ${path}`): Promise<string> {
    this.write(join(at, path), content);
    await this.git('-C', at, 'add', '-A');
    await this.git('-C', at, 'commit', '-qm', message);
    return this.git('-C', at, 'rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

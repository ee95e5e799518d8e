import { spawnSync } from 'node:child_process';

/** The git binary in one folder, with nothing of this machine's settings and with one person at one time. */
export class GitBinary {
  constructor(private readonly cwd: string) {}

  /** Output of a command that has to succeed. */
  run(args: string[], input?: string | Buffer, env: Record<string, string> = {}): Buffer {
    const { status, stdout, stderr } = this.attempt(args, input, env);
    if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }

  text(args: string[], input?: string | Buffer): string {
    return this.run(args, input).toString('utf8');
  }

  lines(args: string[], input?: string | Buffer): string[] {
    return this.text(args, input).split('\n').filter(Boolean);
  }

  attempt(args: string[], input?: string | Buffer, env: Record<string, string> = {}) {
    const run = spawnSync('git', args, {
      cwd: this.cwd,
      input: input ?? '',
      maxBuffer: 1 << 30,
      env: { ...environment, ...env },
    });
    return { status: run.status, stdout: run.stdout, stderr: run.stderr.toString('utf8') };
  }
}

const settings: [string, string][] = [
  ['init.defaultBranch', 'main'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  ['pack.threads', '1'],
  // A pack stays the pack it was written as, however few its objects.
  ['fastimport.unpackLimit', '1'],
  ['advice.detachedHead', 'false'],
];

const environment: Record<string, string> = {
  PATH: process.env['PATH'] ?? '',
  LANG: 'C.UTF-8',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_COUNT: `${settings.length}`,
  ...Object.fromEntries(
    settings.flatMap(([key, value], i) => [
      [`GIT_CONFIG_KEY_${i}`, key],
      [`GIT_CONFIG_VALUE_${i}`, value],
    ]),
  ),
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.org',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.org',
  GIT_COMMITTER_DATE: '1700000000 +0000',
};

import type { Readable, Writable } from 'node:stream';
import type { Child } from './git-child.js';

/** A running git. */
export interface GitChild extends Child {
  /**
   * Passes on to somebody what git says, as fast as they take it, and leaves them open; resolves with the exit code.
   * Rejects when they are gone before git has said everything. To be called at once, by one who reads nothing else of it.
   */
  pour(into: Writable): Promise<number>;
}

/** One run of the git binary. Arguments are never strings of a user that git could read as an option. */
export interface GitCommand {
  /** Subcommand and arguments. */
  args: string[];
  gitDir?: string;
  input?: Buffer | Readable;
  env?: Record<string, string>;
  timeoutMs?: number;
  /** Longest output that is kept in memory. */
  maxBytes?: number;
  signal?: AbortSignal;
  cwd?: string;
  /** Settings for this run alone, beside those every run has. */
  config?: Record<string, string>;
  /** Most memory the child may take, where the system can hold it to that. */
  memoryBytes?: number;
  /** Longest file the child may write. */
  fileBytes?: number;
}

/** How a git ended, and what it said. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** Runs git, here or in the broker process. */
export interface GitRunner {
  start(command: GitCommand): GitChild;
  run(command: GitCommand): Promise<GitResult>;
  close(): Promise<void>;
}

/** The only subcommands that are ever run. */
export const allowedSubcommands = [
  'blame',
  'bundle',
  'cat-file',
  'commit-graph',
  'diff-tree',
  'fetch',
  'fsck',
  'index-pack',
  'log',
  'multi-pack-index',
  'repack',
  'rev-list',
  'upload-pack',
  'version',
];

// The settings every git child gets, whatever a repository's own configuration says (environment wins over files).
const settings: Record<string, string> = {
  // Above this a blob is streamed through git and neither held in memory nor compared with others.
  'core.bigFileThreshold': '16m',
  'core.hooksPath': '/dev/null',
  'core.fsync': 'all',
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'core.quotePath': 'false',
  'core.useReplaceRefs': 'false',
  'fetch.fsckObjects': 'true',
  'gc.auto': '0',
  'pack.threads': '1',
  'pack.windowMemory': '64m',
  'protocol.allow': 'never',
  'receive.autogc': 'false',
  'transfer.advertiseObjectInfo': 'false',
  'transfer.bundleURI': 'false',
  'transfer.fsckObjects': 'true',
  'transfer.hideRefs': 'refs/',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'false',
  'uploadpack.allowReachableSHA1InWant': 'false',
  'uploadpack.allowTipSHA1InWant': 'false',
};

/** The whole environment of a git child: nothing is inherited but where programs are found. */
export function gitEnvironment(command: GitCommand, path: string): Record<string, string> {
  const pairs = Object.entries({ ...settings, ...command.config, 'safe.directory': command.gitDir ?? '/nonexistent' });
  // Only main and tags can be seen; the later, negated entries take these back out of what is hidden.
  pairs.push(['transfer.hideRefs', '!refs/heads/main'], ['transfer.hideRefs', '!refs/tags']);
  const numbered = pairs.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ]);
  return {
    PATH: path,
    LANG: 'C',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_CONFIG_COUNT: `${pairs.length}`,
    ...(command.gitDir === undefined ? {} : { GIT_DIR: command.gitDir }),
    ...(Object.fromEntries(numbered) as Record<string, string>),
    ...command.env,
  };
}

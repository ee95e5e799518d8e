/** A timed piece of work on a repository; `cold` marks the first touch since it was opened. */
export interface GitEvent {
  name: 'git.open' | 'git.create' | 'git.commit' | 'git.recover' | 'git.listener-failed';
  repository: string;
  /** Milliseconds. */
  ms: number;
  cold: boolean;
  error?: unknown;
}

/** Is told of timed work; must not throw. */
export type OnGitEvent = (event: GitEvent) => void;

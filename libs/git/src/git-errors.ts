/** What can go wrong with a repository; `message` may be shown to whoever asked. */
export class GitError extends Error {
  constructor(
    readonly code: GitErrorCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'GitError';
  }
}

/** Every code this room throws. */
export const gitErrorCodes = [
  'repository-missing',
  'ref-moved-on',
  'path-clash',
  'push-refused',
  'pack-refused',
  'too-large',
  'object-missing',
  'object-corrupt',
  'git-failed',
  'busy',
  'timed-out',
  'storage-full',
  'storage-refused',
] as const;

/** One of the codes of this room. */
export type GitErrorCode = (typeof gitErrorCodes)[number];

/** True of what says that the repository itself is not whole. */
export const isDamage = (error: unknown): error is GitError =>
  error instanceof GitError && (error.code === 'object-corrupt' || error.code === 'object-missing');

export const corrupt = (what: string): GitError => new GitError('object-corrupt', `Corrupt git data: ${what}.`);
export const tooLarge = (what: string, bytes: number, limit: number): GitError =>
  new GitError('too-large', `${what} is ${bytes} bytes; the limit is ${limit} bytes.`, { bytes, limit });

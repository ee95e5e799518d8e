import { GitError } from '@lib/git';

/** Longest that anything may take on damaged bytes; generous, for a machine that is busy with other tests. */
const mostMs = 5_000;
const mostBytes = 400 << 20;

/** What became of a read of damaged bytes: an answer, or an error that is ours; never a crash, a hang, a flood. */
export async function outcome<T>(what: string, read: () => Promise<T> | T): Promise<T | GitError> {
  const started = performance.now();
  const before = process.memoryUsage().rss;
  let result: T | GitError;
  try {
    result = await read();
  } catch (error) {
    if (!(error instanceof GitError)) throw new Error(`${what} ended in an error that is not ours`, { cause: error });
    result = error;
  }
  const ms = performance.now() - started;
  if (ms > mostMs) throw new Error(`${what} took ${ms} ms`);
  const grown = process.memoryUsage().rss - before;
  if (grown > mostBytes) throw new Error(`${what} took ${grown} bytes of memory`);
  return result;
}

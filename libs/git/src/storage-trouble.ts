import { corrupt, GitError } from './git-errors.js';

// https://man7.org/linux/man-pages/man3/errno.3.html
const full = ['ENOSPC', 'EDQUOT'];
const closed = ['EROFS', 'EIO', 'ESTALE'];
const exhausted = ['EMFILE', 'ENFILE'];
/** The same in git's words; its children run in English. */
const damage =
  /(?:loose|packed) object [0-9a-f]{40} \(stored in [^\n]*\) is corrupt|object file [^\n]+ is empty|multi-pack-index \w+ [^\n]* match [^\n]*/;
const words = { ENOSPC: /No space left on device/, EROFS: /Read-only file system/, EMFILE: /Too many open files/ };

/** What a failure of the storage means to whoever asked: nothing of theirs is wrong, and what was there is still there. */
export function storageTrouble(error: unknown): GitError | null {
  if (error instanceof GitError) return error.code.startsWith('storage-') ? error : null;
  if (!(error instanceof Error)) return null;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? troubleOf(code) : null;
}

/** The same from what a git child said at its end. */
export function storageTroubleIn(stderr: string): GitError | null {
  const [code] = Object.entries(words).find(([, said]) => said.test(stderr)) ?? [];
  return code === undefined ? null : troubleOf(code);
}

/** The same for an object that git found damaged: what arrives with a push is told in other words. */
export function damageIn(stderr: string): GitError | null {
  const [said] = damage.exec(stderr) ?? [];
  return said === undefined ? null : corrupt(said);
}

/** The same from a git that serves: which object it was, only the client is told. */
export function damageWhileServing(stderr: string): GitError | null {
  const found = damageIn(stderr);
  if (found !== null || !/repository corruption/.test(stderr)) return found;
  return corrupt('git came upon damage while it served a fetch');
}

function troubleOf(reason: string): GitError | null {
  if (full.includes(reason)) {
    const message = 'The disk of this server is full: nothing can be written until its operator makes room.';
    return new GitError('storage-full', message, { reason, retry_after: 60 });
  }
  if (closed.includes(reason)) {
    const message = 'The storage of this server takes nothing at the moment; its operator has to look at it.';
    return new GitError('storage-refused', message, { reason, retry_after: 60 });
  }
  if (!exhausted.includes(reason)) return null;
  return new GitError('busy', 'This server has too many files open. Try again in a moment.', { retry_after: 5 });
}

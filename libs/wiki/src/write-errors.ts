import { quoted } from '@lib/markdown';
import { WikiError } from './wiki-errors.js';

/** There is no such page. */
export function pageNotFound(path: string): WikiError {
  return new WikiError('page-not-found', `There is no page ${quoted(path)}.`, { path });
}

/** The page exists, and whoever replaces it has to say which revision they read. */
export function revisionRequired(path: string): WikiError {
  return new WikiError(
    'revision-required',
    `Revision required: ${quoted(path)} exists. Read it, and send the revision you read.`,
    { path },
  );
}

/** The page is not as it was read; `current` is null when it is gone. */
export function movedOn(path: string, current: string | null, why: string): WikiError {
  return new WikiError('page-moved-on', `Revision mismatch: ${quoted(path)} ${why}. Read it again, then write.`, {
    path,
    current_revision: current,
  });
}

/** What If-Match demands is not so. */
export function preconditionFailed(path: string, why: string, current: string | null = null): WikiError {
  const extra = current === null ? { path } : { path, current_revision: current };
  return new WikiError('precondition-failed', `${quoted(path)} ${why}, which If-Match does not allow.`, extra);
}

/** There is a page where another should be put. */
export function pageExists(path: string): WikiError {
  return new WikiError('page-exists', `There is a page ${quoted(path)} already.`, { path });
}

/** A revision is written in hexadecimal digits. */
export function notARevision(): WikiError {
  return new WikiError('revision-not-valid', 'A revision is given as at least 7 and at most 40 hexadecimal digits.');
}

/** There is a file where another should be put. */
export function fileExists(path: string): WikiError {
  return new WikiError('file-exists', `There is a file ${quoted(path)} already.`, { path });
}

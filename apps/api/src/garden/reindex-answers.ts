import type { z } from 'zod';
import type { Rebuild } from '../indexing/rebuild-record.js';
import type { ReindexStatus } from '../indexing/reindexing.js';
import type { reindexStatus } from './garden.schema.js';

type Status = z.infer<typeof reindexStatus>;
type Running = Extract<Rebuild, { state: 'running' }>;

/** Where the index and its last rebuild stand; why one failed is in the operator's log only. */
export function reindexAnswer({ last, behind, meaning, reason }: ReindexStatus): Status {
  const now = {
    behind,
    meaning: meaning && {
      position: meaning.position,
      pages: meaning.pages,
      pages_read: meaning.pagesRead,
      chunks: meaning.chunks,
      model: meaning.modelId,
      seconds_left: meaning.secondsLeft,
      set_aside: meaning.setAside,
    },
    ...(reason !== undefined && { reason }),
  };
  if (last === null) return { status: 'idle', ...now };
  const started_at = last.startedAt.toISOString();
  if (last.state === 'running') return { status: 'in_progress', started_at, progress: progressOf(last), ...now };
  const completed_at = last.endedAt.toISOString();
  if (last.state === 'complete') {
    return { status: 'complete', started_at, completed_at, pages_indexed: last.pages, ...now };
  }
  const error_message = 'The rebuild failed; the index is as it was before. The log of the server says why.';
  return { status: 'error', started_at, completed_at, error_message, ...now };
}

/** What is left takes as long for each page as what is done took. */
function progressOf({ startedAt, progress: { step, done, pages } }: Running): NonNullable<Status['progress']> {
  const seconds = (Date.now() - startedAt.getTime()) / 1000;
  return { step, done, pages, seconds_left: done === 0 ? null : Math.ceil((seconds / done) * (pages - done)) };
}

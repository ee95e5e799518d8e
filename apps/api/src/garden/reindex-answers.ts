import type { z } from 'zod';
import type { reindexStatus } from './garden.schema.js';
import type { Rebuild } from './reindexing.js';

type Status = z.infer<typeof reindexStatus>;

/** Where the last rebuild stands; why one failed is in the operator's log only. */
export function reindexAnswer({ last, behind }: { last: Rebuild | null; behind: number }): Status {
  if (last === null) return { status: 'idle', behind };
  const started_at = last.startedAt.toISOString();
  if (last.state === 'running') return { status: 'in_progress', started_at, behind };
  const completed_at = last.endedAt.toISOString();
  if (last.state === 'complete') {
    return { status: 'complete', started_at, completed_at, pages_indexed: last.pages, behind };
  }
  const error_message = 'The rebuild failed; the index is as it was before. The log of the server says why.';
  return { status: 'error', started_at, completed_at, error_message, behind };
}

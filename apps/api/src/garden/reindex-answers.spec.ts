import { describe, expect, it } from 'vitest';
import { reindexStatus } from './garden.schema.js';
import { reindexAnswer } from './reindex-answers.js';

const startedAt = new Date('2026-01-02T03:04:05Z');
const endedAt = new Date('2026-01-02T03:04:06Z');

describe('the status of a rebuild', () => {
  it.each([
    [null, { status: 'idle' }],
    [
      { state: 'running', startedAt, progress: { step: 'lists', done: 0, pages: 0 } },
      {
        status: 'in_progress',
        started_at: '2026-01-02T03:04:05.000Z',
        progress: { step: 'lists', done: 0, pages: 0, seconds_left: null },
      },
    ],
    [
      { state: 'complete', startedAt, endedAt, pages: 3 },
      { status: 'complete', pages_indexed: 3 },
    ],
    [
      { state: 'failed', startedAt, endedAt },
      { status: 'error', completed_at: '2026-01-02T03:04:06.000Z' },
    ],
  ] as const)('%j is told as %j', (last, expected) => {
    const answer = reindexAnswer({ last, behind: 2, meaning: null, reason: 'It is off.' });

    expect(answer).toMatchObject({ ...expected, behind: 2, meaning: null, reason: 'It is off.' });
    expect(reindexStatus.parse(answer)).toEqual(answer);
  });
});

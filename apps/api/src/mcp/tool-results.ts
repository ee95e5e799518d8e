import { Logger } from '@nestjs/common';
import { GitError } from '@lib/git';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { stackOf } from './guarded.js';
import { refusalText } from './refusal-text.js';
import type { ToolAnswer } from './tool.js';

/** No call takes longer than this; longer work is a job. */
const deadlineMs = 29_000;

const log = new Logger('mcp');

interface Call {
  name: string;
  requestId: string;
  /** Aborts when the client has gone or has cancelled. */
  signal: AbortSignal;
}

/** The result of a call in the words of the protocol; a refusal is a result too, so that a model can act on it. */
export async function toolResult(call: Call, run: () => Promise<ToolAnswer>): Promise<CallToolResult> {
  try {
    const { text, data } = await inTime(call.signal, run);
    return { content: [{ type: 'text', text }], structuredContent: data };
  } catch (error) {
    const { text, problem } = refusalText(error, call.requestId);
    // Nobody is left to miss the answer to a call that was cancelled.
    if (problem.status >= 500 && !call.signal.aborted)
      log.error(`${call.name} failed: ${problem.code} (request ${call.requestId}): ${stackOf(error)}`);
    const { code, status, extra } = problem;
    return {
      content: [{ type: 'text', text }],
      isError: true,
      _meta: { 'wikibot/problem': { code, status, ...extra } },
    };
  }
}

/** Stops waiting when nobody waits for the answer any more, or after the deadline. */
async function inTime<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const late = () => new GitError('timed-out', 'The call took longer than 29 seconds, or was cancelled.');
  if (signal.aborted) throw late();
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(late());
    const timer = setTimeout(end, deadlineMs);
    signal.addEventListener('abort', end);
    const over = () => {
      clearTimeout(timer);
      // The SDK aborts after every answer too; nobody is to be told of that.
      signal.removeEventListener('abort', end);
    };
    run().finally(over).then(resolve, reject);
  });
}

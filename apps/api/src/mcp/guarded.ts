import { Logger } from '@nestjs/common';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { refusalText } from './refusal-text.js';

const log = new Logger('mcp');

/** What resources, prompts and completions throw reaches the client as it is; so nothing of ours may be in it. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const { text, problem } = refusalText(error);
    if (problem.status < 500) throw new ProtocolError(ProtocolErrorCode.InvalidParams, text);
    log.error(stackOf(error));
    throw new ProtocolError(ProtocolErrorCode.InternalError, text);
  }
}

/** All that is known of an error, for the log. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

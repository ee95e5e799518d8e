import { type CallHandler, type ExecutionContext, type NestInterceptor, StreamableFile } from '@nestjs/common';
import { GitError } from '@lib/git';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, type Observable, of } from 'rxjs';
import type { ZodType } from 'zod';
import { answerOf } from './answers.js';
import { marksOf } from '../web/appearance/appearance.js';
import { HtmlPage } from './html-page.js';
import { isTaggedByRevision } from './tagged-by-revision.js';

/** No answer takes longer than this; longer work is a job. */
const deadlineMs = 29_000;

/**
 * Makes text of what a handler answers, in the shape that its schema gives it, and ends what takes too long with a clear
 * answer. Streams (git, MCP) have taken over the reply and end themselves. One interceptor for all of it: each costs
 * every request some twenty function calls.
 */
export class Answering implements NestInterceptor {
  /** Answers that are the same object again, as those of pages read a moment ago, are the same text again. */
  private readonly known = new WeakMap<object, string>();

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const answer: unknown = await inTime(firstValueFrom(next.handle(), { defaultValue: undefined }), reply);
    if (answer instanceof HtmlPage) {
      reply.header('content-type', 'text/html; charset=utf-8');
      const request = http.getRequest<FastifyRequest>();
      const { bytes, etag } = answer.marked(marksOf(request));
      if (isRead(request) && reply.statusCode < 300) reply.header('etag', etag);
      return of(bytes);
    }
    const handler = context.getHandler();
    const schema = answerOf(handler);
    if (schema === null || !isPlain(answer)) return of(answer);
    reply.header('content-type', 'application/json; charset=utf-8');
    if (isTaggedByRevision(handler)) tagWith(reply, answer);
    return of(this.serialized(answer, schema));
  }

  private serialized(answer: object, schema: ZodType): string {
    const known = this.known.get(answer);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema.parse(answer));
    // Nothing changes a frozen answer any more.
    if (Object.isFrozen(answer)) this.known.set(answer, text);
    return text;
  }
}

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const isPlain = (answer: unknown): answer is object =>
  typeof answer === 'object' && answer !== null && !(answer instanceof StreamableFile) && !Buffer.isBuffer(answer);

/** The page revision is the first half of the ETag; the hook in `etag.ts` adds the second. */
function tagWith(reply: FastifyReply, answer: object): void {
  const { revision, merged } = answer as { revision?: unknown; merged?: unknown };
  // After a merge the page is not what the client sent, so a tag would promise too much.
  if (typeof revision === 'string' && merged !== true) reply.header('etag', revision);
}

/** Whoever has taken over the reply, as a push that takes minutes does, ends by itself. */
async function inTime(work: Promise<unknown>, reply: FastifyReply): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (!reply.sent) reject(new GitError('timed-out', 'The request took longer than 29 seconds.'));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

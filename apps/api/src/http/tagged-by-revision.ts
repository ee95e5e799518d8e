import { type CallHandler, type ExecutionContext, type NestInterceptor, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

/** Names the page revision of an answer as the first half of its ETag; the hook in `etag.ts` adds the second. */
class RevisionTagger implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer: unknown) => tagWith(reply, answer)));
  }
}

function tagWith(reply: FastifyReply, answer: unknown): void {
  const { revision, merged } = answer as { revision?: unknown; merged?: unknown };
  // After a merge the page is not what the client sent, so a tag would promise too much.
  if (typeof revision === 'string' && merged !== true) reply.header('etag', revision);
}

/** The answer has a `revision`, which becomes part of its ETag and may come back in If-Match. */
export const TaggedByRevision = () => UseInterceptors(new RevisionTagger());

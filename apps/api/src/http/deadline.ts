import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GitError } from '@lib/git';
import { type Observable, throwError, timeout } from 'rxjs';

/** No answer takes longer than this; longer work is a job. */
const deadlineMs = 29_000;

/** Ends what takes too long with a clear answer. Streams (git, MCP) have taken over the reply and end themselves. */
export class Deadline implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    const late = () => throwError(() => new GitError('timed-out', 'The request took longer than 29 seconds.'));
    return next.handle().pipe(timeout({ first: deadlineMs, with: late }));
  }
}

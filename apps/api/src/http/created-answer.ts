import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { Addresses } from './addresses.js';
import type { DoorRequest } from './door-request.js';

interface Written {
  path?: unknown;
  created?: unknown;
  dry_run?: unknown;
}

/** Says 201 and where a page is to be found, when the answer says that it was made just now. */
@Injectable()
class CreatedMarker implements NestInterceptor {
  constructor(private readonly addresses: Addresses) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { access } = http.getRequest<DoorRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer: Written) => {
        if (access === undefined || !('wiki' in access) || !isCreated(answer)) return;
        reply.code(201).header('location', pageAddress(this.addresses.rest(access.wiki), answer.path));
      }),
    );
  }
}

/** A dry run created nothing, whatever it would create. */
function isCreated(answer: Written): answer is { path: string } {
  return answer.created === true && answer.dry_run !== true && typeof answer.path === 'string';
}

/** The REST address of a page: its path is one encoded segment. */
function pageAddress(rest: string, path: string): string {
  return `${rest}/pages/${encodeURIComponent(path)}`;
}

/** The answer has `created` and `path`; a page that was made is answered with 201 and its address. */
export const CreatedAnswer = () => UseInterceptors(CreatedMarker);

import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { ErrorPages } from '../web/error-pages.js';
import { Addresses } from './addresses.js';
import { challengeOf } from './challenge.js';
import { DoorError } from './door-error.js';
import { type DoorRequest, surfaceOfRequest } from './door-request.js';
import { Moved } from './moved.js';
import { type Problem, problemOf, titleOfStatus } from './problems.js';
import { doorOf } from './sign-in.guard.js';
import { notValid } from './validation.js';

interface FrameworkError {
  statusCode: number;
  code?: string;
  message: string;
}

/** Answers every refusal as problem+json (RFC 9457), to git as plain text, to browsers as a page; what is our fault is logged in full. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly addresses: Addresses,
    private readonly pages: ErrorPages,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<DoorRequest>(), http.getResponse<FastifyReply>()];
    if (error instanceof Moved) return void reply.header('cache-control', 'no-store').redirect(error.location, 308);
    const found = problemOf(inOurWords(error, request));
    const isPage = doorOf(request) === 'web';
    const problem = isPage ? this.pages.told(found) : found;
    if (problem.status >= 500)
      this.log.error({ request: request.id, err: error, code: problem.code }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    this.setHeaders(problem, request, reply);
    if (doorOf(request) === 'git') void reply.type('text/plain; charset=utf-8').send(gitText(problem));
    else if (isPage) void reply.type('text/html; charset=utf-8').send(this.pages.page(problem, request));
    else void reply.type('application/problem+json').send(JSON.stringify(body(problem, request)));
  }

  private setHeaders(problem: Problem, request: DoorRequest, reply: FastifyReply): void {
    reply.code(problem.status).header('cache-control', 'no-store');
    reply.removeHeader('etag').removeHeader('content-disposition');
    if (problem.status === 401) reply.header('www-authenticate', challengeOf(request, problem.code, this.addresses));
    const { retry_after: after } = problem.extra;
    if (typeof after === 'number') reply.header('retry-after', String(after));
  }
}

function body({ code, title, status, detail, hint, extra }: Problem, request: DoorRequest) {
  return { type: `/problems/${code}`, title, status, detail, ...(hint && { hint }), instance: request.id, ...extra };
}

/** git shows each line of a refusal as `remote: …`. */
function gitText({ detail, hint }: Problem): string {
  return [detail, ...(hint === undefined ? [] : [hint])].join('\n') + '\n';
}

/** What frameworks and schemas throw, as errors of ours. */
function inOurWords(error: unknown, request: DoorRequest): unknown {
  if (error instanceof ZodError) return notValid(error.issues);
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message, request);
  if (isFrameworkError(error)) return ofStatus(error.statusCode, error.message, request);
  return error;
}

function isFrameworkError(error: unknown): error is FrameworkError {
  const { statusCode } = (error ?? {}) as Partial<FrameworkError>;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}

function ofStatus(status: number, message: string, request: DoorRequest): unknown {
  if (status === 404) return nothingHere(request);
  if (status === 413)
    return new DoorError('body-too-large', 'The body of the request is larger than this server takes.');
  if (status === 415) return new DoorError('media-type-not-supported', 'Send JSON as application/json.');
  if (status === 405) return new DoorError('method-not-allowed', 'That method is not allowed here.');
  if (status >= 400 && status < 500) return new DoorError('malformed-request', message || titleOfStatus(status));
  return new Error(message);
}

function nothingHere(request: DoorRequest): DoorError {
  const { kind } = surfaceOfRequest(request);
  if (kind === 'unknown-host')
    return new DoorError('unknown-host', 'This server does not serve the host you asked for.');
  if (kind === 'malformed') return new DoorError('malformed-request', 'The address or the Host header is malformed.');
  return new DoorError('not-found', 'There is nothing at this address for this method.');
}

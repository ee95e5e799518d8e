import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** What a write is bound to, apart from its body: If-Match, Idempotency-Key and `?dry_run=true`. */
export interface WriteConditions {
  /** Revision of the page the client holds, or `*`. */
  ifMatch?: string;
  idempotencyKey?: string;
  dryRun?: boolean;
}

const headers = z.object({
  'if-match': z
    .string()
    .max(300)
    .regex(/^\s*(\*|"[0-9a-f]{7,64}(\.[\w-]*)?")\s*$/i, 'If-Match takes one ETag as this server gave it, or *')
    .transform((tag) => tag.trim().replace(/^"/, '').replace(/"$/, '').split('.')[0] ?? '')
    .optional(),
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'Idempotency-Key takes 1 to 255 printable ASCII characters')
    .optional(),
});

const query = z.object({ dry_run: z.enum(['true', 'false', '1', '0']).optional() });

export function conditionsOf(request: Pick<FastifyRequest, 'headers' | 'query'>): WriteConditions {
  const { 'if-match': ifMatch, 'idempotency-key': idempotencyKey } = headers.parse(request.headers);
  const { dry_run } = query.parse(request.query ?? {});
  const dryRun = dry_run === undefined ? undefined : dry_run === 'true' || dry_run === '1';
  return { ifMatch, idempotencyKey, dryRun };
}

/** What `@Conditions()` runs; the API document knows conditional routes by it. */
export const readConditions = (_: unknown, context: ExecutionContext): WriteConditions =>
  conditionsOf(context.switchToHttp().getRequest<FastifyRequest>());

/** Hands a write what its headers and query demand. */
export const Conditions = createParamDecorator(readConditions);

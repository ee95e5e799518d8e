import { AclError } from '@lib/acl';
import { GitError } from '@lib/git';
import { WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { problemOf } from '../http/problems.js';

/** What a refusal says, for the form that is shown again; what is no refusal goes on as it came. */
export function told(error: unknown, reply: FastifyReply): string {
  const { status, detail } = problemOf(error);
  const isRefusal = [WikiError, AclError, GitError].some((kind) => error instanceof kind);
  if (!isRefusal || status >= 500) throw error;
  reply.code(status);
  return detail;
}

import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const policy = 'content-security-policy';

/** Lets styles that a script of ours makes in the page be used, when they carry this nonce: the editor brings its own. */
export function allowStyles(reply: FastifyReply): string {
  const nonce = randomBytes(16).toString('base64');
  const strict = String(reply.raw.getHeader(policy) ?? '');
  reply.header(
    policy,
    strict.replace(/style-src [^;]*/, (styles) => `${styles} 'nonce-${nonce}'`),
  );
  return nonce;
}

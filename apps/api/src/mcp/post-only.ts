import type { FastifyReply } from 'fastify';
import { DoorError } from '../http/door-error.js';

/** The answer to GET and DELETE, with which other servers keep sessions. */
export function postOnly(reply: FastifyReply): never {
  reply.header('allow', 'POST');
  throw new DoorError('method-not-allowed', 'This MCP endpoint keeps no sessions; send each message with POST.');
}

import { Logger } from '@nestjs/common';
import type { Access, AccountAccess } from '@lib/acl';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpHttpHandler, type McpServer } from '@modelcontextprotocol/server';
import type { FastifyReply } from 'fastify';
import { DoorError } from '../http/door-error.js';
import type { DoorRequest } from '../http/door-request.js';
import { type Asked, calledTool, opens } from './asked.js';

/** Each stream costs a connection; more than this many clients do not wait for news of one process. */
const mostStreams = 256;

/** Speaks Streamable HTTP, without sessions, in every revision the SDK knows; one server is built for each request. */
export class McpDoor<A extends Access | AccountAccess> {
  private readonly handler: McpHttpHandler;
  private readonly log = new Logger('mcp');

  constructor(build: (asked: Asked<A>) => Promise<McpServer>) {
    this.handler = createMcpHandler(({ authInfo }) => build(authInfo?.extra?.['asked'] as Asked<A>), {
      maxSubscriptions: mostStreams,
      onerror: (error) => this.log.debug(error.message),
    });
  }

  /** Takes over the reply. It does not wait for the end, which for a stream may be far away. */
  answer(access: A, request: DoorRequest, reply: FastifyReply): void {
    if (Array.isArray(request.body)) throw new DoorError('malformed-request', 'Send one JSON-RPC message at a time.');
    const { id: requestId, body } = request;
    const asked: Asked<A> = { access, requestId, isOpening: opens(body), tool: calledTool(body) };
    // What the SDK calls authInfo is the way to hand something to the server that is built.
    const authInfo = { token: '', clientId: '', scopes: [], extra: { asked } };
    const handle = toNodeHandler({
      fetch: (message, options) => this.handler.fetch(message, { ...options, authInfo }),
    });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    // Proxies that collect an answer before they pass it on would hold back a stream.
    reply.raw.setHeader('x-accel-buffering', 'no');
    handle(request.raw, reply.raw, request.body ?? null).catch((error: Error) => {
      this.log.error(error.stack ?? error.message);
      reply.raw.destroy();
    });
  }

  close(): Promise<void> {
    return this.handler.close();
  }
}

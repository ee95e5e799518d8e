// The server as it is shipped, with bare routes beside its own: what the same process can do at most.
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { serverParts } from './built.ts';

interface Bare {
  text: string;
  data: Record<string, unknown>;
}

let page = Buffer.alloc(0);
let html = Buffer.alloc(0);
let note: Bare = { text: '', data: {} };

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'bare', version: '1' }, { capabilities: { tools: {} } });
  server.registerTool('read_note', { inputSchema: z.object({ path: z.string() }) }, () => ({
    content: [{ type: 'text', text: note.text }],
    structuredContent: note.data,
  }));
  return server;
});
const answer = toNodeHandler({ fetch: (message, options) => mcp.fetch(message, options) });

function addRoutes(server: FastifyInstance): void {
  server.put('/api/bare/page', (request) => {
    page = Buffer.from(JSON.stringify(request.body));
    return { bytes: page.length };
  });
  server.put('/api/bare/note', (request) => {
    note = request.body as Bare;
    return { bytes: note.text.length };
  });
  server.put<{ Body: { html: string } }>('/api/bare/html', (request) => {
    html = Buffer.from(request.body.html);
    return { bytes: html.length };
  });
  server.get('/api/bare/html', (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
  server.get('/api/bare/page', (_request, reply) => reply.type('application/json; charset=utf-8').send(page));
  server.post('/api/bare/mcp', (request, reply) => {
    reply.hijack();
    answer(request.raw, reply.raw, request.body ?? null).catch(() => reply.raw.destroy());
  });
}

const { readConfig, openLog, startServer } = await serverParts();
const config = readConfig();
const server = await startServer(config, openLog(config), {
  beforeListening: (app) => addRoutes(app.getHttpAdapter().getInstance()),
});
process.stdout.write(`listening on ${server.url}\n`);
process.once('SIGTERM', () => void server.stop());

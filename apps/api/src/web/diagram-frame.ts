import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What knows where our scripts are. */
interface Scripts {
  address(name: string): string;
}

const path = '/-/assets/diagram-frame.html';

/**
 * What the frame may do: run our own scripts and nothing else. `sandbox` gives it an origin of its own even where it is
 * opened by itself, so no cookie and no page of ours is within its reach. The library writes styles into its drawings,
 * so styles may stand in this document, alone of all; there is nothing in it that they could change or tell.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
].join('; ');

/** Where pages find the frame that draws diagrams; another address for other scripts, so that browsers may keep it. */
export function diagramFrameAddress(scripts: Scripts): string {
  return `${path}?${createHash('sha256').update(documentOf(scripts)).digest('hex').slice(0, 8)}`;
}

/** Serves the document in which diagrams are drawn. */
export function serveDiagramFrame(app: NestFastifyApplication, scripts: Scripts): void {
  const text = documentOf(scripts);
  app
    .getHttpAdapter()
    .getInstance()
    .get(path, (_request: FastifyRequest, reply: FastifyReply) => {
      forFrames(reply);
      return reply
        .header('content-security-policy', policy)
        .header('referrer-policy', 'no-referrer')
        .header('origin-agent-cluster', '?0')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type('text/html; charset=utf-8')
        .send(text);
    });
}

/** A frame with an origin of its own is to us like another site: it may have what anybody may have, our scripts. */
export function forFrames(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*');
  reply.header('cross-origin-resource-policy', 'cross-origin');
}

function documentOf(scripts: Scripts): string {
  const script = scripts.address('diagram-frame.js');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diagrams</title><script type="module" crossorigin src="${script}"></script></head><body></body></html>\n`;
}

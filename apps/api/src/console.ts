import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Serves the built console at /console; every address below it that is no file is the console's own page. */
export async function serveConsole(app: NestFastifyApplication): Promise<void> {
  const root = consoleFolder();
  if (root === null) return;
  const server = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, { root, prefix: '/console/', wildcard: false, index: false } as never);
  server.get('/console', (_request, reply) => reply.redirect('/console/', 308));
  server.get('/console/*', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'));
}

/** The console's files, beside the compiled server or at the root of the checkout; null when it was not built. */
function consoleFolder(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    const built = join(folder, 'dist', 'admin', 'browser');
    if (existsSync(join(built, 'index.html'))) return built;
    folder = dirname(folder);
  }
  return null;
}

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { serveConsole } from './console.js';
import type { Embedded } from './embedded.js';
import { AclGuard } from './http/acl.guard.js';
import { addressingServer, innerUrl } from './http/addressing.js';
import { Addresses } from './http/addresses.js';
import { Answering } from './http/answering.js';
import { registerArchiveUploads } from './http/archive-uploads.js';
import { registerBodyParsers } from './http/body-parsers.js';
import { CanonicalGuard } from './http/canonical.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import { logRequests } from './http/request-log.js';
import { SessionCookies } from './http/session-cookies.js';
import { doorOf, SignInGuard } from './http/sign-in.guard.js';
import { registerUploadForms } from './http/upload-forms.js';
import { validationPipe } from './http/validation.js';
import { frameworkLog } from './log.js';
import { servedTools } from './mcp/served-tools.js';
import { releaseMemoryWhenQuiet } from './quiet-memory.js';
import { ErrorPages } from './web/error-pages.js';
import { OpenLane } from './web/reading/open-lane.js';
import { WebAssets } from './web/web-assets.js';
import { openRooms, type Rooms } from './rooms/rooms.js';

/** A server that listens. */
export interface RunningServer {
  app: NestFastifyApplication;
  rooms: Rooms;
  /** Where it listens; what people are told is in the configuration. */
  url: string;
  /** Takes no more requests, lets those under way finish (25 s at most), and closes everything. */
  stop(): Promise<void>;
}

interface Beginning {
  /** The database, where it was started before. */
  embedded?: Embedded;
  /** A benchmark adds its own routes. */
  beforeListening?: (app: NestFastifyApplication) => void;
}

const drainMs = 25_000;
const mebibyte = 1024 * 1024;

/** Opens the rooms and every door onto them, and listens. */
export async function startServer(
  config: Config,
  log: Logger,
  { embedded, beforeListening = () => {} }: Beginning = {},
): Promise<RunningServer> {
  const rooms = await openRooms(config, { log, tools: () => servedTools.list(), git: 'broker', embedded });
  try {
    const app = await createApp(rooms, log);
    beforeListening(app);
    await app.listen(config.http.port, config.http.host);
    // Files that a crash or a lost disk left behind the database are written again; nobody waits for it.
    void rooms.mirror.compareAll().catch((err: unknown) => log.error({ err }, 'mirror not compared'));
    const { port } = app.getHttpServer().address() as AddressInfo;
    const url = `http://${config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host}:${port}`;
    const endReleasing = releaseMemoryWhenQuiet();
    return {
      ...{ app, rooms, url },
      stop: () => {
        endReleasing();
        return stop(app, rooms);
      },
    };
  } catch (error) {
    await rooms.close();
    throw error;
  }
}

async function createApp(rooms: Rooms, log: Logger): Promise<NestFastifyApplication> {
  const { config } = rooms;
  const base = config.http.baseUrl.hostname;
  const adapter = new FastifyAdapter({
    trustProxy: config.http.trustProxy === 0 ? false : (_address: string, hop: number) => hop < config.http.trustProxy,
    bodyLimit: Math.max(32 * mebibyte, Math.ceil(config.limits.fileBytes * 1.4)),
    routerOptions: { maxParamLength: 20_000 },
    rewriteUrl: (request: unknown) => innerUrl(request as IncomingMessage, base),
    serverFactory: addressingServer({ base, isCustomSlug: (name) => rooms.acl.isCustomSlug(name) }) as never,
    genReqId: () => randomBytes(9).toString('base64url'),
    forceCloseConnections: 'idle',
    // A push may take minutes to arrive; headers may not.
    requestTimeout: 15 * 60_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 32 * 1024 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(rooms), adapter, {
    logger: frameworkLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  const server = adapter.getInstance();
  await app.register(fastifyCookie as never);
  const { fileBytes, pageBytes } = config.limits;
  // A form writes each byte of a page as three at the most.
  registerBodyParsers(server, { fileBytes, formBytes: 3 * pageBytes + 64 * 1024 });
  await registerUploadForms(server, { fileBytes, formBytes: 4 * fileBytes + mebibyte }, app.get(SessionCookies));
  registerArchiveUploads(server, { ...rooms, signIn: app.get(SignInGuard) });
  logRequests(server, log);
  // Made once; the plugin for this server would put every header together anew for each request.
  const forms = ["'self'", ...app.get(Addresses).formTargets];
  const protect = {
    web: helmet(headersOf(["'self'"], forms)),
    others: helmet(headersOf(["'self'", "'unsafe-inline'"], ["'self'"])),
  };
  server.addHook('onRequest', (request, reply, done) => {
    const headers = doorOf(request) === 'web' ? protect.web : protect.others;
    headers(request.raw, reply.raw, (error) => done(error as Error | undefined));
  });
  app.get(OpenLane).lead(server);
  app.useGlobalFilters(new ProblemFilter(app.get(Addresses), app.get(ErrorPages), log));
  app.useGlobalGuards(app.get(SignInGuard), app.get(AclGuard), new CanonicalGuard(app.get(Addresses)));
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new Answering());
  await serveConsole(app);
  await app.get(WebAssets).serve(app);
  return app;
}

/** What browsers are told not to do; the console and the page of the API bring styles of their own. */
const headersOf = (styleSrc: string[], formAction: string[]) => ({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc,
      imgSrc: ["'self'", 'data:'],
      mediaSrc: ["'self'"],
      fontSrc: ["'self'"],
      manifestSrc: ["'self'"],
      // The frame that draws diagrams; it may not be led elsewhere either.
      frameSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction,
      frameAncestors: ["'none'"],
      baseUri: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
  // Whoever terminates TLS decides how long browsers insist on it.
  strictTransportSecurity: false,
  // Without a referrer a browser would not say either from where a form of ours was sent.
  referrerPolicy: { policy: 'same-origin' as const },
});

async function stop(app: NestFastifyApplication, rooms: Rooms): Promise<void> {
  const late = setTimeout(() => app.getHttpServer().closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
    await rooms.close();
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import { GitError, gitProtocol, ReceivePack, SmartHttp, type GitRunner, type PushPolicy } from '../../src/index.js';
import { record, type TestRepository } from '../../src/testing/a-repository.js';

export interface GitServer {
  url: string;
  /** Requests so far, as `METHOD path`, with what they came in. */
  seen: { line: string; encoding: string | undefined; status: number }[];
  close(): Promise<void>;
}

interface Options {
  policy?: PushPolicy;
  maxBytes?: number;
}

/** A door of the plainest kind over the git room: no accounts, one repository. */
export async function serveGit(repo: TestRepository, runner: GitRunner, options: Options = {}): Promise<GitServer> {
  const smartHttp = new SmartHttp({ runner, limits: { perKey: 4 } });
  const receivePack = new ReceivePack(runner, repo.funnel);
  const seen: GitServer['seen'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const protocol = gitProtocol(request.headers['git-protocol'] as string | undefined);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { signal } = gone;
    const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    if (pathname.endsWith('/info/refs')) {
      const service = searchParams.get('service');
      if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return response.writeHead(403).end();
      const { contentType, body: refs } = await smartHttp.advertise(repo.repository, service, protocol);
      response.setHeader('content-type', contentType).end(refs);
    } else if (pathname.endsWith('/git-upload-pack')) {
      response.setHeader('content-type', 'application/x-git-upload-pack-result');
      await smartHttp.uploadPack(repo.repository, { body, protocol, client: 'c', signal }, response);
    } else if (pathname.endsWith('/git-receive-pack')) {
      response.setHeader('content-type', 'application/x-git-receive-pack-result');
      const policy = options.policy ?? (async () => []);
      const push = { body, record: { ...record, door: 'git' }, policy, maxBytes: options.maxBytes ?? 1 << 26, signal };
      await receivePack.receive(repo.repository, push, response);
    } else response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    response.once('close', () => {
      const encoding = request.headers['content-encoding'];
      seen.push({ line: `${request.method} ${request.url}`, encoding, status: response.statusCode });
    });
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const known = error instanceof GitError ? error : new GitError('git-failed', String(error));
      request.resume();
      response.writeHead(known.code === 'busy' ? 503 : 400, { 'content-type': 'text/plain' }).end(`${known.message}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wiki.git`, seen, close };
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitProtocol, SmartHttp, type GitRunner } from '../../src/index.js';
import type { TestRepository } from '../../src/testing/a-repository.js';

/** A repository at https://wiki.example.org, with a certificate of its own making. */
export async function serveHttps(source: TestRepository, runner: GitRunner) {
  const folder = mkdtempSync(join(tmpdir(), 'wikibot-https-'));
  const [key, caFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=wiki.example.org', '-addext', 'subjectAltName=DNS:wiki.example.org'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', caFile];
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  const smartHttp = new SmartHttp({ runner });
  const credentials: (string | undefined)[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(caFile) }, (request, response) => {
    credentials.push(request.headers.authorization);
    const protocol = gitProtocol(request.headers['git-protocol'] as string | undefined);
    const answer = async () => {
      if (request.url?.startsWith('/redirect')) {
        response.writeHead(302, { location: request.url.replace('/redirect', '/wiki') }).end();
      } else if (request.url?.includes('/info/refs')) {
        const { contentType, body } = await smartHttp.advertise(source.repository, 'git-upload-pack', protocol);
        response.setHeader('content-type', contentType).end(body);
      } else {
        response.setHeader('content-type', 'application/x-git-upload-pack-result');
        const fetch = { body: request, protocol, signal: new AbortController().signal };
        await smartHttp.uploadPack(source.repository, fetch, response);
      }
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  return { port: (server.address() as AddressInfo).port, caFile, credentials, close };
}

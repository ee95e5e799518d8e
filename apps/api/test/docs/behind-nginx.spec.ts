import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { GitClient } from '../kit/git-client.js';
import { aFreePort } from '../kit/free-port.js';
import { hasNginx, nginxConfiguration } from './configuration-checks.js';
import { pagesInReadingOrder } from './pages.js';
import { hasCurl, Reader } from './reader.js';

const [example] = pagesInReadingOrder()
  .flatMap(({ fences }) => fences)
  .filter(({ language }) => language === 'nginx');

/** The example of the page Operating as it stands, but for ports and the certificate. */
describe.skipIf(!hasNginx || !hasCurl)('behind nginx', { timeout: 300_000 }, () => {
  let app: TestApp;
  let wiki: WikiKit;
  let folder: string;
  let nginx: ChildProcess;
  let git: GitClient;
  let origin: string;
  let reach: string;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: 'https://wiki.example.org', TRUST_PROXY: 'true' });
    wiki = await aWiki(app, 'alice', 'notes');
    folder = await mkdtemp(join(tmpdir(), 'wikibot-nginx-'));
    const port = await aFreePort();
    const text = (example?.text ?? '')
      .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
      .replace('http://127.0.0.1:8080', app.url);
    nginx = spawn('nginx', ['-p', folder, '-c', nginxConfiguration(text, folder)], { stdio: 'ignore' });
    await vi.waitFor(() => listens(port), { timeout: 10_000 });
    [origin, reach] = [`https://wiki.example.org:${port}`, `wiki.example.org:${port}:127.0.0.1`];
    git = await GitClient.create();
  });
  afterAll(async () => {
    if (nginx?.kill('SIGTERM')) await once(nginx, 'exit');
    await app?.stop();
    await git?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('a wiki is cloned, and a push of some megabytes arrives whole', async () => {
    const settings = ['-c', 'http.sslVerify=false', '-c', `http.curloptResolve=${reach}`];
    const at = `${origin.replace('://', `://token:${wiki.mcpToken}@`)}/@alice/notes.git`;
    const picture = randomBytes(4 << 20);

    await git.run([...settings, 'clone', '--quiet', at, 'notes']);
    await mkdir(git.path('notes', 'Home'));
    await writeFile(git.path('notes', 'Home', 'picture.bin'), picture);
    await git.run(['add', '.'], git.path('notes'));
    await git.run(['commit', '--quiet', '--message', 'A picture'], git.path('notes'));
    await git.run([...settings, 'push', '--quiet'], git.path('notes'));

    const { bytes } = await wiki.rest.get('/pages/Home/attachments/picture.bin?raw=1');
    expect(Buffer.compare(bytes, picture)).toBe(0);
  });

  it('a tool answers', async () => {
    const reader = await Reader.create({});
    await reader.turnPage();
    const call =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"path":"Home"}}}';
    const said = await reader.run(`curl -s --insecure --resolve ${reach} ${origin}/@alice/notes/mcp \\
      -H "Authorization: Bearer ${wiki.mcpToken}" \\
      -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d '${call}'`);
    await reader.leave();

    expect(said.code, said.errors).toBe(0);
    expect(said.output).toContain('"structuredContent"');
  });
});

/** Rejects while nobody listens on a port. */
async function listens(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}

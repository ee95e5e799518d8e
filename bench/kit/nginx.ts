import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The usual way to serve git over HTTP without us: nginx in front of git http-backend. */
export interface Nginx {
  remote: string;
  stop(): void;
}

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
const backend = '/usr/lib/git-core/git-http-backend';

/** Starts nginx for a folder of repositories; null where it is not there and cannot be installed. */
export async function startNginx(folder: string, repository: string): Promise<Nginx | null> {
  if (!has('nginx') || !has('fcgiwrap')) install();
  if (!has('nginx') || !has('fcgiwrap') || !existsSync(backend)) return null;
  const port = await freePort();
  const home = join(folder, 'nginx');
  await mkdir(home, { recursive: true });
  // Workers of nginx run as another user when root starts it.
  for (const one of [folder, home]) await chmod(one, 0o755);
  const socket = join(home, 'fcgi.sock');
  await writeFile(join(home, 'nginx.conf'), configuration({ home, socket, port, root: folder }));
  // A group of its own: its workers outlive it.
  const fcgi = spawn('fcgiwrap', ['-c', '4', '-s', `unix:${socket}`], { stdio: 'ignore', detached: true });
  await until(() => existsSync(socket));
  await chmod(socket, 0o777);
  const nginx = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: 'ignore' });
  const remote = `http://127.0.0.1:${port}/${repository}`;
  await until(async () => (await fetch(`${remote}/HEAD`).catch(() => null)) !== null);
  return {
    remote,
    stop: () => {
      nginx.kill('SIGTERM');
      if (fcgi.pid !== undefined) process.kill(-fcgi.pid, 'SIGTERM');
    },
  };
}

function install(): void {
  if (process.getuid?.() !== 0 || !has('apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['install', '-y', '-qq', 'nginx-light', 'fcgiwrap'], { env, stdio: 'ignore' });
  } catch {
    console.error('  nginx and fcgiwrap could not be installed.');
  }
}

const configuration = ({ home, socket, port, root }: { home: string; socket: string; port: number; root: string }) => `
daemon off;
worker_processes 2;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 256; }
http {
  access_log ${home}/access.log;
  client_body_temp_path ${home}/body;
  fastcgi_temp_path ${home}/fastcgi;
  proxy_temp_path ${home}/proxy;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    location / {
      include /etc/nginx/fastcgi_params;
      fastcgi_buffering off;
      fastcgi_param SCRIPT_FILENAME ${backend};
      fastcgi_param GIT_PROJECT_ROOT ${root};
      fastcgi_param GIT_HTTP_EXPORT_ALL "1";
      fastcgi_param GIT_PROTOCOL $http_git_protocol;
      fastcgi_param GIT_CONFIG_COUNT "1";
      fastcgi_param GIT_CONFIG_KEY_0 "safe.directory";
      fastcgi_param GIT_CONFIG_VALUE_0 "*";
      fastcgi_param PATH_INFO $uri;
      fastcgi_pass unix:${socket};
    }
  }
}
`;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Asks every 20 ms, for ten seconds at most. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('nginx did not start.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// The broker: a small process that starts git children, because starting one from a large process stops it for
// tens of milliseconds. It imports nothing of the product, so that it stays small and can be run as it stands.
import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';

const header = 0;
const input = 1;
const inputEnd = 2;
const output = 1;
const errors = 2;
const exited = 3;

const [, , socketPath = '', allowed = ''] = process.argv;
const subcommands = new Set(allowed.split(','));

interface Wanted {
  args: string[];
  env: Record<string, string>;
  cwd: string;
}

function frame(channel: number, data: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(channel, 0);
  head.writeUInt32BE(data.length, 1);
  return Buffer.concat([head, data]);
}

function serve(socket: Socket): void {
  let waiting = Buffer.alloc(0);
  let child: ReturnType<typeof start> | null = null;
  socket.on('error', () => child?.kill());
  socket.on('close', () => child?.kill());
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 5 && waiting.length >= 5 + waiting.readUInt32BE(1)) {
      const length = waiting.readUInt32BE(1);
      const channel = waiting.readUInt8(0);
      const data = waiting.subarray(5, 5 + length);
      waiting = waiting.subarray(5 + length);
      if (channel === header && child === null) child = start(socket, JSON.parse(data.toString('utf8')) as Wanted);
      else if (channel === input) child?.write(data);
      else if (channel === inputEnd) child?.end();
    }
  });
}

function start(socket: Socket, { args, env, cwd }: Wanted) {
  const finish = (code: number) => {
    if (!socket.destroyed) socket.end(frame(exited, Buffer.from(`${code}`)));
  };
  if (!subcommands.has(args[0] ?? '')) {
    finish(126);
    return { write: () => {}, end: () => {}, kill: () => {} };
  }
  const child = spawn('git', args, { env, cwd, detached: true, stdio: 'pipe' });
  child.on('error', () => finish(127));
  child.on('close', (code) => finish(code ?? -1));
  child.stdin.on('error', () => {});
  for (const [channel, stream] of [
    [output, child.stdout],
    [errors, child.stderr],
  ] as const) {
    stream.on('data', (data: Buffer) => {
      if (socket.destroyed || socket.write(frame(channel, data))) return;
      stream.pause();
      socket.once('drain', () => stream.resume());
    });
  }
  return {
    write: (data: Buffer) => {
      if (child.stdin.writable && !child.stdin.write(data)) {
        socket.pause();
        child.stdin.once('drain', () => socket.resume());
        // A child that stops reading must not hold up its own exit message.
        child.stdin.once('close', () => socket.resume());
      }
    },
    end: () => child.stdin.end(),
    kill: () => {
      try {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It is gone already.
      }
    },
  };
}

const server = createServer(serve);
server.listen(socketPath, () => process.stdout.write('ready\n'));
// The parent holds the other end of this pipe: when it dies, however it dies, so does the broker.
process.stdin.on('end', () => process.exit(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

// The broker: a small process that starts git children, because starting one from a large process stops it for
// tens of milliseconds. Of the product it imports two small files only, so that it stays small itself.
import { createServer, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { brokerChannel, Frames, frameOf, writeFrame } from './broker-frames.js';
import { startChild, type Child, type Start } from './git-child.js';

/** What the broker says once it listens. */
export const ready = 'ready\n';

const [, , socketPath = '', allowed = ''] = process.argv;
const subcommands = new Set(allowed.split(','));
const children = new Set<Child>();

function serve(socket: Socket): void {
  const frames = new Frames();
  let child: Child | null = null;
  const stop = () => child?.kill();
  socket.on('error', stop).on('close', stop);
  socket.on('data', (chunk) => {
    for (const { channel, data } of frames.read(chunk)) {
      if (channel === brokerChannel.start && child === null) child = begin(socket, data);
      else if (channel === brokerChannel.input && child !== null) give(socket, child, data);
      else if (channel === brokerChannel.inputEnd) child?.stdin.end();
    }
  });
}

function begin(socket: Socket, data: Buffer): Child | null {
  const wanted = JSON.parse(data.toString('utf8')) as Start;
  const finish = (code: number) => {
    if (!socket.destroyed) socket.end(frameOf(brokerChannel.exit, Buffer.from(`${code}`)));
  };
  if (!subcommands.has(wanted.args[0] ?? '')) {
    finish(126);
    return null;
  }
  const child = startChild(wanted);
  children.add(child);
  child.stdin.on('error', () => {});
  pass(socket, child.stdout, brokerChannel.output);
  pass(socket, child.stderr, brokerChannel.errors);
  void child.exit.then((code) => {
    children.delete(child);
    finish(code);
  });
  return child;
}

/** Passes output on no faster than the other end reads it; what nobody reads any more is thrown away. */
function pass(socket: Socket, stream: Readable, channel: number): void {
  stream.on('data', (data: Buffer) => {
    if (!socket.destroyed && !writeFrame(socket, channel, data)) hold(stream, socket);
  });
}

function give(socket: Socket, child: Child, data: Buffer): void {
  // A child that stops reading must not hold up its own exit message.
  if (child.stdin.writable && !child.stdin.write(data)) hold(socket, child.stdin);
}

/** Stops reading `from` until there is room in `into` again, or nobody needs any. */
function hold(from: Readable, into: Writable): void {
  if (from.isPaused()) return;
  from.pause();
  const go = () => {
    into.off('drain', go).off('close', go);
    from.resume();
  };
  into.once('drain', go).once('close', go);
}

function leave(): void {
  for (const child of children) child.kill();
  process.exit(0);
}

createServer(serve).listen(socketPath, () => process.stdout.write(ready));
// The parent holds the other end of this pipe: when it dies, however it dies, so does the broker.
process.stdin.on('end', leave).on('error', leave).resume();
// A terminal's Ctrl-C is for the parent, which ends its work in order and closes the pipe when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

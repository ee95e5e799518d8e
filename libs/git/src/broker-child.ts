import type { Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { brokerChannel, Frames, frameOf, writeFrame } from './broker-frames.js';
import type { Child, Start } from './git-child.js';

/** A git child of the broker, as if it were our own; the end of the connection is the end of the child. */
export class BrokerChild implements Child {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly exit: Promise<number>;
  private socket: Socket | null = null;
  private killed = false;
  private readonly frames = new Frames();
  private finish: (code: number) => void = () => {};

  constructor(reach: () => Promise<Socket>, wanted: Start) {
    this.exit = new Promise((resolve) => (this.finish = resolve));
    const connected = reach().then((socket) => this.begin(socket, wanted));
    connected.catch(() => this.end(127));
    this.stdin = new Writable({
      write: (chunk: Buffer, _encoding, done) =>
        void connected.then(() => this.send(brokerChannel.input, chunk, done), done),
      final: (done) => void connected.then(() => this.send(brokerChannel.inputEnd, Buffer.alloc(0), done), done),
    });
  }

  kill(): void {
    this.killed = true;
    this.socket?.destroy();
    this.end(-1);
  }

  private begin(socket: Socket, wanted: Start): void {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => this.end(-1));
    socket.on('data', (chunk) => this.receive(socket, chunk));
    if (this.killed) socket.destroy();
    else socket.write(frameOf(brokerChannel.start, Buffer.from(JSON.stringify(wanted))));
  }

  /** Writes one message, and is done when there is room for the next. */
  private send(channel: number, data: Buffer, done: () => void): void {
    const { socket } = this;
    if (socket === null || socket.destroyed || writeFrame(socket, channel, data)) return done();
    const go = () => {
      socket.off('drain', go).off('close', go);
      done();
    };
    socket.once('drain', go).once('close', go);
  }

  private receive(socket: Socket, chunk: Buffer): void {
    for (const { channel, data } of this.frames.read(chunk)) {
      if (channel === brokerChannel.exit) this.end(Number(data.toString('utf8')));
      else this.hand(socket, channel === brokerChannel.output ? this.stdout : this.stderr, data);
    }
  }

  private hand(socket: Socket, stream: PassThrough, data: Buffer): void {
    if (stream.writableEnded || stream.destroyed || stream.write(data)) return;
    // The reader is slower than git: stop reading from the broker until it has caught up.
    if (socket.isPaused()) return;
    socket.pause();
    const go = () => {
      stream.off('drain', go).off('close', go);
      socket.resume();
    };
    stream.once('drain', go).once('close', go);
  }

  private end(code: number): void {
    this.stdout.end();
    this.stderr.end();
    this.finish(code);
  }
}

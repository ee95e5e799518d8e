import type { OnReadOpts, Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { brokerChannel, Frames, frameOf, writeFrame } from './broker-frames.js';
import type { Start } from './git-child.js';
import type { GitChild } from './git-command.js';
import { GitError } from './git-errors.js';

/** What is read at once. */
const bufferBytes = 256 << 10;
const mostSpare = 8;
// A fresh buffer for each piece of hundreds of megabytes would keep the collector of garbage busier than anything else.
const spare: Buffer[] = [];

/** A git child of the broker, as if it were our own; the end of the connection is the end of the child. */
export class BrokerChild implements GitChild {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly exit: Promise<number>;
  private socket: Socket | null = null;
  private killed = false;
  private readonly frames = new Frames();
  private readonly buffer = spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  private finish: (code: number) => void = () => {};
  private into: Writable | null = null;
  /** How many wait for somebody to take what they were given; nothing is read meanwhile. */
  private holds = 0;
  private isClosed = false;

  /** `reach` connects to the broker, for one who reads as it is told. */
  constructor(reach: (reading: OnReadOpts) => Promise<Socket>, wanted: Start) {
    this.exit = new Promise((resolve) => (this.finish = resolve));
    const callback = (bytes: number) => this.receive(this.buffer.subarray(0, bytes));
    const connected = reach({ buffer: this.buffer, callback }).then((socket) => this.begin(socket, wanted));
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

  pour(into: Writable): Promise<number> {
    this.into = into;
    const gone = new Promise<never>((_, reject) => {
      into.once('close', () => reject(new GitError('git-failed', 'Nobody listened to git to the end.')));
    });
    return Promise.race([this.exit, gone]);
  }

  private begin(socket: Socket, wanted: Start): void {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      this.end(-1);
      this.isClosed = true;
      this.giveBack();
    });
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

  /** False where no more is to be read for now: what was given on may still be in the buffer. */
  private receive(bytes: Buffer): boolean {
    for (const { channel, data } of this.frames.read(bytes)) {
      if (channel === brokerChannel.exit) this.end(Number(data.toString('utf8')));
      else if (channel === brokerChannel.output && this.into !== null) this.give(this.into, data);
      else this.hand(channel === brokerChannel.output ? this.stdout : this.stderr, Buffer.from(data));
    }
    return this.holds === 0;
  }

  /** Gives on what is in the buffer, which is not used again until it has been taken. */
  private give(into: Writable, data: Buffer): void {
    if (into.destroyed) return;
    const letGo = this.hold();
    into.write(data, letGo);
  }

  private hand(stream: PassThrough, data: Buffer): void {
    if (stream.writableEnded || stream.destroyed || stream.write(data)) return;
    // The reader is slower than git: stop reading from the broker until it has caught up.
    const letGo = this.hold();
    const go = () => {
      stream.off('drain', go).off('close', go);
      letGo();
    };
    stream.once('drain', go).once('close', go);
  }

  private hold(): () => void {
    this.holds += 1;
    return () => {
      this.holds -= 1;
      if (this.isClosed) this.giveBack();
      else if (this.holds === 0) this.socket?.resume();
    };
  }

  /** The buffer is another's once nothing will be read and nobody has anything of it. */
  private giveBack(): void {
    if (this.holds === 0 && spare.length < mostSpare) spare.push(this.buffer);
  }

  private end(code: number): void {
    this.stdout.end();
    this.stderr.end();
    this.finish(code);
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { allowedSubcommands, type GitChild, type GitCommand, type GitRunner } from './git-command.js';
import { Runner } from './git-runner.js';

const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './broker-main.ts' : './broker-main.js', import.meta.url));
let serial = 0;

function frame(channel: number, data: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(channel, 0);
  head.writeUInt32BE(data.length, 1);
  return Buffer.concat([head, data]);
}

/** Starts git children through the broker process, and the broker again when it has died. */
class BrokerRunner extends Runner {
  private process: ChildProcess | null = null;
  private ready: Promise<void> = Promise.resolve();
  private closed = false;
  private readonly socketPath: string;

  constructor(private readonly folder: string) {
    super();
    this.socketPath = join(folder, `git-${process.pid}-${serial++}.sock`);
  }

  open(): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.ready = this.spawnBroker();
    // Whoever needs the broker waits for this promise and sees its failure; nobody else has to.
    this.ready.catch(() => {});
    return this.ready;
  }

  protected launch(command: GitCommand, env: Record<string, string>): GitChild {
    const wanted = { args: command.args, env, cwd: command.cwd ?? '/' };
    return new BrokerChild(this.ready, () => connect(this.socketPath), wanted);
  }

  async close(): Promise<void> {
    this.closed = true;
    const broker = this.process;
    if (broker !== null && broker.exitCode === null && broker.signalCode === null) {
      const gone = new Promise((resolve) => broker.once('exit', resolve));
      broker.stdin?.end();
      await gone;
    }
    rmSync(this.socketPath, { force: true });
  }

  private spawnBroker(): Promise<void> {
    rmSync(this.socketPath, { force: true });
    const args = [program, this.socketPath, allowedSubcommands.join(',')];
    const flags = isSource ? ['--disable-warning=ExperimentalWarning'] : [];
    const broker = spawn(process.execPath, ['--max-old-space-size=64', ...flags, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin' },
      detached: true,
    });
    this.process = broker;
    broker.stdin.on('error', () => {});
    return new Promise((resolve, reject) => {
      broker.stdout.once('data', () => resolve());
      broker.once('error', reject);
      broker.once('exit', () => {
        reject(new Error('The git broker ended before it was ready.'));
        if (!this.closed) void this.open().catch(() => {});
      });
    });
  }
}

class BrokerChild implements GitChild {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly exit: Promise<number>;
  private socket: Socket | null = null;
  private killed = false;
  private waiting: Buffer = Buffer.alloc(0);
  private finish: (code: number) => void = () => {};

  constructor(ready: Promise<void>, open: () => Socket, wanted: object) {
    this.exit = new Promise((resolve) => (this.finish = resolve));
    const connected = ready.then(() => this.begin(open(), wanted));
    connected.catch(() => this.end(127));
    const send = (channel: number, data: Buffer, done: (error?: Error | null) => void) => {
      void connected.then(
        (socket) => {
          if (socket.destroyed) done();
          else if (socket.write(frame(channel, data))) done();
          else socket.once('drain', () => done()).once('close', () => done());
        },
        () => done(),
      );
    };
    this.stdin = new Writable({
      write: (chunk: Buffer, _encoding, done) => send(1, chunk, once(done)),
      final: (done) => send(2, Buffer.alloc(0), once(done)),
    });
  }

  kill(): void {
    this.killed = true;
    this.socket?.destroy();
    this.end(-1);
  }

  private begin(socket: Socket, wanted: object): Promise<Socket> {
    this.socket = socket;
    return new Promise((resolve, reject) => {
      socket.once('connect', () => {
        if (this.killed) socket.destroy();
        else socket.write(frame(0, Buffer.from(JSON.stringify(wanted))));
        resolve(socket);
      });
      socket.once('error', reject);
      socket.on('data', (chunk) => this.receive(socket, chunk));
      socket.on('close', () => this.end(-1));
    });
  }

  private receive(socket: Socket, chunk: Buffer): void {
    this.waiting = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]);
    while (this.waiting.length >= 5) {
      const length = this.waiting.readUInt32BE(1);
      if (this.waiting.length < 5 + length) return;
      const channel = this.waiting.readUInt8(0);
      const data = this.waiting.subarray(5, 5 + length);
      this.waiting = this.waiting.subarray(5 + length);
      if (channel === 3) this.end(Number(data.toString('utf8')));
      else if (!(channel === 1 ? this.stdout : this.stderr).write(data)) this.holdUp(socket, channel);
    }
  }

  /** The reader is slower than git: stop reading from the broker until it has caught up. */
  private holdUp(socket: Socket, channel: number): void {
    socket.pause();
    (channel === 1 ? this.stdout : this.stderr).once('drain', () => socket.resume());
  }

  private end(code: number): void {
    this.stdout.end();
    this.stderr.end();
    this.finish(code);
  }
}

function once(done: (error?: Error | null) => void): (error?: Error | null) => void {
  let called = false;
  return (error) => {
    if (called) return;
    called = true;
    done(error);
  };
}

/** Runs git in a small process beside this one; `socketDir` is made private to this user. */
export async function brokerRunner(options: { socketDir: string }): Promise<GitRunner> {
  const runner = new BrokerRunner(options.socketDir);
  await runner.open();
  return runner;
}

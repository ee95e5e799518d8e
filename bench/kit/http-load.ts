import { connect, type Socket } from 'node:net';

/** A request as bytes on the wire; made once, since making it would be measured too. */
export function wire(url: URL, { method = 'GET', headers = {}, body }: Call = {}): Buffer {
  const payload = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${payload.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), payload]);
}

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answer {
  status: number;
  body: Buffer;
}

/**
 * One kept connection that sends one request after another. It costs a fraction of node:http's client, so that the
 * server is what is measured.
 */
export class Connection {
  private readonly socket: Socket;
  private buffer: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('The server closed the connection.')));
  }

  static open(url: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(bytes: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
    const answer = parse(this.buffer);
    if (answer === null) return;
    this.buffer = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = null;
    waiting?.resolve(answer);
  }
}

/** The answer, when all of it is there; connections carry one at a time. */
function parse(bytes: Buffer): Answer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const whole = end + 4 + Number(length);
    return bytes.length < whole ? null : { status, body: bytes.subarray(end + 4, whole) };
  }
  if (status === 204 || status === 304) return { status, body: Buffer.alloc(0) };
  const isWhole = bytes.length >= 5 && bytes.toString('latin1', bytes.length - 5) === '0\r\n\r\n';
  return isWhole ? { status, body: bytes.subarray(end + 4) } : null;
}

interface Load {
  connections: number;
  seconds: number;
  request: (turn: number) => Buffer;
  status?: number;
}

/** Requests a second over some connections, for a while; every answer has to have the one status. */
export async function throughput(
  url: URL,
  { connections, seconds, request, status: wanted = 200 }: Load,
): Promise<number> {
  const lanes = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (performance.now() < until) {
        const { status, body } = await lane.send(request(done));
        if (status !== wanted) throw new Error(`${url.pathname} answered ${status}: ${body.toString('utf8', 0, 300)}`);
        done += 1;
      }
    }),
  );
  const elapsed = performance.now() - started;
  for (const lane of lanes) lane.close();
  return (done / elapsed) * 1000;
}

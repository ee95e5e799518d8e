import { request } from 'node:http';

type Row = Record<string, unknown>;

/** What an answer holds; the fields that stories look into are named. */
interface AnswerBody extends Row {
  entries: Row[];
  history: Row[];
  lines: Row[];
  results: Row[];
  limits: Record<string, number>;
  last_commit: Record<string, string>;
  frontmatter: Row;
}

export interface RestAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  body: AnswerBody;
  bytes: Buffer;
}

interface Call {
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * A REST client that changes nothing of what it is told: paths go out as written (fetch would resolve `%2e%2e`), the Host
 * header may be chosen, and a body that is no text or Buffer is sent as JSON.
 */
export class RestClient {
  constructor(
    private readonly url: string,
    private readonly token: string | null,
    private readonly defaults: Record<string, string> = {},
  ) {}

  /** The same client with a path in front of every path. */
  under(prefix: string): RestClient {
    return new RestClient(this.url + prefix, this.token, this.defaults);
  }

  as(token: string | null): RestClient {
    return new RestClient(this.url, token, this.defaults);
  }

  withHeaders(headers: Record<string, string>): RestClient {
    return new RestClient(this.url, this.token, { ...this.defaults, ...headers });
  }

  get = (path: string, headers?: Record<string, string>) => this.call('GET', path, { headers });
  head = (path: string, headers?: Record<string, string>) => this.call('HEAD', path, { headers });
  put = (path: string, body?: unknown, headers?: Record<string, string>) => this.call('PUT', path, { body, headers });
  post = (path: string, body?: unknown, headers?: Record<string, string>) => this.call('POST', path, { body, headers });
  patch = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call('PATCH', path, { body, headers });
  delete = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call('DELETE', path, { body, headers });

  call(method: string, path: string, { body, headers = {} }: Call = {}): Promise<RestAnswer> {
    const { origin, pathname, hostname, port } = new URL(this.url);
    const payload = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(textOf(body));
    const sent = { ...this.bearer(), ...(payload ? jsonHeaders(payload) : {}), ...this.defaults, ...headers };
    const prefix = origin === this.url ? '' : pathname;
    return new Promise((resolve, reject) => {
      const call = request({ hostname, port, method, path: prefix + path, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const answered = response.headers as Record<string, string | undefined>;
          resolve({ status: response.statusCode ?? 0, headers: answered, body: bodyOf(bytes, answered), bytes });
        });
      });
      call.on('error', reject);
      call.end(payload);
    });
  }

  private bearer(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function jsonHeaders(payload: Buffer): Record<string, string> {
  return { 'content-type': 'application/json', 'content-length': String(payload.length) };
}

function bodyOf(bytes: Buffer, headers: Record<string, string | undefined>): AnswerBody {
  const isJson = /json/.test(headers['content-type'] ?? '') && bytes.length > 0;
  return JSON.parse(isJson ? bytes.toString('utf8') : '{}') as AnswerBody;
}

import { request } from 'node:http';
import { attributeOf, pageOf, valuesOf, type WebPage } from './web-client.js';

/** A cookie as a host set it. */
export interface SetCookie {
  value: string;
  attributes: string[];
}

type Headers = Record<string, string>;

/**
 * A browser without script that visits many hosts, all of which one server answers: each host has cookies of its own, as
 * browsers keep those that name no domain.
 */
export class HostBrowser {
  private readonly jars = new Map<string, Map<string, SetCookie>>();
  /** Every address it was sent on to. */
  readonly trail: string[] = [];

  constructor(
    private readonly server: string,
    private readonly headers: Headers = {},
  ) {}

  open(address: string, headers: Headers = {}): Promise<WebPage> {
    return this.send('GET', new URL(address), null, headers);
  }

  /** What is answered, without going where it leads. */
  async peek(address: string, headers: Headers = {}): Promise<{ status: number; location: string | null }> {
    const answer = await this.ask('GET', new URL(address), null, headers);
    return { status: answer.status, location: answer.headers.get('location') };
  }

  post(address: string, fields: Headers, headers: Headers = {}): Promise<WebPage> {
    return this.send('POST', new URL(address), new URLSearchParams(fields).toString(), headers);
  }

  /** Sends the form of a page whose action ends so, with some of its fields changed. */
  submit(page: WebPage, action: string, fields: Headers = {}): Promise<WebPage> {
    const form = page.all('form').find((one) => attributeOf(one, 'action')?.endsWith(action));
    if (form === undefined) throw new Error(`No form to ${action} on ${page.url}.`);
    const target = new URL(attributeOf(form, 'action') ?? '', page.url);
    return this.post(target.href, { ...valuesOf(form), ...fields });
  }

  /** The cookies that it sends to a host. */
  cookies(host: string): Map<string, SetCookie> {
    const jar = this.jars.get(host) ?? new Map<string, SetCookie>();
    this.jars.set(host, jar);
    return jar;
  }

  private async send(method: string, url: URL, body: string | null, headers: Headers): Promise<WebPage> {
    const answer = await this.ask(method, url, body, headers);
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || location === null)
      return pageOf(answer, await answer.text(), url.href);
    const next = new URL(location, url);
    this.trail.push(next.href);
    return this.send('GET', next, null, {});
  }

  private ask(method: string, url: URL, body: string | null, headers: Headers): Promise<Response> {
    const { hostname, port } = new URL(this.server);
    const jar = this.cookies(url.host);
    const cookie = Array.from(jar, ([name, { value }]) => `${name}=${value}`).join('; ');
    const form = body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin };
    const sent = { accept: 'text/html', ...this.headers, ...form, ...headers, host: url.host, cookie };
    const path = url.pathname + url.search;
    return new Promise((resolve, reject) => {
      const call = request({ hostname, port, method, path, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) keep(jar, line);
          const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const text = Buffer.concat(chunks).toString('utf8');
          resolve(
            new Response(text, { status: response.statusCode ?? 0, headers: Object.fromEntries(told) as Headers }),
          );
        });
      });
      call.on('error', reject);
      call.end(body ?? undefined);
    });
  }
}

function keep(jar: Map<string, SetCookie>, line: string): void {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const mark = pair.indexOf('=');
  const [name, value] = [pair.slice(0, mark), pair.slice(mark + 1)];
  const isGone = value === '' || attributes.some((one) => /^(?:max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
  if (isGone) jar.delete(name);
  else jar.set(name, { value, attributes: attributes.map((one) => one.toLowerCase()) });
}

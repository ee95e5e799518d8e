import type { TestApp } from '../../../apps/api/test/kit/app.js';
import { RestClient } from '../../../apps/api/test/kit/rest-client.js';
import type { Place } from './addresses.js';
import { absentOwner, owner, slugs, wikiNames } from './tenants.js';
import { trailHeader, Trails, type Trail } from './trail.js';

export interface Asked extends Place {
  method: string;
  token?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  /** The code of a problem, or null. */
  code: string | null;
  trail: Trail;
}

/** Asks a server of which every SQL statement and every use of git is written down. */
export class Inquirer {
  private readonly trails = new Trails();
  private count = 0;

  constructor(private readonly app: TestApp) {
    this.trails.watch(app.app.getHttpServer());
    // What is remembered from one question would hide what the next one takes.
    app.rooms.cache.remember = (_key, load) => load();
  }

  async ask({ method, path, host, token = null, headers = {}, body }: Asked): Promise<Answer> {
    const name = String((this.count += 1));
    const more = { ...headers, [trailHeader]: name, ...(host === undefined ? {} : { host }) };
    const answer = await new RestClient(this.app.url, token).call(method, path, { body, headers: more });
    const text = answer.bytes.toString('utf8');
    return { ...answer, text, code: codeOf(answer.body), trail: this.trails.take(name) };
  }

  stop(): void {
    this.trails.stop();
  }
}

function codeOf(body: unknown): string | null {
  const { type } = body as { type?: unknown };
  return typeof type === 'string' && type.startsWith('/problems/') ? type.slice('/problems/'.length) : null;
}

const named = new RegExp([owner, absentOwner, ...wikiNames.map((name) => slugs[name])].join('|'), 'g');

/** An answer without what may differ: when it was given, the id of the request, and the names that were asked for. */
export function told({ status, headers, text, trail }: Answer) {
  const { date: _, ...rest } = headers;
  return {
    status,
    headers: JSON.parse(JSON.stringify(rest).replace(named, '<name>')) as Record<string, string>,
    text: text.replace(/"instance":"[\w-]+"/, '"instance":""').replace(named, '<name>'),
    trail,
  };
}

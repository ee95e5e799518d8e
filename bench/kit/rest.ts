import { pagePath } from './generated-wiki.ts';
import type { BenchWiki, Ground } from './ground.ts';
import { type Answer, Connection, wire } from './http-load.ts';

/** One person with one connection to a wiki. */
export class RestLane {
  private readonly lane: Connection;
  private readonly base: string;
  private readonly headers: Record<string, string>;
  /** Revisions this person has seen. */
  private readonly revisions = new Map<string, string>();

  private constructor(lane: Connection, base: string, headers: Record<string, string>) {
    this.lane = lane;
    this.base = base;
    this.headers = headers;
  }

  static async open(ground: Ground, wiki: BenchWiki): Promise<RestLane> {
    return new RestLane(await Connection.open(new URL(wiki.rest)), wiki.rest, ground.headers);
  }

  async get(path: string): Promise<Answer> {
    const answer = await this.lane.send(wire(new URL(this.base + path), { headers: this.headers }));
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
    return answer;
  }

  readPage(n: number): Promise<Answer> {
    return this.get(`/pages/${encodeURIComponent(pagePath(n))}`);
  }

  /** Reads a page that is to be changed, as an editor does. */
  async open(path: string): Promise<void> {
    if (this.revisions.has(path)) return;
    this.revisions.set(path, revisionIn(await this.get(`/pages/${encodeURIComponent(path)}`)));
  }

  /** Changes a page that was opened before, or makes one that is not there yet. */
  async edit(path: string, content: string): Promise<Answer> {
    const body = { content, revision: this.revisions.get(path) };
    const url = new URL(`${this.base}/pages/${encodeURIComponent(path)}`);
    const answer = await this.lane.send(wire(url, { method: 'PUT', headers: this.headers, body }));
    if (answer.status === 200 || answer.status === 201) this.revisions.set(path, revisionIn(answer));
    return answer;
  }

  async rename(from: string, to: string): Promise<void> {
    const url = new URL(`${this.base}/pages/${encodeURIComponent(from)}/rename`);
    const body = { new_path: to };
    const answer = await this.lane.send(wire(url, { method: 'POST', headers: this.headers, body }));
    if (answer.status !== 200)
      throw new Error(`A rename was answered ${answer.status}: ${answer.body.toString('utf8')}`);
  }

  close(): void {
    this.lane.close();
  }
}

const revisionIn = ({ body }: Answer): string => (JSON.parse(body.toString('utf8')) as { revision: string }).revision;

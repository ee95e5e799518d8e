import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { filesOf, git } from './commits.js';
import { Figures } from './figures.js';
import { GitWriter } from './git-writer.js';
import { HistoryCheck } from './history-check.js';
import type { Kill } from './kill-plan.js';
import { blobOf, Ledger, type Told } from './ledger.js';
import { McpWriter } from './mcp-writer.js';
import { unlikeRebuilt } from './projection.js';
import { RestWriter } from './rest-writer.js';
import { Seeded } from './seeded.js';
import { Servers } from './servers.js';
import { nothingToldBy, toldBy, type Place, type Writer } from './writer.js';

interface Wiki {
  slug: string;
  id: string;
  token: string;
  check: HistoryCheck;
}

/** A writer gives up for this round after so many answers that say nothing. */
const patience = 3;
/** A wiki that takes no write for so long is stuck. */
const stuckMs = 60_000;
/** Acknowledgements after a kill, where there is somebody left to give them. */
const afterwards = 10;

/** Reads at once of whoever looks at what there is. */
const atOnce = 8;

/** Servers that are killed while many write to them, and everything that has to be true all the same. */
export class CrashRun {
  readonly figures = new Figures();
  readonly ledger = new Ledger();
  private readonly wikis: Wiki[] = [];
  private readonly writers: Writer[] = [];

  private constructor(
    private readonly servers: Servers,
    private readonly count: number,
    private readonly seed: number,
  ) {}

  static async begin({ servers, seed }: { servers: number; seed: number }): Promise<CrashRun> {
    const run = new CrashRun(await Servers.create(servers), servers, seed);
    const { token = '' } = await run.servers.command('user', 'add', 'alice');
    for (const slug of ['one', 'two']) await run.addWiki(slug, token);
    return run;
  }

  /** Everybody writes, something is killed, everything is brought back and looked at. */
  async round(kill: Kill): Promise<void> {
    let isOver = false;
    const work = Promise.all(this.writers.map((writer) => this.keepWriting(writer, () => isOver)));
    await Promise.race([this.ledger.moreAcks(kill.afterAcks), work]);
    await new Promise((resolve) => setTimeout(resolve, kill.thenMs));
    if (await this.servers.kill(kill)) this.figures.killed(kill.victim);
    const killedAt = performance.now();
    await Promise.race([this.ledger.moreAcks(afterwards), work]);
    isOver = true;
    await work;
    await this.heal(kill, killedAt);
    const settle = async (writer: Writer) => writer.settle?.();
    const note = (error: unknown) => void this.figures.other.push(String(error));
    await Promise.all(this.writers.map((writer) => settle(writer).catch(note)));
    await Promise.all(this.wikis.map((wiki) => this.look(wiki)));
  }

  /** What takes too long to be looked at in every round. */
  async lookDeep(): Promise<void> {
    const { other } = this.figures;
    for (const { slug, check } of this.wikis) {
      const said = await fsck(check.gitDir);
      if (said !== '') other.push(`${slug}: git fsck said ${said}`);
    }
    const tips = new Map<string, string>();
    for (const { id, check } of this.wikis) tips.set(id, (await git(check.gitDir, 'rev-parse', 'main')).trim());
    const rebuild = () => this.servers.command('reindex', '--all');
    other.push(...(await unlikeRebuilt(this.servers.databaseUrl, { tips, rebuild })));
  }

  /** Every file of every wiki as REST serves it. */
  async readEverything(): Promise<void> {
    for (const wiki of this.wikis) await this.read(wiki, [...(await filesOf(wiki.check.gitDir)).keys()]);
  }

  async close(): Promise<void> {
    for (const writer of this.writers) await writer.leave?.();
    await this.servers.close();
  }

  private async addWiki(slug: string, token: string): Promise<void> {
    const place = (server: number): Place => {
      return { wiki: slug, token, url: () => `${this.servers.url(server % this.count)}/@alice/${slug}` };
    };
    const platform = new RestClient(this.servers.url(0), token).under('/api/v1');
    const made = await platform.post('/wikis', { slug, name: slug });
    if (made.status !== 201) throw new Error(`${made.status} ${made.bytes.toString()}`);
    const { id } = made.body.wiki as { id: string };
    const gitDir = join(this.servers.dataDir, 'repositories', id, 'repo.git');
    this.wikis.push({ slug, id, token, check: new HistoryCheck(slug, gitDir, this.ledger) });
    const random = () => new Seeded(this.seed * 100 + this.writers.length);
    for (const [n, name] of ['Program', 'Script'].entries()) {
      this.writers.push(new RestWriter(place(n), name, random(), this.ledger));
    }
    this.writers.push(new McpWriter(place(1), 'Agent', random(), this.ledger));
    this.writers.push(await GitWriter.create(place(0), 'Person', random(), this.ledger));
  }

  private async keepWriting(writer: Writer, isOver: () => boolean): Promise<void> {
    for (let left = patience; left > 0 && !isOver();) {
      const { outcome } = await writer.step();
      if (outcome === 'unknown') left -= 1;
    }
  }

  private async heal(kill: Kill, killedAt: number): Promise<void> {
    const startedAt = performance.now();
    const hasStarted = await this.servers.startMissing();
    const listeningAt = performance.now();
    await Promise.all(this.wikis.map((wiki) => this.writable(wiki, kill)));
    const writableAt = performance.now();
    if (!hasStarted) this.figures.outageMs.push(writableAt - killedAt);
    else {
      this.figures.startMs.push(listeningAt - startedAt);
      this.figures.healMs.push(writableAt - listeningAt);
    }
  }

  /** Waits until every server takes a write of the wiki. */
  private async writable(wiki: Wiki, { round }: Kill): Promise<void> {
    await Promise.all(Array.from({ length: this.count }, (_, server) => this.writableAt(server, wiki, round)));
  }

  private async writableAt(server: number, { slug, token }: Wiki, round: number): Promise<void> {
    const deadline = performance.now() + stuckMs;
    const path = `Alive/Round ${round} of ${server}`;
    const content = `Server ${server} takes writes.\n`;
    const changes = new Map([[`${path}.md`, blobOf(content)]]);
    const operation = this.ledger.begin({ wiki: slug, door: 'rest', changes });
    const rest = new RestClient(this.servers.url(server), token).under(`/@alice/${slug}/api/v1`);
    const headers = { 'idempotency-key': `key-${operation.id}` };
    const body = { content, commit_message: operation.id };
    const ask = () => rest.put(`/pages/${encodeURIComponent(path)}`, body, headers).then(toldBy, nothingToldBy);
    let told: Told = await ask();
    while (told.outcome !== 'acknowledged' && performance.now() < deadline) told = await ask();
    this.ledger.tell(operation, told);
    if (told.outcome !== 'acknowledged') this.figures.stuck.push(`${slug} after ${round}: ${told.words}`);
  }

  private async look(wiki: Wiki): Promise<void> {
    const changed = await wiki.check.look(this.figures);
    await this.read(wiki, changed);
  }

  private async read({ slug, token, check }: Wiki, paths: string[]): Promise<void> {
    const files = await filesOf(check.gitDir);
    const rest = new RestClient(this.servers.url(0), token).under(`/@alice/${slug}/api/v1`);
    const readOne = async (path: string) => {
      const [, page = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
      const isPage = path.endsWith('.md');
      const at = isPage ? `/pages/${encodeURIComponent(path.slice(0, -3))}` : attachmentAt(page, name);
      const { status, body, bytes } = await rest.get(at);
      const served = status === 200 ? blobOf(isPage ? (body.content as string) : bytes) : undefined;
      if (served !== files.get(path) || ![200, 404].includes(status)) {
        this.figures.lost.push(`${slug}: ${path} is ${files.get(path)} in git, and REST answers ${status} ${served}`);
      }
    };
    for (let from = 0; from < paths.length; from += atOnce) {
      await Promise.all(paths.slice(from, from + atOnce).map(readOne));
    }
  }
}

const mostLooks = 5;

const attachmentAt = (page: string, name: string): string =>
  `/pages/${encodeURIComponent(page)}/attachments/${encodeURIComponent(name)}?raw=1`;

/** What is wrong with a repository. While a server packs it, git may list what is gone when it is opened: that is looked at again. */
async function fsck(gitDir: string): Promise<string> {
  const packs = () =>
    readdirSync(join(gitDir, 'objects', 'pack'))
      .sort()
      .join(' ');
  for (let looks = 1; ; looks += 1) {
    const before = packs();
    const said = await git(gitDir, 'fsck', '--strict', '--full', '--no-dangling').catch(String);
    const isMoving = packs() !== before || said.includes('No such file or directory');
    if (said === '' || !isMoving || looks === mostLooks) return said;
  }
}

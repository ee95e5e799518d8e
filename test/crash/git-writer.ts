import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitClient } from '../../apps/api/test/kit/git-client.js';
import { blobOf, type Changes, type Ledger, type Operation, type Told } from './ledger.js';
import type { Seeded } from './seeded.js';
import type { Place, Writer } from './writer.js';

const tries = 4;

/** A person with a clone: commits of a few files, pushed; a push that failed or was left in doubt is tried again. */
export class GitWriter implements Writer {
  private open: Operation | null = null;
  private made = 0;

  private constructor(
    private readonly git: GitClient,
    private readonly place: Place,
    private readonly name: string,
    private readonly random: Seeded,
    private readonly ledger: Ledger,
  ) {}

  static async create(place: Place, name: string, random: Seeded, ledger: Ledger): Promise<GitWriter> {
    const writer = new GitWriter(await GitClient.create(), place, name, random, ledger);
    await writer.git.run(['clone', '--quiet', writer.remote(), 'clone']);
    return writer;
  }

  async step(): Promise<Told> {
    this.open ??= await this.commit();
    const operation = this.open;
    const told = await this.push(operation);
    this.ledger.tell(operation, told);
    if (told.outcome === 'acknowledged') this.open = null;
    return told;
  }

  /** Settles what was left in doubt, where that is possible. */
  async settle(): Promise<void> {
    if (this.open?.told?.outcome === 'unknown') await this.step();
  }

  leave(): Promise<void> {
    return this.git.remove();
  }

  private async commit(): Promise<Operation> {
    const changes: Changes = new Map();
    for (let n = this.random.below(3); n >= 0; n -= 1) {
      const path = `${this.name}/Pushed ${this.random.below(4) === 0 ? (this.made += 1) : this.random.below(this.made + 1)}.md`;
      const content = `# Pushed\n\nTurn ${randomUUID()}\n`;
      await mkdir(dirname(this.git.path('clone', path)), { recursive: true });
      await writeFile(this.git.path('clone', path), content);
      changes.set(path, blobOf(content));
    }
    const operation = this.ledger.begin({ wiki: this.place.wiki, door: 'git', changes });
    await this.inClone('add', '-A');
    await this.inClone('commit', '--quiet', '-m', operation.id);
    return operation;
  }

  /** As people do it: push; when the wiki has moved on, pull with rebase, and push again. */
  private async push({ id }: Operation): Promise<Told> {
    let words = '';
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const commit = (await this.inClone('rev-parse', 'HEAD')).trim();
      const pushed = await this.git.try(['push', this.remote(), 'HEAD:main'], this.clone);
      words = pushed.stderr;
      if (pushed.code === 0) return { outcome: 'acknowledged', commit, words };
      // Nothing is read from a server that is gone, and nothing is known then.
      const fetched = await this.git.try(['fetch', '--quiet', this.remote(), 'main'], this.clone);
      if (fetched.code !== 0) return { outcome: 'unknown', words: `${words}\n${fetched.stderr}` };
      await this.inClone('rebase', '--quiet', 'FETCH_HEAD');
      const seen = await this.inClone('log', '--format=%s', '-1000', 'FETCH_HEAD');
      if (seen.split('\n').includes(id)) return { outcome: 'acknowledged', words: `it had arrived: ${words}` };
    }
    return { outcome: 'unknown', words };
  }

  private get clone(): string {
    return this.git.path('clone');
  }

  private inClone(...args: string[]): Promise<string> {
    return this.git.run(args, this.clone);
  }

  private remote(): string {
    return `${this.place.url().replace('http://', `http://token:${this.place.token}@`)}.git`;
  }
}

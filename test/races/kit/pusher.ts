import { readFile, writeFile } from 'node:fs/promises';
import { GitClient } from '../../../apps/api/test/kit/git-client.js';
import type { Gate } from './gate.js';
import type { Ledger } from './ledger.js';
import { firstLine, lineOf, linesPage } from './writer.js';

/** After so many refusals the others wait a little, or nobody with a clone would ever get through. */
const patience = 3;
const mostTries = 60;

/** Somebody with a clone, who changes a line of their own on the shared page and pushes. */
export class Pusher {
  private line: string;

  private constructor(
    private readonly name: string,
    private readonly git: GitClient,
    private readonly remote: string,
    private readonly given: { ledger: Ledger; gate: Gate },
  ) {
    this.line = firstLine(name);
  }

  static async create(name: string, wikiUrl: string, token: string, given: { ledger: Ledger; gate: Gate }) {
    const git = await GitClient.create();
    const remote = `${wikiUrl.replace('http://', `http://token:${token}@`)}.git`;
    await git.run(['clone', '--quiet', remote, 'clone']);
    return new Pusher(name, git, remote, given);
  }

  async step(round: number): Promise<void> {
    const mark = `${this.name} ${round}`;
    const fresh = lineOf(this.name, mark);
    const { gate, ledger } = this.given;
    let holds = false;
    try {
      for (let tries = 0; tries < mostTries; tries += 1) {
        await this.commit(mark, fresh);
        const started = performance.now();
        if (await this.isPushed()) {
          const entry = { mark, page: linesPage, removed: [this.line], added: [fresh], commit: null };
          ledger.acknowledge(entry, performance.now() - started);
          this.line = fresh;
          return;
        }
        ledger.again.push += 1;
        if (tries + 1 === patience) {
          gate.hold();
          holds = true;
        }
      }
      throw new Error(`${mark} was refused ${mostTries} times`);
    } finally {
      if (holds) gate.release();
    }
  }

  close(): Promise<void> {
    return this.git.remove();
  }

  private async commit(mark: string, fresh: string): Promise<void> {
    await this.inClone('fetch', '--quiet', this.remote, 'main');
    await this.inClone('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const file = this.git.path('clone', `${linesPage}.md`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(this.line, fresh));
    await this.inClone('commit', '--quiet', '-a', '-m', mark);
  }

  /** False when somebody else was first; every other refusal is a fault. */
  private async isPushed(): Promise<boolean> {
    const { code, stderr } = await this.git.try(['push', this.remote, 'HEAD:main'], this.git.path('clone'));
    if (code === 0) return true;
    if (/rejected|busy|changed|moved|fetch first/i.test(stderr)) return false;
    throw new Error(stderr);
  }

  private inClone(...args: string[]): Promise<string> {
    return this.git.run(args, this.git.path('clone'));
  }
}

import type { Answer, Door, Read } from './door.js';
import type { Gate } from './gate.js';
import type { Entry, Ledger } from './ledger.js';

/** Everybody has a line of their own on this page, a blank line away from the next. */
export const linesPage = 'Shared/Lines';
/** Everybody adds to its end. */
export const logPage = 'Shared/Log';
/** Pages with one line that many want to replace, each after reading the one before. */
export const turnPages = (count: number): string[] => Array.from({ length: count }, (_, at) => `Shared/Turn ${at}`);

type Planned = Omit<Entry, 'mark' | 'commit'> & { send: () => Promise<Answer> };
const mostTries = 400;

interface Given {
  name: string;
  door: Door;
  ledger: Ledger;
  gate: Gate;
  turns: readonly string[];
  /** The commit of a change whose answer came too late, or null. */
  lookFor: (mark: string) => Promise<string | null>;
}

/** Writes as people and agents do: read, change, send with the revision that was read; when that is refused, again. */
export class Writer {
  private own: { mark: string; revision: string } | null = null;
  private line: string;

  constructor(private readonly given: Given) {
    this.line = firstLine(given.name);
  }

  /** One acknowledged change, each round one of another kind. */
  async step(round: number): Promise<void> {
    const mark = `${this.given.name} ${round}`;
    const kinds = [this.replaceLine, this.editLine, this.takeTurn, this.append, this.writeOwn];
    // Writers begin with different kinds, so that all of them happen at once.
    const kind = kinds[(round + Number(/\d+/.exec(mark)?.[0])) % kinds.length] ?? this.append;
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.given.gate.pass();
      if (await this.attempt(mark, await kind(mark))) return;
    }
    throw new Error(`${mark} was refused ${mostTries} times`);
  }

  private async attempt(mark: string, { send, ...entry }: Planned): Promise<boolean> {
    const { ledger } = this.given;
    const started = performance.now();
    const told = await send();
    if (typeof told === 'string') ledger.again[told] += 1;
    const answer = told === 'unknown' ? await this.settled(mark) : told;
    if (typeof answer === 'string') return false;
    if (answer.merged) ledger.merged += 1;
    ledger.acknowledge({ mark, ...entry, commit: answer.commit }, performance.now() - started);
    if (entry.page === linesPage) this.line = entry.added[0] ?? '';
    if (entry.page === this.ownPage) this.own = { mark, revision: answer.commit };
    return true;
  }

  private async settled(mark: string): Promise<Answer> {
    const commit = await this.given.lookFor(mark);
    return commit === null ? 'unknown' : { commit, merged: false };
  }

  /** The whole page is sent, so that everybody else's line is sent as it was read. */
  private replaceLine = async (mark: string): Promise<Planned> => {
    const { content, revision } = await this.given.door.read(linesPage);
    const [removed, added] = [this.line, lineOf(this.given.name, mark)];
    const next = content.replace(removed, added);
    const send = () => this.given.door.write(linesPage, next, mark, revision);
    return { page: linesPage, removed: [removed], added: [added], send };
  };

  private editLine = async (mark: string): Promise<Planned> => {
    const { revision } = await this.given.door.read(linesPage);
    const [old, fresh] = [this.line, lineOf(this.given.name, mark)];
    const send = () => this.given.door.edit(linesPage, { old, fresh, revision }, mark);
    return { page: linesPage, removed: [old], added: [fresh], send };
  };

  private takeTurn = async (mark: string): Promise<Planned> => {
    const { turns, door } = this.given;
    const page = turns[Number(/\d+/.exec(mark)?.[0]) % turns.length] ?? '';
    const { content, revision }: Read = await door.read(page);
    const old = content.trim();
    const fresh = `The turn of ${mark}.`;
    const send = () => door.write(page, `${fresh}\n`, mark, revision);
    return { page, removed: [old], added: [fresh], send };
  };

  private append = async (mark: string): Promise<Planned> => {
    const added = `- ${mark}`;
    return { page: logPage, removed: [], added: [added], send: () => this.given.door.append(logPage, added, mark) };
  };

  private writeOwn = async (mark: string): Promise<Planned> => {
    const page = this.ownPage;
    const removed = this.own === null ? [] : [`Own text of ${this.own.mark}.`];
    const added = `Own text of ${mark}.`;
    const revision = this.own?.revision;
    return { page, removed, added: [added], send: () => this.given.door.write(page, `${added}\n`, mark, revision) };
  };

  private get ownPage(): string {
    return `Own/${this.given.name}`;
  }
}

export const lineOf = (name: string, mark: string): string => `${name}: ${mark} was here.`;
export const firstLine = (name: string): string => `${name}: nobody yet.`;

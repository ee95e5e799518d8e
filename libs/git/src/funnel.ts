import { GitError } from './git-errors.js';
import type { OnGitEvent } from './git-events.js';
import { moveMain, type Move, type MoveRecord } from './moves.js';
import { ObjectBatch } from './object-batch.js';
import type { Objects } from './object-reader.js';
import type { Oid } from './objects.js';
import type { Repository } from './repository.js';
import { Snapshot, type Draft } from './snapshot.js';

/** One writer's part: shown the newest snapshot, it drafts a commit, or nothing, or throws to refuse. */
export type Step = (base: Snapshot) => Promise<Draft | null>;

/** What became of a write. */
export interface Written {
  before: Oid | null;
  /** Null when the step drafted nothing. */
  commit: Oid | null;
}

/** Told to listeners: `main` went from one commit to another in these steps. */
export interface Moved {
  repository: string;
  before: Oid | null;
  after: Oid;
  moves: Omit<Move, 'seconds'>[];
}

/** Told to whoever gets ready for a move: commits of ours that `main` is about to go to, and what they can be read from. */
export interface Moving extends Moved {
  objects: Objects;
}

/** What somebody got ready: to be finished once `main` has moved, or given up when it did not. */
export interface Ready {
  finish(): Promise<void>;
  giveUp(): Promise<void>;
}

interface Waiting {
  record: MoveRecord;
  work: Step | { from: Oid | null; to: Oid };
  resolve: (written: Written) => void;
  reject: (error: unknown) => void;
}

interface Change extends Moved {
  /** False where somebody else made a part of it, as with a push. */
  isOurs: boolean;
  started: number;
}

interface Drafted {
  waiting: Waiting;
  written: Written;
}

const maxWaiting = 64;
const stepMs = 20_000;
const maxRounds = 50;

/**
 * The one way a wiki changes. Writers of a repository queue up; what has gathered becomes a chain of commits
 * with one round of fsyncs and one move of `main`; then listeners catch up, then the writers are answered.
 */
export class Funnel {
  private readonly queues = new Map<string, Waiting[]>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly listeners: ((moved: Moved) => Promise<void>)[] = [];
  private prepare: (moving: Moving) => Ready | null = () => null;
  private readonly emit: OnGitEvent;
  /** Repositories that were written to before. */
  private readonly warm = new WeakSet<Repository>();

  constructor(options: { onEvent?: OnGitEvent } = {}) {
    this.emit = options.onEvent ?? (() => {});
  }

  /** Called after the move is durable and before the writers are answered; a failing listener fails no write. */
  onMoved(listener: (moved: Moved) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Called before a move, for one who can do while the disk is waited for what would else be done after it. */
  onMoving(prepare: (moving: Moving) => Ready | null): void {
    this.prepare = prepare;
  }

  /** Runs the step on the newest snapshot, again when another process moved `main` first, and commits its draft. */
  write(repository: Repository, record: MoveRecord, step: Step): Promise<Written> {
    return this.enqueue(repository, record, step);
  }

  /** Moves `main` to a commit whose objects are already durable; refused when it is no longer at `from`. */
  move(repository: Repository, record: MoveRecord, from: Oid | null, to: Oid): Promise<Written> {
    return this.enqueue(repository, record, { from, to });
  }

  /** Resolves when nothing is being written. */
  async drain(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private enqueue(repository: Repository, record: MoveRecord, work: Waiting['work']): Promise<Written> {
    const queue = this.queues.get(repository.id) ?? [];
    if (queue.length >= maxWaiting) {
      const message = 'Too many changes of this wiki are waiting. Try again in a moment.';
      return Promise.reject(new GitError('busy', message, { retry_after: 1 }));
    }
    this.queues.set(repository.id, queue);
    return new Promise((resolve, reject) => {
      queue.push({ record, work, resolve, reject });
      if (!this.running.has(repository.id)) this.running.set(repository.id, this.run(repository, queue));
    });
  }

  private async run(repository: Repository, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      await gathered(queue);
      const round = queue.splice(0, maxWaiting);
      try {
        await this.commitRound(repository, round);
      } catch (error) {
        for (const waiting of round) waiting.reject(error);
      }
    }
    this.queues.delete(repository.id);
    this.running.delete(repository.id);
  }

  private async commitRound(repository: Repository, round: Waiting[]): Promise<void> {
    const started = performance.now();
    let waiting = round;
    for (let attempt = 0; attempt < maxRounds; attempt += 1) {
      const before = await repository.tip();
      const batch = new ObjectBatch(repository.store);
      const { drafted, refused } = await this.draft(repository, batch, before, waiting);
      waiting = waiting.filter((one) => !refused.has(one));
      const moves = drafted.flatMap(({ waiting: { record }, written }) =>
        written.commit === null ? [] : [{ before: written.before, after: written.commit, record }],
      );
      const after = moves.at(-1)?.after;
      if (after !== undefined) {
        const isOurs = drafted.every(({ waiting: { work } }) => typeof work === 'function');
        const change = { repository: repository.id, before, after, moves, isOurs, started };
        if (!(await this.carry(repository, batch, change))) continue;
      }
      for (const { waiting: one, written } of drafted) one.resolve(written);
      return;
    }
    throw new GitError('busy', 'The wiki is being changed faster than this change could be made. Try again.');
  }

  /** Moves `main` to what was drafted and tells of it; false when another process moved it first. */
  private async carry(repository: Repository, batch: ObjectBatch, change: Change): Promise<boolean> {
    const objects = new Snapshot(change.after, repository, batch);
    const ready = change.isOurs ? this.prepare({ ...change, objects }) : null;
    let hasMoved = false;
    try {
      hasMoved = await durablyMoved(repository, batch, change);
    } finally {
      if (!hasMoved) await ready?.giveUp();
    }
    if (!hasMoved) return false;
    this.said(repository, performance.now() - change.started);
    await this.tell(change, ready);
    return true;
  }

  private async draft(repository: Repository, batch: ObjectBatch, tip: Oid | null, waiting: Waiting[]) {
    const drafted: Drafted[] = [];
    const refused = new Set<Waiting>();
    let head = tip;
    for (const one of waiting) {
      try {
        const commit = await this.draftOne(one, new Snapshot(head, repository, batch));
        drafted.push({ waiting: one, written: { before: head, commit } });
        head = commit ?? head;
      } catch (error) {
        refused.add(one);
        one.reject(error);
      }
    }
    return { drafted, refused };
  }

  private async draftOne({ work }: Waiting, snapshot: Snapshot): Promise<Oid | null> {
    if (typeof work !== 'function') {
      if (work.from !== snapshot.tip) throw new GitError('ref-moved-on', 'The wiki was changed in the meantime.');
      return work.to === snapshot.tip ? null : work.to;
    }
    const draft = await withDeadline(work(snapshot), stepMs);
    return draft === null ? null : snapshot.commitDraft(draft);
  }

  private said(repository: Repository, ms: number): void {
    const cold = !this.warm.has(repository);
    this.warm.add(repository);
    this.emit({ name: 'git.commit', repository: repository.id, ms, cold });
  }

  private async tell(moved: Moved, ready: Ready | null): Promise<void> {
    const finish = ready === null ? [] : [() => ready.finish()];
    for (const listener of [...finish, ...this.listeners]) {
      const started = performance.now();
      await listener(moved).catch((error: unknown) => {
        const ms = performance.now() - started;
        this.emit({ name: 'git.listener-failed', repository: moved.repository, ms, cold: false, error });
      });
    }
  }
}

/** Resolves when a turn of the event loop brings nobody else: those who ask together ride in the same round. */
async function gathered(queue: readonly unknown[]): Promise<void> {
  for (let before = 0; before < queue.length && queue.length < maxWaiting;) {
    before = queue.length;
    await new Promise(setImmediate);
  }
}

/** Makes what was drafted durable and moves `main` to it; false when another process moved it first. */
async function durablyMoved(
  { gitDir, store }: Repository,
  batch: ObjectBatch,
  { before, after, moves, isOurs }: Change,
): Promise<boolean> {
  const { oids, settle } = await batch.flush();
  const isThere = () => store.hasAll([...oids, after]);
  try {
    await moveMain(gitDir, { from: before, moves, isThere, settle: () => settle({ everything: !isOurs }) });
    return true;
  } catch (error) {
    // Another process was first: the steps run again on what it wrote.
    if (error instanceof GitError && error.code === 'ref-moved-on') return false;
    throw error;
  }
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GitError('timed-out', 'The change took too long to prepare.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

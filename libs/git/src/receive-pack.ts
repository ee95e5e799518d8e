import type { Readable, Writable } from 'node:stream';
import type { Funnel } from './funnel.js';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { IncomingBytes } from './incoming-bytes.js';
import type { MoveRecord } from './moves.js';
import type { Oid } from './objects.js';
import { pushReport, printable, type PushOutcome } from './push-report.js';
import { packObjects, readPushRequest, type PushRequest, type RefCommand } from './push-request.js';
import { takePush, type PushPolicy } from './push-taking.js';
import { mainRef } from './refs.js';
import type { Repository } from './repository.js';
import { storageTrouble } from './storage-trouble.js';
import { Turnstile, type TurnstileLimits } from './turnstile.js';

/** What a client sends to `git-receive-pack`, who it is, and what is asked of the commits it brings. */
export interface Push {
  body: Readable;
  record: MoveRecord;
  policy: PushPolicy;
  maxBytes: number;
  signal: AbortSignal;
  /** Told what is wrong with the storage or the repository; the client is told in the report. */
  onTrouble?: (error: unknown) => void;
}

interface Arriving {
  body: IncomingBytes;
  request: PushRequest;
}

const idleMs = 60_000;
// Commands come before the pack and are not counted against it.
const commandBytes = 64 << 10;
const defaultLimits: TurnstileLimits = { atOnce: 2, perKey: 1, waiting: 16, patienceMs: 60_000 };

/**
 * The receiving side of `git push`. git indexes and checks the pack in a quarantine; the policy looks at what
 * would become the wiki; the move of `main` goes through the funnel like every other change.
 */
export class ReceivePack {
  private readonly turnstile: Turnstile;

  constructor(
    private readonly runner: GitRunner,
    private readonly funnel: Funnel,
    limits: Partial<TurnstileLimits> = {},
  ) {
    this.turnstile = new Turnstile({ ...defaultLimits, ...limits });
  }

  /** Takes the push or says why not; throws only when there is nothing that git would show of the answer. */
  async receive(repository: Repository, push: Push, out: Writable): Promise<void> {
    const body = new IncomingBytes(push.body, { maxBytes: push.maxBytes + commandBytes, idleMs });
    const request = await readPushRequest(body);
    const outcome = await this.decide(repository, push, { body, request });
    out.end(pushReport(request, outcome));
    // The rest of a refused push is read, or the client may never come to read our answer.
    if (!(await body.drain())) push.body.destroy();
  }

  private async decide(repository: Repository, push: Push, { body, request }: Arriving): Promise<PushOutcome> {
    const refusals = new Map(request.commands.map((command) => [command.ref, refuseCommand(command)]));
    const main = request.commands.find(({ ref }) => ref === mainRef);
    const isRefused = [...refusals.values()].some((reasons) => reasons.length > 0);
    if (main === undefined || main.after === null || isRefused) return spread(refusals);
    const { before, after } = main;
    try {
      await this.turnstile.pass(
        [repository.id],
        () => this.take(repository, push, { before, after, body }),
        push.signal,
      );
    } catch (error) {
      const trouble = storageTrouble(error) ?? damaged(error);
      if (trouble !== null) push.onTrouble?.(error);
      refusals.set(mainRef, reasonsOf(trouble ?? error));
    }
    return refusals;
  }

  private async take(
    repository: Repository,
    { policy, record, maxBytes, signal }: Push,
    { before, after, body }: { before: Oid | null; after: Oid; body: IncomingBytes },
  ): Promise<void> {
    const incoming = (await packObjects(body)) ?? 0;
    const wanted = { before, after, incoming, pack: body, policy, record, maxBytes, signal };
    await takePush({ repository, runner: this.runner, funnel: this.funnel }, wanted);
  }
}

function refuseCommand({ ref, after }: RefCommand): string[] {
  const name = printable(ref, 100);
  if (ref !== mainRef)
    return [`Only the branch main can be pushed; ${name} was refused. Push with: git push origin HEAD:main`];
  if (after === null) return ['The branch main cannot be deleted.'];
  return [];
}

/** One refused ref refuses the push as a whole: half a push is nobody's intention. */
function spread(refusals: Map<string, string[]>): PushOutcome {
  for (const [ref, reasons] of refusals) {
    if (reasons.length === 0) refusals.set(ref, ['Nothing was taken, because another ref of this push was refused.']);
  }
  return refusals;
}

/** Codes that say what is wrong with the push; the others say what is wrong with us. */
const faultsOfThePush = [
  'push-refused',
  'pack-refused',
  'ref-moved-on',
  'too-large',
  'busy',
  'timed-out',
  'object-missing',
  'storage-full',
  'storage-refused',
];

/** Damage of ours in words for whoever pushed; an object that is only missing may be one the push leaves out. */
function damaged(error: unknown): GitError | null {
  if (!(error instanceof GitError) || error.code !== 'object-corrupt') return null;
  const message = 'The repository of this wiki is damaged, so nothing was taken; its operator has to mend it.';
  return new GitError('push-refused', message);
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof GitError && faultsOfThePush.includes(error.code)) return error.message.split('\n');
  throw error;
}

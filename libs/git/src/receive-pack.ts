import { Readable, type Writable } from 'node:stream';
import type { Funnel } from './funnel.js';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import type { MoveRecord } from './moves.js';
import type { ObjectReader } from './object-reader.js';
import { isOid, type Oid } from './objects.js';
import { flush, packet, readPacket, sideBand } from './pkt-line.js';
import { Quarantine } from './quarantine.js';
import { mainRef } from './refs.js';
import type { Repository } from './repository.js';
import { Turnstile } from './turnstile.js';

/** Asked before a push is taken: sentences that say why not, or none. */
export type PushPolicy = (push: { before: Oid | null; after: Oid; objects: ObjectReader }) => Promise<string[]>;

export interface Push {
  body: Readable;
  record: MoveRecord;
  policy: PushPolicy;
  maxBytes: number;
  signal: AbortSignal;
}

interface Command {
  before: Oid | null;
  after: Oid | null;
  ref: string;
}

interface Request {
  commands: Command[];
  sideBand: boolean;
  pack: Readable;
}

const nowhere = '0'.repeat(40);
const maxCommandBytes = 64 << 10;

/**
 * The receiving side of `git push`. git indexes and checks the pack in a quarantine; the policy looks at what
 * would become the wiki; the move of `main` goes through the funnel like every other change.
 */
export class ReceivePack {
  private readonly turnstile = new Turnstile({ atOnce: 2, perKey: 1, waiting: 16 });

  constructor(
    private readonly runner: GitRunner,
    private readonly funnel: Funnel,
  ) {}

  async receive(repository: Repository, push: Push, out: Writable): Promise<void> {
    const request = await readRequest(push.body);
    const outcome = await this.turnstile.pass(repository.id, () => this.take(repository, push, request));
    // Whatever is left of a refused push is read, or the client never comes to read our answer.
    request.pack.resume();
    out.end(report(request, outcome));
  }

  private async take(repository: Repository, push: Push, request: Request): Promise<Map<string, string[]>> {
    const refusals = new Map(request.commands.map((command) => [command.ref, refuseCommand(command)]));
    const main = request.commands.find((command) => command.ref === mainRef);
    const refused = [...refusals.values()].some((reasons) => reasons.length > 0);
    if (main?.after == null || refused) return spread(refusals);
    const quarantine = await Quarantine.open(repository, this.runner);
    try {
      await this.moveMain(repository, push, { ...main, after: main.after }, { quarantine, pack: request.pack });
    } catch (error) {
      refusals.set(mainRef, reasonsOf(error));
    } finally {
      await quarantine.discard();
    }
    return refusals;
  }

  private async moveMain(
    repository: Repository,
    push: Push,
    { before, after }: { before: Oid | null; after: Oid },
    { quarantine, pack }: { quarantine: Quarantine; pack: Readable },
  ): Promise<void> {
    await quarantine.receive(pack, { maxBytes: push.maxBytes, signal: push.signal });
    await quarantine.requireConnected(after);
    // A tag object or a tree would be a `main` that nobody can read.
    await quarantine.commit(after);
    const tip = await repository.tip();
    if (tip !== before || (tip !== null && !(await connects(quarantine, tip, after)))) throw behind();
    const reasons = await push.policy({ before, after, objects: quarantine });
    if (reasons.length > 0) throw new GitError('push-refused', reasons.join('\n'), { reasons });
    if (push.signal.aborted) throw new GitError('push-refused', 'The connection ended before the push was taken.');
    await quarantine.adopt();
    await this.funnel.move(repository, push.record, before, after);
  }
}

const behind = (): GitError =>
  new GitError(
    'ref-moved-on',
    'The wiki has changes that you do not have, or history was rewritten. Pull, then push again.',
  );

/** True when `tip` is among the ancestors of `after`; the walk ends at commits older than the tip. */
async function connects(objects: ObjectReader, tip: Oid, after: Oid): Promise<boolean> {
  const bound = (await objects.commit(tip)).committer.seconds - 86_400;
  const seen = new Set<Oid>([after]);
  const stack = [after];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    if (oid === tip) return true;
    const { parents, committer } = await objects.commit(oid);
    if (committer.seconds < bound && oid !== after) continue;
    for (const parent of parents) {
      if (!seen.has(parent)) stack.push(parent);
      seen.add(parent);
    }
  }
  return false;
}

function refuseCommand({ ref, after }: Command): string[] {
  if (ref !== mainRef) return [`Only the branch main can be pushed; ${printable(ref)} was refused.`];
  if (after === null) return ['The branch main cannot be deleted.'];
  return [];
}

/** One refused ref refuses the push as a whole: half a push is nobody's intention. */
function spread(refusals: Map<string, string[]>): Map<string, string[]> {
  for (const [ref, reasons] of refusals) {
    if (reasons.length === 0) refusals.set(ref, ['Nothing was taken, because another ref of this push was refused.']);
  }
  return refusals;
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof GitError && error.code !== 'git-failed' && error.code !== 'object-corrupt') {
    return error.message.split('\n');
  }
  throw error;
}

async function readRequest(body: Readable): Promise<Request> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const commands: Command[] = [];
  let capabilities: string[] = [];
  let waiting: Buffer = Buffer.alloc(0);
  let at = 0;
  for (;;) {
    const read = readPacket(waiting, at);
    if (read === null) {
      const next = await chunks.next();
      if (next.done === true) throw new GitError('pack-refused', 'The push ends before its commands do.');
      waiting = Buffer.concat([waiting.subarray(at), next.value]);
      at = 0;
      if (waiting.length > maxCommandBytes + (1 << 20))
        throw new GitError('pack-refused', 'The push names too many refs.');
      continue;
    }
    at = read.next;
    if (read.packet === 'flush') break;
    if (typeof read.packet === 'string') throw new GitError('pack-refused', 'The push is not in git’s packet format.');
    const [line = '', words] = read.packet.toString('utf8').replace(/\n$/, '').split('\0');
    if (words !== undefined) capabilities = words.trim().split(' ');
    if (!line.startsWith('shallow ')) commands.push(parseCommand(line));
    if (commands.length > 64) throw new GitError('pack-refused', 'The push names too many refs.');
  }
  return { commands, sideBand: capabilities.includes('side-band-64k'), pack: rest(waiting.subarray(at), chunks) };
}

function rest(first: Buffer, chunks: AsyncIterator<Buffer>): Readable {
  async function* all() {
    if (first.length > 0) yield first;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  return Readable.from(all(), { objectMode: false });
}

function parseCommand(line: string): Command {
  const [before = '', after = '', ...name] = line.split(' ');
  const ref = name.join(' ');
  if (!isOid(before) || !isOid(after) || ref === '')
    throw new GitError('pack-refused', 'The push has a malformed command.');
  return { before: before === nowhere ? null : before, after: after === nowhere ? null : after, ref };
}

function report(request: Request, outcome: Map<string, string[]>): Buffer {
  const lines = ['unpack ok\n'];
  const said: string[] = [];
  for (const { ref } of request.commands) {
    const reasons = outcome.get(ref) ?? [];
    lines.push(reasons.length === 0 ? `ok ${ref}\n` : `ng ${ref} ${printable(reasons[0] ?? 'refused')}\n`);
    said.push(...reasons.map((reason) => `${printable(reason)}\n`));
  }
  const status = Buffer.concat([...lines.map((line) => packet(line)), flush]);
  if (!request.sideBand) return status;
  return Buffer.concat([sideBand(2, Buffer.from(said.join(''))), sideBand(1, status), flush]);
}

/** A terminal shows these words: control characters and direction overrides of a pushed name must not reach it. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?').slice(0, 500);
}

import type { Readable, Writable } from 'node:stream';
import type { GitRunner } from './git-command.js';
import { damagedWant, hiddenWant } from './fetch-request.js';
import { GitError } from './git-errors.js';
import { IncomingBytes } from './incoming-bytes.js';
import { listRefs, lsRefsHead } from './ls-refs.js';
import { flush, packet } from './pkt-line.js';
import { receiveCapabilities } from './push-request.js';
import type { Repository } from './repository.js';
import { damageWhileServing } from './storage-trouble.js';
import { Turnstile, type TurnstileLimits } from './turnstile.js';
import { visibleRefs } from './visible-refs.js';

/** The two things a git client comes for: `git-upload-pack` is its clone and fetch, `git-receive-pack` its push. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** What a client asks of `git-upload-pack`; `client` is who asks, for the limit on transfers at once. */
export interface Fetch {
  body: Readable;
  protocol?: string | undefined;
  client?: string;
  signal: AbortSignal;
  /** Told of damage that git came upon; the client reads git's own words of it. */
  onTrouble?: (error: unknown) => void;
}

interface Exchange {
  request: Buffer;
  out: Writable;
}

// Wants and haves only: a partial clone of 200,000 files asks for each by name.
const requestLimits = { maxBytes: 16 << 20, idleMs: 60_000 };
const maxSaid = 8 << 10;
const defaultLimits: TurnstileLimits = { atOnce: 4, perKey: 2, waiting: 16, patienceMs: 60_000 };

/** What is passed on of a Git-Protocol header: the version, and nothing else a client may have put there. */
export function gitProtocol(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 256) return undefined;
  const versions = header.split(':').flatMap((word) => /^version=([012])$/.exec(word)?.[1] ?? []);
  const newest = versions.sort().at(-1);
  return newest === undefined ? undefined : `version=${newest}`;
}

/** Answers git clients over HTTP. Protocol v2's advertisement and ref listing need no git process. */
export class SmartHttp {
  private v2: Promise<Buffer> | null = null;
  private readonly runner: GitRunner;
  private readonly turnstile: Turnstile;

  constructor(options: { runner: GitRunner; limits?: Partial<TurnstileLimits> }) {
    this.runner = options.runner;
    this.turnstile = new Turnstile({ ...defaultLimits, ...options.limits });
  }

  /** The answer to `GET info/refs`. */
  async advertise(
    repository: Repository,
    service: GitService,
    protocol?: string,
  ): Promise<{ contentType: string; body: Buffer }> {
    const contentType = `application/x-${service}-advertisement`;
    if (service === 'git-receive-pack') return { contentType, body: receiveAdvertisement(repository) };
    return { contentType, body: await this.advertiseFetch(repository, protocol) };
  }

  /** The answer to `POST git-upload-pack`, streamed; the signal's abort stops git. */
  async uploadPack(repository: Repository, fetch: Fetch, out: Writable): Promise<void> {
    const request = await new IncomingBytes(fetch.body, requestLimits).takeAll();
    if (isV2(fetch.protocol) && request.subarray(0, lsRefsHead.length).equals(lsRefsHead)) {
      out.end(await listRefs(repository, request));
      return;
    }
    const hidden = await hiddenWant(repository, request);
    if (hidden !== null) {
      out.end(packet(`ERR upload-pack: not our ref ${hidden}`));
      return;
    }
    const damage = await damagedWant(repository, request);
    if (damage !== null) {
      fetch.onTrouble?.(damage);
      out.end(packet('ERR The repository of this wiki is damaged; its operator has to mend it.'));
      return;
    }
    const keys = [`wiki ${repository.id}`, ...(fetch.client === undefined ? [] : [`client ${fetch.client}`])];
    await this.turnstile.pass(keys, () => this.pack(repository, fetch, { request, out }), fetch.signal);
  }

  private async pack({ gitDir }: Repository, fetch: Fetch, { request, out }: Exchange): Promise<void> {
    const args = ['upload-pack', '--stateless-rpc', '--strict', '--timeout=60', gitDir];
    const child = this.runner.start({ args, gitDir, env: protocolEnv(fetch.protocol), signal: fetch.signal });
    const said = endOf(child.stderr);
    child.stdin.end(request);
    try {
      const code = await child.pour(out);
      fetch.signal.throwIfAborted();
      const trouble = code === 0 ? null : damageWhileServing(await said);
      if (trouble !== null) fetch.onTrouble?.(trouble);
      if (code === -1 || code === 127) throw new GitError('git-failed', 'git ended before its answer did.');
      out.end();
    } finally {
      child.kill();
      await child.exit;
    }
  }

  private async advertiseFetch(repository: Repository, protocol?: string): Promise<Buffer> {
    if (!isV2(protocol)) {
      const listed = await this.turnstile.pass([`wiki ${repository.id}`], () => this.ask(repository, protocol));
      return Buffer.concat([preamble('git-upload-pack'), listed]);
    }
    // The same for every repository, so git is asked once.
    this.v2 ??= this.ask(repository, protocol).catch((error: unknown) => {
      this.v2 = null;
      throw error;
    });
    return this.v2;
  }

  private async ask({ gitDir }: Repository, protocol?: string): Promise<Buffer> {
    const args = ['upload-pack', '--stateless-rpc', '--advertise-refs', '--strict', gitDir];
    const { code, stdout } = await this.runner.run({ args, gitDir, env: protocolEnv(protocol) });
    if (code !== 0 || stdout.length === 0) throw new GitError('git-failed', 'git could not list the refs.');
    return stdout;
  }
}

/** The last of what a child says of itself. */
async function endOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) text = (text + chunk.toString('utf8')).slice(-maxSaid);
  return text;
}

const protocolEnv = (protocol: string | undefined): Record<string, string> =>
  protocol === undefined ? {} : { GIT_PROTOCOL: protocol };
const isV2 = (protocol: string | undefined): boolean => protocol === 'version=2';
const preamble = (service: GitService): Buffer => Buffer.concat([packet(`# service=${service}\n`), flush]);

function receiveAdvertisement(repository: Repository): Buffer {
  const lines = visibleRefs(repository).map(({ name, oid }) => `${oid} ${name}`);
  if (lines.length === 0) lines.push(`${'0'.repeat(40)} capabilities^{}`);
  const packets = lines.map((line, i) => packet(i === 0 ? `${line}\0${receiveCapabilities}\n` : `${line}\n`));
  return Buffer.concat([preamble('git-receive-pack'), ...packets, flush]);
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import type { Oid } from './objects.js';
import { flush, packet, readPackets, type Packet } from './pkt-line.js';
import { mainRef, packedRefs, readRef } from './refs.js';
import type { Repository } from './repository.js';
import { Turnstile } from './turnstile.js';

export type GitService = 'git-upload-pack' | 'git-receive-pack';

const maxRequestBytes = 16 << 20;
const receiveCapabilities = 'report-status side-band-64k quiet ofs-delta object-format=sha1 agent=wikibot';
const speaksV2 = (protocol: string | undefined): boolean => protocol?.split(':').includes('version=2') ?? false;
/** The only values of the Git-Protocol header that are passed on. */
export const gitProtocolPattern = /^version=[012](:[a-z0-9=._-]{1,64}){0,4}$/;

/** Answers git clients over HTTP. Protocol v2's advertisement and ref listing need no git process. */
export class SmartHttp {
  private v2: Promise<Buffer> | null = null;
  private readonly turnstile = new Turnstile({ atOnce: 4, perKey: 2, waiting: 16 });

  constructor(private readonly runner: GitRunner) {}

  /** The body of `GET info/refs`. */
  async advertise(repository: Repository, service: GitService, protocol?: string): Promise<Buffer> {
    if (service === 'git-receive-pack')
      return Buffer.concat([preamble(service), await receiveAdvertisement(repository)]);
    if (speaksV2(protocol)) return this.advertiseV2(repository);
    const args = ['upload-pack', '--stateless-rpc', '--advertise-refs', '--strict', repository.gitDir];
    const { code, stdout } = await this.runner.run({ args, gitDir: repository.gitDir });
    if (code !== 0) throw new GitError('git-failed', 'git could not list the refs.');
    return Buffer.concat([preamble(service), stdout]);
  }

  /** A push that is refused before it begins: git prints the sentence after `remote error:`. */
  refusePush(reason: string): Buffer {
    return Buffer.concat([preamble('git-receive-pack'), packet(`ERR ${reason}`)]);
  }

  /** The answer to `POST git-upload-pack`, streamed; the signal's abort stops git. */
  async uploadPack(
    repository: Repository,
    request: { body: Readable; protocol?: string; signal: AbortSignal },
    out: Writable,
  ): Promise<void> {
    const body = await readBody(request.body);
    const listing = speaksV2(request.protocol) ? lsRefsOf(body) : null;
    if (listing !== null) {
      out.end(await listRefs(repository, listing));
      return;
    }
    await this.turnstile.pass(repository.id, async () => {
      const args = ['upload-pack', '--stateless-rpc', '--strict', '--timeout=60', repository.gitDir];
      const env = request.protocol === undefined ? undefined : { GIT_PROTOCOL: request.protocol };
      const child = this.runner.start({ args, gitDir: repository.gitDir, env, signal: request.signal });
      child.stdin.on('error', () => {});
      child.stderr.resume();
      child.stdin.end(body);
      try {
        await pipeline(child.stdout, out, { signal: request.signal });
        await child.exit;
      } finally {
        child.kill();
      }
    });
  }

  /** The same for every repository, so git is asked once. */
  private advertiseV2(repository: Repository): Promise<Buffer> {
    this.v2 ??= this.askV2(repository).catch((error: unknown) => {
      this.v2 = null;
      throw error;
    });
    return this.v2;
  }

  private async askV2({ gitDir }: Repository): Promise<Buffer> {
    const args = ['upload-pack', '--stateless-rpc', '--advertise-refs', '--strict', gitDir];
    const { code, stdout } = await this.runner.run({ args, gitDir, env: { GIT_PROTOCOL: 'version=2' } });
    if (code !== 0 || !stdout.includes('version 2')) throw new GitError('git-failed', 'git could not be asked.');
    return stdout;
  }
}

const preamble = (service: GitService): Buffer => Buffer.concat([packet(`# service=${service}\n`), flush]);

async function receiveAdvertisement(repository: Repository): Promise<Buffer> {
  const refs = visibleRefs(repository);
  const lines = refs.map(({ name, oid }) => `${oid} ${name}`);
  if (lines.length === 0) lines.push(`${'0'.repeat(40)} capabilities^{}`);
  const packets = lines.map((line, i) => packet(i === 0 ? `${line}\0${receiveCapabilities}\n` : `${line}\n`));
  return Buffer.concat([...packets, flush]);
}

function visibleRefs({ gitDir }: Repository): { name: string; oid: Oid }[] {
  const names = new Set([...packedRefs(gitDir).keys(), ...looseTags(gitDir), mainRef]);
  const visible = [...names].filter((name) => name === mainRef || name.startsWith('refs/tags/')).sort();
  return visible.flatMap((name) => {
    const oid = readRef(gitDir, name);
    return oid === null ? [] : [{ name, oid }];
  });
}

function looseTags(gitDir: string): string[] {
  try {
    const entries = readdirSync(join(gitDir, 'refs/tags'), { recursive: true, withFileTypes: true });
    const root = join(gitDir, 'refs/tags');
    return entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
      .map((entry) => `refs/tags/${join(entry.parentPath, entry.name).slice(root.length + 1)}`);
  } catch {
    return [];
  }
}

async function readBody(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxRequestBytes)
      throw new GitError('too-large', `The request is larger than ${maxRequestBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Listing {
  peel: boolean;
  symrefs: boolean;
  unborn: boolean;
  prefixes: string[];
}

/** The arguments of a v2 `ls-refs` command; null when the request is another command. */
function lsRefsOf(body: Buffer): Listing | null {
  if (!body.subarray(4, 4 + 'command=ls-refs'.length).equals(Buffer.from('command=ls-refs'))) return null;
  const lines = readPackets(body).filter((one): one is Exclude<Packet, string> => typeof one !== 'string');
  const words = lines.map((line) => line.toString('utf8').replace(/\n$/, ''));
  const prefixes = words
    .filter((word) => word.startsWith('ref-prefix '))
    .map((word) => word.slice('ref-prefix '.length));
  return {
    peel: words.includes('peel'),
    symrefs: words.includes('symrefs'),
    unborn: words.includes('unborn'),
    prefixes,
  };
}

async function listRefs(repository: Repository, wanted: Listing): Promise<Buffer> {
  const matches = (name: string) => wanted.prefixes.length === 0 || wanted.prefixes.some((p) => name.startsWith(p));
  const refs = visibleRefs(repository);
  const main = refs.find(({ name }) => name === mainRef)?.oid;
  const lines: string[] = [];
  if (matches('HEAD') && main !== undefined)
    lines.push(`${main} HEAD${wanted.symrefs ? ` symref-target:${mainRef}` : ''}`);
  if (matches('HEAD') && main === undefined && wanted.unborn) lines.push(`unborn HEAD symref-target:${mainRef}`);
  for (const { name, oid } of refs.filter((ref) => matches(ref.name))) {
    lines.push(`${oid} ${name}${wanted.peel ? await peeled(repository, oid) : ''}`);
  }
  return Buffer.concat([...lines.map((line) => packet(`${line}\n`)), flush]);
}

async function peeled(repository: Repository, oid: Oid): Promise<string> {
  const object = await repository.object(oid);
  if (object.type !== 'tag') return '';
  const target = /^object ([0-9a-f]{40})/.exec(object.bytes.toString('latin1', 0, 64))?.[1];
  return target === undefined ? '' : ` peeled:${target}`;
}

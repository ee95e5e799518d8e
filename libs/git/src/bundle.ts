import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { GitChild, GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { IncomingBytes } from './incoming-bytes.js';
import type { Oid } from './objects.js';
import { packObjects } from './push-request.js';
import { Quarantine } from './quarantine.js';
import { mainRef } from './refs.js';
import type { Repository } from './repository.js';

/** The whole history as one file that git can clone from; `stdout` is the bundle, and `exit` tells whether it is whole. */
export async function exportBundle(
  repository: Repository,
  runner: GitRunner,
  options: { signal?: AbortSignal } = {},
): Promise<GitChild> {
  if ((await repository.tip()) === null) throw new GitError('object-missing', 'The wiki has no history to export yet.');
  const args = ['bundle', 'create', '--quiet', '-', 'HEAD', mainRef, '--tags'];
  const child = runner.start({ args, gitDir: repository.gitDir, ...options });
  child.stdin.end();
  child.stderr.resume();
  return child;
}

interface Limits {
  maxBytes: number;
  signal?: AbortSignal;
}

const defaultLimits: Limits = { maxBytes: 8 * 2 ** 30 };
const idleMs = 60_000;
const maxHeadBytes = 1 << 20;
const notABundle = (why: string): GitError =>
  new GitError('pack-refused', `This is not a git bundle to import: ${why}.`);

/**
 * Takes a bundle's objects into the repository, checked as those of a push are, and returns the tip of its main
 * branch. `main` stays where it is: whoever imports moves it.
 */
export async function importBundle(
  repository: Repository,
  runner: GitRunner,
  file: string,
  options: Partial<Limits> = {},
): Promise<Oid> {
  const limits = { ...defaultLimits, ...options };
  const source = createReadStream(file);
  try {
    const body = new IncomingBytes(source, { maxBytes: limits.maxBytes + maxHeadBytes, idleMs });
    const tip = mainTip(await readHead(body));
    await takeIn(repository, runner, { pack: body.stream(), objects: (await packObjects(body)) ?? 0, tip, ...limits });
    return tip;
  } finally {
    source.destroy();
  }
}

interface Arriving extends Limits {
  pack: Readable;
  objects: number;
  tip: Oid;
}

async function takeIn(repository: Repository, runner: GitRunner, arriving: Arriving): Promise<void> {
  const { pack, objects, tip, signal } = arriving;
  const quarantine = await Quarantine.open(repository, runner);
  try {
    await quarantine.receive(pack, arriving);
    await quarantine.requireConnected(tip, signal);
    // A tag object or a tree would be a `main` that nobody can read.
    await quarantine.commit(tip);
    if (objects > 0) await quarantine.adopt();
  } finally {
    await quarantine.discard();
  }
}

/** The refs of the bundle; reads up to the empty line that ends them. */
async function readHead(body: IncomingBytes): Promise<Map<string, Oid>> {
  const signature = await nextLine(body);
  if (signature !== '# v2 git bundle' && signature !== '# v3 git bundle')
    throw notABundle('its first line says otherwise');
  const refs = new Map<string, Oid>();
  for (let line = await nextLine(body), read = 0; line !== ''; line = await nextLine(body)) {
    read += line.length;
    if (read > maxHeadBytes) throw notABundle('it names too many refs');
    if (line.startsWith('@')) requireCapability(line);
    const [, oid = '', ref = ''] = /^([0-9a-f]{40}) (\S+)$/.exec(line) ?? [];
    if (oid !== '') refs.set(ref, oid);
  }
  return refs;
}

function requireCapability(line: string): void {
  if (line !== '@object-format=sha1') throw notABundle(`it needs ${line.slice(1, 40)}, which is not supported`);
}

async function nextLine(body: IncomingBytes): Promise<string> {
  for (let wanted = 256; ; wanted *= 2) {
    const bytes = await body.peek(wanted);
    const end = bytes.indexOf('\n');
    if (end !== -1) {
      const line = await body.take(end + 1);
      return line.toString('utf8', 0, end);
    }
    if (bytes.length < wanted || wanted > maxHeadBytes) throw notABundle('it ends before its contents begin');
  }
}

function mainTip(refs: Map<string, Oid>): Oid {
  const branches = [...refs].filter(([name]) => name.startsWith('refs/heads/'));
  const only = branches.length === 1 ? branches[0]?.[1] : undefined;
  const tip = refs.get(mainRef) ?? refs.get('refs/heads/master') ?? refs.get('HEAD') ?? only;
  if (tip === undefined) throw notABundle('it has no branch main, no master and no HEAD');
  return tip;
}

import { lookup } from 'node:dns/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fetchRemote, importBundle, type GitRunner, type Oid, type Repository } from '@lib/git';
import ipaddr from 'ipaddr.js';
import { importRefused } from './import-refusal.js';
import type { ImportSource } from './import-source.js';

/** A source that has a history. */
export type HistorySource = Extract<ImportSource, { kind: 'bundle' | 'repository' | 'url' }>;

/** Whether a source has a history to keep. */
export const hasHistory = (source: ImportSource): source is HistorySource =>
  source.kind === 'bundle' || source.kind === 'repository' || source.kind === 'url';

interface Place {
  repository: Repository;
  runner: GitRunner;
  signal?: AbortSignal;
}

const bundleMs = 30 * 60_000;

/** Takes the objects of a history into a repository, checked by git; gives its newest commit. `main` stays. */
export async function takeHistory(source: HistorySource, { repository, runner, signal }: Place): Promise<Oid> {
  switch (source.kind) {
    case 'bundle':
      return importBundle(repository, runner, source.file, { ...(signal !== undefined && { signal }) });
    case 'repository':
      return takeRepository(source.gitDir, { repository, runner, signal });
    case 'url': {
      const { url, token } = source;
      const resolvedAddress = await publicAddress(url, source.privateNetwork === true);
      return fetchRemote(repository, runner, { url, token, resolvedAddress, signal });
    }
  }
}

/** Another repository is read by way of a bundle, so that nothing but its objects comes along. */
async function takeRepository(gitDir: string, { repository, runner, signal }: Place): Promise<Oid> {
  const folder = await mkdtemp(join(tmpdir(), 'wikibot-import-'));
  try {
    const file = join(folder, 'history.bundle');
    const args = ['bundle', 'create', '--quiet', file, 'HEAD'];
    // git runs in another folder than who named the path.
    const { code, stderr } = await runner.run({ args, gitDir: resolve(gitDir), timeoutMs: bundleMs, signal });
    const reason = /(?:fatal|error): ([^\n]{1,200})/.exec(stderr)?.[1] ?? 'git could not read it';
    if (code !== 0) throw importRefused([`The repository cannot be read: ${reason}.`]);
    return await importBundle(repository, runner, file, { ...(signal !== undefined && { signal }) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where to connect to; an address inside our own network would let anyone look around there. */
async function publicAddress(text: string, privateNetwork: boolean): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') throw importRefused(['Only repositories at https:// addresses are fetched.']);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(host, { all: true }).catch(() => []);
  const [first] = found;
  if (first === undefined) throw importRefused([`The host ${host} is not known.`]);
  const isPublic = found.every(({ address }) => ipaddr.process(address).range() === 'unicast');
  if (!isPublic && !privateNetwork) throw importRefused([`The host ${host} is not on the public internet.`]);
  return first.address;
}

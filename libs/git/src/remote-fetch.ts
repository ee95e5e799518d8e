import { isIP } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { isOid, type Oid } from './objects.js';
import { Quarantine } from './quarantine.js';
import type { Repository } from './repository.js';

/** Where to fetch from and with which limits. */
export interface RemoteFetch {
  /** `https://…`, without a user name. */
  url: string;
  /** The address the host was found to have when it was judged; git connects to that one and asks nobody again. */
  resolvedAddress?: string;
  /** Sent as a password; never in arguments or the URL. */
  token?: string;
  /** An authority of one's own to believe in beside the system's. */
  caFile?: string;
  maxBytes?: number;
  /** Ports other than 443 that may be asked. */
  ports?: number[];
  signal?: AbortSignal;
}

const fetchMs = 10 * 60_000;
const defaultMaxBytes = 2 ** 30;

/** What a fetch from elsewhere may do: https to one host, no redirect, no helper, no stored credential. */
const hardened = {
  'protocol.allow': 'never',
  'protocol.https.allow': 'always',
  'http.followRedirects': 'false',
  'http.lowSpeedLimit': '1000',
  'http.lowSpeedTime': '20',
  'credential.helper': '',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
  // The pack is kept as it is, so that it is checked and made durable whole.
  'fetch.unpackLimit': '1',
  'core.symlinks': 'false',
  'core.fsmonitor': 'false',
};

/**
 * Fetches the newest commit of another repository's main line and all it needs, checked as a push is, and returns
 * it. `main` stays where it is.
 */
export async function fetchRemote(repository: Repository, runner: GitRunner, remote: RemoteFetch): Promise<Oid> {
  const url = requireUrl(remote);
  const quarantine = await Quarantine.open(repository, runner);
  try {
    const gitDir = await quarantine.standIn();
    await download(runner, { url, gitDir, quarantine, remote });
    const tip = await fetchedTip(gitDir);
    await quarantine.requireConnected(tip, remote.signal);
    await quarantine.commit(tip);
    await quarantine.adopt();
    return tip;
  } finally {
    await quarantine.discard();
  }
}

interface Download {
  url: URL;
  gitDir: string;
  quarantine: Quarantine;
  remote: RemoteFetch;
}

async function download(runner: GitRunner, { url, gitDir, quarantine, remote }: Download): Promise<void> {
  const args = [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-auto-maintenance',
    '--no-recurse-submodules',
    '--',
    url.href,
    'HEAD',
  ];
  const { code, stderr } = await runner.run({
    args,
    gitDir,
    env: { ...quarantine.env, GIT_ALLOW_PROTOCOL: 'https', GIT_PROTOCOL_FROM_USER: '0' },
    config: { ...hardened, ...settingsFor(url, remote) },
    fileBytes: remote.maxBytes ?? defaultMaxBytes,
    timeoutMs: fetchMs,
    ...(remote.signal === undefined ? {} : { signal: remote.signal }),
  });
  if (code !== 0) throw new GitError('git-failed', `The other repository could not be fetched: ${reasonOf(stderr)}`);
}

/** The connection's address and credential; as settings they are in the environment, where no other user sees them. */
function settingsFor(url: URL, { resolvedAddress, token, caFile }: RemoteFetch): Record<string, string> {
  const settings: Record<string, string> = {};
  if (resolvedAddress !== undefined) {
    if (isIP(resolvedAddress) === 0) throw refused('its address is not an IP address');
    const address = isIP(resolvedAddress) === 6 ? `[${resolvedAddress}]` : resolvedAddress;
    settings['http.curloptResolve'] = `${url.hostname}:${url.port || '443'}:${address}`;
  }
  if (token !== undefined) {
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    settings['http.extraHeader'] = `Authorization: Basic ${basic}`;
  }
  if (caFile !== undefined) settings['http.sslCAInfo'] = caFile;
  return settings;
}

function requireUrl({ url: text, ports = [] }: RemoteFetch): URL {
  if (!URL.canParse(text)) throw refused('its address is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw refused('only https is fetched from');
  if (url.username !== '' || url.password !== '') throw refused('its address must not hold a user name or password');
  if (url.port !== '' && !ports.includes(Number(url.port))) throw refused('only the usual port of https is asked');
  if (url.hash !== '' || url.search !== '') throw refused('its address must not have a query or fragment');
  return url;
}

const refused = (why: string): GitError => new GitError('push-refused', `The other repository cannot be used: ${why}.`);

async function fetchedTip(gitDir: string): Promise<Oid> {
  const text = await readFile(join(gitDir, 'FETCH_HEAD'), 'utf8').catch(() => '');
  const tip = text.slice(0, 40);
  if (!isOid(tip)) throw new GitError('object-missing', 'The other repository is empty.');
  return tip;
}

/** git's own words without folders of this server and without what looks like a credential. */
function reasonOf(stderr: string): string {
  const reason = /(?:fatal|error): ([^\n]{1,200})/.exec(stderr)?.[1] ?? 'the connection failed';
  return reason.replace(/(?<![:/\w])\/[^\s']*/g, '…');
}

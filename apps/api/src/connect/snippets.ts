import { homePath } from '@lib/wiki';
import { shellWord } from './shell-word.js';

/** Stands where a token belongs that nobody but its owner knows. */
export const tokenPlaceholder = 'YOUR_TOKEN';

/** Where a client connects, and as whom. */
export interface Connection {
  /** What the client calls it. */
  name: string;
  mcp: string;
  /** The REST address of the wiki; null for all wikis of an account. */
  rest: string | null;
  /** The address to clone from; null where that cannot be done. */
  git: string | null;
  /** Null where anybody may read and nobody is known. */
  credential: { username: string; token: string } | null;
}

/** What is pasted into each client, and typed into a shell. */
export interface Snippets {
  endpoint: string;
  claudeCode: string;
  /** `.cursor/mcp.json`. */
  cursor: string;
  /** What most other clients read. */
  json: string;
  curl: string | null;
  /** It holds no token: git asks for it, so that it is in no address, history or list of processes. */
  git: string | null;
}

/** The one place where it is said how a client connects: pages and the command line show it, and tests use what it says. */
export function snippetsFor(connection: Connection): Snippets {
  const { name, mcp } = connection;
  const headers = headersOf(connection);
  const servers = (server: object) => JSON.stringify({ mcpServers: { [name]: { ...server, ...headers } } }, null, 2);
  return {
    endpoint: mcp,
    claudeCode: [
      'claude mcp add --transport http',
      shellWord(name),
      shellWord(mcp),
      ...header(connection, '--header'),
    ].join(' '),
    cursor: servers({ url: mcp }),
    json: servers({ type: 'http', url: mcp }),
    curl: curlOf(connection),
    git: gitOf(connection),
  };
}

function curlOf(connection: Connection): string | null {
  if (connection.rest === null) return null;
  return ['curl -sS', ...header(connection, '-H'), shellWord(`${connection.rest}/pages/${homePath}`)].join(' ');
}

/** The settings stay in the clone: what keeps passwords for git knows this wiki from others of the same host. */
function gitOf({ git, credential }: Connection): string | null {
  if (git === null) return null;
  const settings =
    credential === null ? [] : ['-c credential.useHttpPath=true', `-c credential.username=${credential.username}`];
  return ['git clone', ...settings, shellWord(git)].join(' ');
}

const bearer = (token: string): string => `Bearer ${token}`;

const headersOf = ({ credential }: Connection): object =>
  credential === null ? {} : { headers: { Authorization: bearer(credential.token) } };

const header = ({ credential }: Connection, option: string): string[] =>
  credential === null ? [] : [option, shellWord(`Authorization: ${bearer(credential.token)}`)];

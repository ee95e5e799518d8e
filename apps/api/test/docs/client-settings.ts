/** Where a client connects to, and as whom. */
export interface Connection {
  url: string;
  token: string;
}

interface ClientEntry {
  type?: string;
  url?: string;
  headers?: Record<string, string>;
  command?: string;
  args?: string[];
  env?: Record<string, string>;
}

interface ClientSettings {
  mcpServers?: Record<string, ClientEntry>;
  servers?: Record<string, ClientEntry>;
  inputs?: { id: string; type: string; password?: boolean }[];
}

/** What the settings file of a client says, read as that client reads it; a token in an ellipsis is the reader's. */
export function connectionOf(text: string, token: string): Connection {
  const settings = JSON.parse(text) as ClientSettings;
  const [entry] = Object.values(settings.mcpServers ?? settings.servers ?? {});
  if (entry === undefined) throw new Error(`There is no server in: ${text}`);
  const known: Record<string, string> = { WIKI_TOKEN: token, 'env:WIKI_TOKEN': token, ...entry.env };
  for (const { id, type, password } of settings.inputs ?? []) {
    if (type === 'promptString' && password === true) known[`input:${id}`] = token;
  }
  const filled = (value: string): string =>
    value.replaceAll(/\$\{([^}]+)\}/g, (all, name: string) => known[name] ?? all).replaceAll('wbt_…', token);
  if (entry.command === undefined) return { url: entry.url ?? '', token: bearer(entry.headers ?? {}, filled) };
  return byRemote(entry.args ?? [], filled);
}

/** `mcp-remote <address> --header <name>:<value>`, as its own documentation has it. */
function byRemote(args: string[], filled: (value: string) => string): Connection {
  const [url = ''] = args.filter((arg) => /^https?:/.test(arg));
  const header = args[args.indexOf('--header') + 1] ?? '';
  const mark = header.indexOf(':');
  if (!args.includes('mcp-remote') || /\s/.test(header))
    throw new Error(`mcp-remote is not called so: ${args.join(' ')}`);
  return { url, token: bearer({ [header.slice(0, mark)]: header.slice(mark + 1) }, filled) };
}

/** `claude mcp add --transport http <name> <address> --header "Authorization: Bearer …"`. */
export function connectionOfClaude(args: string[]): Connection {
  const [url = ''] = args.filter((arg) => /^https?:/.test(arg));
  const at = args.indexOf('--header');
  const [name = '', value = ''] = (args[at + 1] ?? '').split(/:\s*/, 2);
  const said = args.slice(0, 4).join(' ');
  // A header takes all that follows it, so the name and the address stand before it.
  if (said !== 'mcp add --transport http' || at < args.indexOf(url))
    throw new Error(`claude is not called so: ${args.join(' ')}`);
  return { url, token: bearer({ [name]: value }, (one) => one) };
}

function bearer(headers: Record<string, string>, filled: (value: string) => string): string {
  const value = filled(headers.Authorization ?? '');
  const token = /^Bearer (wbt_[\w-]+)$/.exec(value)?.[1];
  if (token === undefined) throw new Error(`No token is sent: ${JSON.stringify(headers)}`);
  return token;
}

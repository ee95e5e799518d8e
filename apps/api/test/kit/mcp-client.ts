import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from 'vitest';

/** The clients people have: the old SDK, the new one by default, and the new one when it may choose the revision. */
export const clientKinds = ['v1', 'legacy', 'auto'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** JSON of which a story knows the shape. */
type Json = ReturnType<typeof JSON.parse>;

/** What a tool said, in words and as data. */
interface Said {
  text: string;
  data: Json;
  isError: boolean;
  problem: Json;
}

/** A connected client of a real SDK. */
export interface McpSession {
  client: Client;
  /** Calls a tool, whatever comes of it. */
  call(name: string, args?: Record<string, unknown>): Promise<Said>;
  /** Calls a tool that has to succeed. */
  does(name: string, args?: Record<string, unknown>): Promise<Said>;
  /** Calls a tool that has to refuse, and gives its words. */
  refuses(name: string, args?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** Connects as the client of that kind does; tools are listed first, so that the SDK holds answers against their schemas. */
export async function connect(url: string, token: string | null, kind: ClientKind = 'auto'): Promise<McpSession> {
  const client = await connected(new URL(url), token === null ? {} : { authorization: `Bearer ${token}` }, kind);
  await client.listTools();
  const call = async (name: string, args: Record<string, unknown> = {}) =>
    saidBy(await client.callTool({ name, arguments: args }));
  return {
    client,
    call,
    does: async (name, args) => {
      const said = await call(name, args);
      expect(said.isError, `${name}: ${said.text}`).toBe(false);
      return said;
    },
    refuses: async (name, args) => {
      const said = await call(name, args);
      expect(said.isError, `${name}: ${said.text}`).toBe(true);
      return said.text;
    },
    close: () => client.close(),
  };
}

async function connected(url: URL, headers: Record<string, string>, kind: ClientKind): Promise<Client> {
  const about = { name: 'story', version: '1.0.0' };
  if (kind === 'v1') {
    const client = new ClientV1(about);
    await client.connect(new TransportV1(url, { requestInit: { headers } }));
    // The two SDKs agree in all that stories use.
    return client as unknown as Client;
  }
  const client = new Client(about, { versionNegotiation: { mode: kind } });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return client;
}

function saidBy(result: unknown): Said {
  const { content, structuredContent, isError, _meta } = result as {
    content: { type: string; text?: string }[];
    structuredContent?: Json;
    isError?: boolean;
    _meta?: Json;
  };
  const text = content.map((part) => part.text ?? '').join('\n');
  return { text, data: structuredContent ?? {}, isError: isError === true, problem: _meta?.['wikibot/problem'] };
}

/** One message without any SDK, as a program gone wrong might send it. */
export async function postMcp(url: string, message: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });
  const text = await answer.text();
  const line = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  return { status: answer.status, headers: answer.headers, body: parsed(line), text };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

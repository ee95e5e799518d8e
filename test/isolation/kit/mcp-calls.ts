import { postMcp } from '../../../apps/api/test/kit/mcp-client.js';
import { tools } from '../../../apps/api/src/mcp/tools/index.js';
import type { WikiAction } from '@lib/acl';
import { sampleOf, type Schema } from './samples.js';
import { owner } from './tenants.js';

/** One message to an endpoint that speaks MCP. */
export interface Message {
  name: string;
  /** The right without which it is refused. */
  needs: WikiAction;
  method: string;
  params: (wiki: string, who?: string) => Record<string, unknown>;
}

const client = { name: 'walk', version: '1' };
const pageTemplate = 'wiki://{owner}/{wiki}/{+path}';

/** Every message an endpoint understands, from its own lists, so that a new tool or prompt is among them by itself. */
export async function messagesOf(url: string, token: string): Promise<Message[]> {
  const ask = async (method: string) => {
    const { body } = await postMcp(url, { jsonrpc: '2.0', id: 1, method }, { authorization: `Bearer ${token}` });
    return body.result as Record<string, { name: string; inputSchema: Schema; arguments?: { name: string }[] }[]>;
  };
  const [{ tools: listed = [] }, prompts] = [await ask('tools/list'), await ask('prompts/list')];
  const plain = ['ping', 'tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'];
  return [
    message('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: client }),
    ...plain.map((method) => message(method, {})),
    ...listed.map((tool) => toolCall(tool)),
    ...(prompts?.prompts ?? []).map(({ name }) => ({ ...message('prompts/get', { name }), name: `prompt ${name}` })),
    ...(prompts?.prompts ?? []).flatMap(({ name, arguments: fields = [] }) =>
      fields.map((field) => completion({ type: 'ref/prompt', name }, field.name)),
    ),
    readPage,
    ...['owner', 'wiki', 'path'].map((field) => completion({ type: 'ref/resource', uri: pageTemplate }, field)),
  ];
}

function message(method: string, params: Record<string, unknown>): Message {
  return { name: method, needs: 'page.read', method, params: () => params };
}

function toolCall({ name, inputSchema }: { name: string; inputSchema: Schema }): Message {
  const sample = sampleOf(inputSchema) as Record<string, unknown>;
  const page = 'path' in sample ? { path: 'Home' } : {};
  const isOfAccount = Object.hasOwn(inputSchema.properties ?? {}, 'wiki');
  return {
    name: `tool ${name}`,
    needs: tools.find((tool) => tool.name === name)?.needs ?? 'page.read',
    method: 'tools/call',
    params: (wiki, who = owner) => ({
      name,
      arguments: { ...sample, ...page, ...(isOfAccount && { wiki: `${who}/${wiki}` }) },
    }),
  };
}

const readPage: Message = {
  name: 'resource',
  needs: 'page.read',
  method: 'resources/read',
  params: (wiki, who = owner) => ({ uri: `wiki://${who}/${wiki}/Home` }),
};

function completion(ref: Record<string, string>, field: string): Message {
  return {
    name: `completion of ${field} for ${ref.uri ?? ref.name}`,
    needs: 'page.read',
    method: 'completion/complete',
    params: (wiki, who = owner) => ({
      ref,
      argument: { name: field, value: '' },
      context: { arguments: { owner: who, wiki } },
    }),
  };
}

import { McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Asked } from './asked.js';
import { listedSchema } from './listed-schema.js';
import type { ToolAnswer, ToolHints } from './tool.js';
import { toolResult } from './tool-results.js';

interface Opened {
  instructions: string | undefined;
  /** Whether everyone who asks gets the same answers. */
  isShared: boolean;
}

const listsMs = 60_000;
const pagesMs = 1_000;

/** A server that has nothing registered yet. Nothing is announced, so no list is said to announce its changes. */
export function newServer({ instructions, isShared }: Opened): McpServer {
  const cacheScope = isShared ? 'public' : 'private';
  const lists = { ttlMs: listsMs, cacheScope } as const;
  const pages = { ttlMs: pagesMs, cacheScope } as const;
  return new McpServer(
    { name: 'wikibot', title: 'Wikibot', version: '1' },
    {
      ...(instructions !== undefined && { instructions }),
      capabilities: {
        tools: { listChanged: false },
        resources: { listChanged: false },
        prompts: { listChanged: false },
      },
      cacheHints: {
        'tools/list': lists,
        'prompts/list': lists,
        'resources/templates/list': lists,
        'resources/list': pages,
        'resources/read': pages,
        'server/discover': { ...lists, cacheScope: 'private' },
      },
      maxToolInputElements: 10_000,
    },
  );
}

/** A tool as clients see it. */
export interface ListedTool {
  name: string;
  title: string;
  description: string;
  annotations: ToolHints;
  inputSchema: StandardSchemaWithJSON;
  outputSchema: StandardSchemaWithJSON;
}

/** Writes down once how a tool is listed. */
export function listed(
  tool: Omit<ListedTool, 'inputSchema' | 'outputSchema'> & { input: z.ZodObject; output: z.ZodObject },
): ListedTool {
  const { name, title, description, annotations, input, output } = tool;
  const inputSchema = listedSchema(input, 'input');
  return { name, title, description, annotations, inputSchema, outputSchema: listedSchema(output, 'output') };
}

/** Lets clients call a tool. */
export function serveTool(
  server: McpServer,
  { name, ...told }: ListedTool,
  { requestId }: Asked,
  run: (args: unknown) => Promise<ToolAnswer>,
): void {
  server.registerTool(name, told, (args: unknown, { mcpReq: { signal } }) =>
    toolResult({ name, requestId, signal }, () => run(args)),
  );
}

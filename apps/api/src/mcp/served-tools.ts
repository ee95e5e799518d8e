import type { ToolInfo } from '@lib/wiki';
import { tools } from './tools/index.js';

const told: readonly ToolInfo[] = tools.map(({ name, description }) => ({ name, summary: firstSentence(description) }));

/** Up to the first full stop; a colon begins an explanation that the guide has no room for. */
function firstSentence(description: string): string {
  return `${/^[^.:]*/.exec(description)?.[0] ?? description}.`;
}

/** What the MCP door serves, as the usage guide of a wiki names it; it needs no room, so that the rooms can name it. */
export const servedTools = { list: (): readonly ToolInfo[] => told };

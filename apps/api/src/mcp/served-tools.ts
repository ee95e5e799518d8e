import type { ToolInfo } from '@lib/wiki';
import { ServedTools } from '../rooms/served-tools.js';
import { tools } from './tools/index.js';

/** The tools as the usage guide of a wiki names them. */
class ToolsOfTheDoor extends ServedTools {
  private readonly told = tools.map(({ name, description }) => ({ name, summary: firstSentence(description) }));

  list(): readonly ToolInfo[] {
    return this.told;
  }
}

/** Up to the first full stop; a colon begins an explanation that the guide has no room for. */
function firstSentence(description: string): string {
  return `${/^[^.:]*/.exec(description)?.[0] ?? description}.`;
}

/** What the MCP door serves; it needs no room, so that the rooms can name it. */
export const servedTools: ServedTools = new ToolsOfTheDoor();

import { codeSpan } from './starter-text.js';
import type { ToolInfo } from './tool-info.js';

/** Names tools in parentheses behind a statement; those that are not served are left out, so nothing is promised. */
export function toolMention(tools: readonly ToolInfo[]): (...names: string[]) => string {
  const served = new Set(tools.map(({ name }) => name));
  return (...names) => {
    const known = names.filter((name) => served.has(name)).map(codeSpan);
    return known.length === 0 ? '' : ` (${known.join(', ')})`;
  };
}

import type { ToolInfo } from '@lib/wiki';

/** The tools the MCP door serves, as the usage guide of a wiki names them; the MCP door provides it. */
export abstract class ServedTools {
  abstract list(): readonly ToolInfo[];
}

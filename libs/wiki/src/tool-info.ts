/** A tool of the MCP door, as the usage guide names it. */
export interface ToolInfo {
  name: string;
  summary: string;
}

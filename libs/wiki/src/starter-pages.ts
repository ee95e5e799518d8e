import type { LinkOrder } from './links.js';
import type { ToolInfo } from './tool-info.js';
export interface StarterOptions {
  name: string;
  purpose?: string | null;
  categories: readonly string[];
  linkOrder: LinkOrder;
  tools: readonly ToolInfo[];
}
export interface StarterPage {
  path: string;
  content: string;
}
export function starterPages(options: StarterOptions): StarterPage[] {
  return [{ path: 'Home', content: `# ${options.name}\n` }];
}

import type { LinkOrder } from '@lib/markdown';
import type { ToolInfo } from './tool-info.js';

/** What the first pages of a wiki are written from. */
export interface StarterOptions {
  name: string;
  purpose?: string | null;
  categories: readonly string[];
  linkOrder: LinkOrder;
  tools: readonly ToolInfo[];
}

/** A page of a new wiki. */
export interface StarterPage {
  path: string;
  content: string;
}

import type { Access, AccountAccess } from '@lib/acl';

/** One request at the door, with the proof of what may be done. */
export interface Asked<A extends Access | AccountAccess = Access | AccountAccess> {
  access: A;
  requestId: string;
  /** Whether the client introduces itself, and so gets to know the wiki. */
  isOpening: boolean;
  /** The tool that is called; null when the message is no call. */
  tool: string | null;
}

/** The tool that a message calls. */
export function calledTool(message: unknown): string | null {
  const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } };
  return method === 'tools/call' && typeof params?.name === 'string' ? params.name : null;
}

/** Whether a message opens a conversation. */
export function opens(message: unknown): boolean {
  const { method } = (message ?? {}) as { method?: unknown };
  return method === 'initialize' || method === 'server/discover';
}

import type { Access, AccountAccess } from '@lib/acl';

/** One request at the door, with the proof of what may be done. */
export interface Asked<A extends Access | AccountAccess = Access | AccountAccess> {
  access: A;
  requestId: string;
  /** Whether the client introduces itself, and so gets to know the wiki. */
  isOpening: boolean;
}

/** Whether a message opens a conversation. */
export function opens(message: unknown): boolean {
  const { method } = (message ?? {}) as { method?: unknown };
  return method === 'initialize' || method === 'server/discover';
}

import type { UserId, WikiId } from './wiki-ref.js';

/** What a person may be on a wiki. */
export type Role = 'owner' | 'editor' | 'viewer';

/** What a token may be allowed to do. None implies another. */
export type Verb = 'read' | 'write' | 'admin';

/** By which way a request arrived. */
export type Door = 'web' | 'rest' | 'mcp' | 'git' | 'cli' | 'system';

/** What a token leaves of the rights of the person it acts for. */
export interface TokenScope {
  id: string;
  label: string;
  kind: 'personal' | 'wiki';
  verbs: Verb[];
  /** Null is every wiki of the person. */
  wikis: WikiId[] | null;
  /** Null is every path. */
  paths: string[] | null;
  /** Null or absent is never. */
  expiresAt?: Date | null;
}

/** Who is asking: a person, a token acting for one, the system itself, or nobody. */
export interface Actor {
  kind: 'nobody' | 'person' | 'token' | 'system';
  door: Door;
  userId: UserId | null;
  username: string | null;
  displayName: string | null;
  isAdmin: boolean;
  token: TokenScope | null;
  /** The session of a browser, by its id. */
  session?: string;
}

/** An actor that is, or acts for, a person. */
export type SignedInActor = Actor & { userId: UserId; username: string; displayName: string };

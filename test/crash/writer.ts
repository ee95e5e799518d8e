import type { RestAnswer } from '../../apps/api/test/kit/rest-client.js';
import type { Told } from './ledger.js';

/** Somebody who changes a wiki, one operation after the other, by one door. */
export interface Writer {
  /** Does one operation and records it; what it was told may be anything. */
  step(): Promise<Told>;
  /** Does what it can to learn what became of its last operation. */
  settle?(): Promise<void>;
  /** Clears away what it has on this machine. */
  leave?(): Promise<void>;
}

/** Where a writer writes: the server may be another, or elsewhere, each time it is asked. */
export interface Place {
  wiki: string;
  token: string;
  /** Address of the wiki on a server that lives. */
  url(): string;
}

export function toldBy({ status, body, bytes }: RestAnswer): Told {
  const words = `${status} ${bytes.toString('utf8', 0, 300)}`;
  if (status < 300) return { outcome: 'acknowledged', commit: body.commit as string | null, words };
  return { outcome: status < 500 ? 'refused' : 'unknown', words };
}

/** What was told by a connection that broke: nothing. */
export const nothingToldBy = (error: unknown): Told => ({ outcome: 'unknown', words: String(error) });

import type { WikiId } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { LinkOrder } from '@lib/markdown';
import type { Statement } from './statements.js';
import { linkOrderOf, linkOrderStatement } from './wiki-settings.js';

/** How far a catalogue has read, as it is kept. */
export interface PositionRow {
  commit_oid: Oid;
  seq: string;
  /** False when the keyword tables were emptied: then all is read again. */
  has_words: boolean;
}

/** The positions of all catalogues. */
export const positions = `
  SELECT p.wiki, p.commit_oid, p.seq, t.wiki IS NOT NULL AS has_words
  FROM catalogue_positions p LEFT JOIN keyword_totals t ON t.wiki = p.wiki`;
export const positionOfOne = `${positions} WHERE p.wiki = $1`;
const lock = `SELECT pg_advisory_xact_lock(hashtextextended('catalogue ' || $1::text, 0))`;

/** What a transaction begins with: nobody else writes this catalogue until it ends. */
export const alone = (wiki: WikiId): Statement[] => [
  // These rows can all be made again, so nobody has to wait until they are on disk.
  { sql: 'SET LOCAL synchronous_commit = off', values: [] },
  { sql: 'SET LOCAL statement_timeout = 0', values: [] },
  { sql: lock, values: [wiki] },
  { sql: positionOfOne, values: [wiki] },
  linkOrderStatement(wiki),
];

/** Where the catalogue stood when it began. */
export function begun([, , , rows, settings]: unknown[][]): { position: PositionRow | null; linkOrder: LinkOrder } {
  const [position = null] = (rows ?? []) as PositionRow[];
  return { position, linkOrder: linkOrderOf(settings) };
}

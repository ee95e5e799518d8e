import type { UserId, Visibility, WikiId } from '@lib/acl';
import type { LinkOrder } from '@lib/markdown';
import type { ImportReport } from './import-report.js';
import type { ImportProgress } from './import-wiki.js';

/** What was asked to be made of an import. */
export interface ImportWanted {
  slug: string;
  name: string;
  visibility: Visibility;
  /** Null: as it was found out. */
  linkOrder: LinkOrder | null;
}

/** Why an import came to nothing. */
export interface ImportFault {
  code: string;
  detail: string;
}

/** An import that somebody began in the browser, from its source to the wiki that came of it. */
export interface ImportRecord {
  id: string;
  user: UserId;
  kind: 'upload' | 'url' | 'demo';
  /** The name of the file or the address, for people. */
  source: string;
  state: 'fetching' | 'looking' | 'looked' | 'running' | 'done' | 'failed';
  progress: ImportProgress | null;
  /** What would come, and then what came. */
  report: ImportReport | null;
  wanted: ImportWanted | null;
  fault: ImportFault | null;
  attempts: number;
  /** The wiki that is being made, or was. */
  wiki: WikiId | null;
  createdAt: Date;
  /** When what was uploaded is thrown away; null for one that is done. */
  expiresAt: Date | null;
}

/** The columns of an import, under the names that the code has for them. */
export const importColumns = `id, user_id AS "user", kind, source, state, progress, report, wanted, fault, attempts, wiki,
  created_at AS "createdAt", expires_at AS "expiresAt"`;

/** From what was looked at, also after an attempt that failed, to the wiki. */
export const importStarted = `
  UPDATE imports SET state = 'running', wanted = $2, fault = NULL, progress = NULL, attempts = 0, updated_at = now()
  WHERE id = $1 AND report IS NOT NULL AND state IN ('looked', 'failed')`;

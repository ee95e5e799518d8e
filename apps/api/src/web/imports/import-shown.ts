import type { WikiRef } from '@lib/acl';
import type { ImportRecord, ImportWanted } from '@lib/wiki';
import type { Site } from '../layout/site-frame.js';

/** What the page of one import shows. */
export interface ImportShown extends Site {
  record: ImportRecord;
  formToken: string;
  /** What the form is filled with. */
  wanted: ImportWanted;
  /** Why the form was refused. */
  fault: string | null;
  /** Where the wiki will be, with `…` for its slug. */
  place: string;
  /** The wiki that came of it, where it is, and whether it has a page to begin with; null when none may be seen. */
  made: { wiki: WikiRef; address: string; hasHome: boolean } | null;
  /** Whether what was uploaded is still there, so that it can be tried again. */
  hasUpload: boolean;
}

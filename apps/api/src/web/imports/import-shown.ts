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
  /** The wiki that came of it, and where it is; null when there is none that may be seen. */
  made: { wiki: WikiRef; address: string } | null;
  /** Whether what was uploaded is still there, so that it can be tried again. */
  hasUpload: boolean;
}

import { z } from 'zod';
import { message, path, readRevision, revision } from '../fields.js';
import { settles, tool } from '../tool.js';
import { optionsOf, written, writtenAnswer } from '../written.js';

export const restoreNote = tool({
  name: 'restore_note',
  title: 'Restore a note',
  description:
    'Give a page the content it had at an older revision, also when it was deleted since; history keeps both. Returns the new revision. Next: read_note to see it.',
  needs: 'page.write',
  input: z.strictObject({
    path,
    revision: revision.describe('Revision to bring back, from get_history or get_recent_changes'),
    current_revision: readRevision.describe('Only when the page is at it; empty: any'),
    commit_message: message,
  }),
  output: written,
  annotations: settles,
  run: async ({ history }, access, { path, revision, current_revision, commit_message }) => {
    const options = optionsOf({ revision: current_revision, commit_message });
    return writtenAnswer('Restored', await history.restore(access, path, revision, options));
  },
});

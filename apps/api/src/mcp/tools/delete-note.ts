import { z } from 'zod';
import { message, path, readRevision } from '../fields.js';
import { removes, tool } from '../tool.js';
import { optionsOf } from '../written.js';

export const deleteNote = tool({
  name: 'delete_note',
  title: 'Delete a note',
  description:
    'Delete one page; its attachments and sub-pages stay, links to it become broken. Returns the path and the commit. Next: get_links to see who still links to it; restore_note brings it back.',
  needs: 'page.write',
  input: z.strictObject({
    path,
    revision: readRevision.describe('Only when the page is at it; empty: any'),
    commit_message: message,
  }),
  output: z.object({ deleted: z.boolean(), path: z.string(), commit: z.string().nullable() }),
  annotations: removes,
  run: async ({ writer }, access, { path, ...rest }) => {
    const result = await writer.remove(access, { path, ...optionsOf(rest) });
    return { text: `Deleted ${result.path}`, data: { deleted: true, path: result.path, commit: result.commit } };
  },
});

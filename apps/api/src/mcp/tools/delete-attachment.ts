import { z } from 'zod';
import { filename, message, path } from '../fields.js';
import { removes, tool } from '../tool.js';
import { optionsOf } from '../written.js';

export const deleteAttachment = tool({
  name: 'delete_attachment',
  title: 'Delete an attachment',
  description:
    'Take a file off a page; history keeps it. Returns the name and the commit. Next: edit_note to remove what shows it.',
  needs: 'file.write',
  input: z.strictObject({ path, filename, commit_message: message }),
  output: z.object({ deleted: z.boolean(), path: z.string(), filename: z.string(), commit: z.string().nullable() }),
  annotations: removes,
  run: async ({ attachments }, access, { path, filename, ...rest }) => {
    const { commit } = await attachments.remove(access, { path, filename, ...optionsOf(rest) });
    return { text: `Deleted attachment ${filename}`, data: { deleted: true, path, filename, commit } };
  },
});

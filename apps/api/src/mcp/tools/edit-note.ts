import { z } from 'zod';
import { content, message, path, revision } from '../fields.js';
import { tool, writes } from '../tool.js';
import { optionsOf, written, writtenAnswer } from '../written.js';

export const editNote = tool({
  name: 'edit_note',
  title: 'Edit a note',
  description:
    'Replace one text in a page; old_string must occur exactly once in the raw content, frontmatter included. Cheaper than write_note. Returns the new revision, and the content when it was merged with a change made meanwhile. Next: edit again with that revision.',
  needs: 'page.write',
  input: z.strictObject({
    path,
    revision: revision.describe('Revision you read (7 to 40 hex digits)'),
    old_string: content.describe('Text to replace, exactly as it is in the page'),
    new_string: content.describe('New text; empty deletes'),
    commit_message: message,
  }),
  output: written,
  annotations: writes,
  run: async ({ writer }, access, { path, revision, old_string, new_string, ...rest }) => {
    const edit = { path, oldString: old_string, newString: new_string, ...optionsOf(rest), revision };
    return writtenAnswer('Edited', await writer.edit(access, edit));
  },
});

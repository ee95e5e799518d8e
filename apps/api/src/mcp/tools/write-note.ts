import { z } from 'zod';
import { content, message, path, readRevision } from '../fields.js';
import { tool, writes } from '../tool.js';
import { optionsOf, written, writtenAnswer } from '../written.js';

export const writeNote = tool({
  name: 'write_note',
  title: 'Write a note',
  description:
    'Create a page, or replace the whole content of an existing one, which takes the revision you read. Returns the new revision; merged=true when someone else changed other lines meanwhile, with the content as it is now. Next: link to the page from another one with edit_note.',
  needs: 'page.write',
  input: z.strictObject({
    path,
    content: content.describe('Markdown with optional YAML frontmatter; link pages as [[Path]]'),
    revision: readRevision.describe('Revision you read; needed when the page exists'),
    commit_message: message,
  }),
  output: written,
  annotations: writes,
  run: async ({ writer }, access, { path, content, ...rest }) => {
    const result = await writer.write(access, { path, content, ...optionsOf(rest) });
    return writtenAnswer(result.created ? 'Created' : 'Updated', result);
  },
});

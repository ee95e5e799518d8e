import { z } from 'zod';
import { content, message, names, path, readRevision } from '../fields.js';
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
  output: written.extend({ similar: names.optional() }),
  annotations: writes,
  run: async ({ search, writer }, access, { path, content, ...rest }, { acl }) => {
    const isNew = rest.revision === '';
    const [result, alike] = await Promise.all([
      writer.write(access, { path, content, ...optionsOf(rest) }),
      isNew ? search.alike(acl.also(access, 'search.use'), path, content) : [],
    ]);
    const { text, data } = writtenAnswer(result.created ? 'Created' : 'Updated', result);
    const similar = alike.map((page) => page.path).filter((other) => other !== result.path);
    if (!result.created || similar.length === 0) return { text, data };
    return { text: `${text}\nSimilar pages, maybe one is enough: ${similar.join(', ')}`, data: { ...data, similar } };
  },
});

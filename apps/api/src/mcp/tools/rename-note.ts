import { z } from 'zod';
import { message, names, path, readRevision } from '../fields.js';
import { removes, tool } from '../tool.js';
import { optionsOf } from '../written.js';
import { short } from '../words.js';

export const renameNote = tool({
  name: 'rename_note',
  title: 'Rename a note',
  description:
    'Move a page to another path and rewrite every link to it, in one commit; sub-pages and attachments stay where they are. Returns the new revision and the pages whose links were rewritten. Next: read_note at the new path.',
  needs: 'page.write',
  input: z.strictObject({
    path,
    new_path: path.describe('New path, without .md'),
    revision: readRevision.describe('Only when the page is at it; empty: any'),
    commit_message: message,
  }),
  output: z.object({
    old_path: z.string(),
    new_path: z.string(),
    revision: z.string().nullable(),
    commit: z.string().nullable(),
    updated_pages: names,
  }),
  annotations: removes,
  run: async ({ writer }, access, { path, new_path, ...rest }) => {
    const result = await writer.rename(access, { path, newPath: new_path, ...optionsOf(rest) });
    const { revision, commit, updatedPages = [] } = result;
    const updated =
      updatedPages.length === 0
        ? ['No backreferences needed updating.']
        : [`Updated ${updatedPages.length} backreferences:`, ...updatedPages.map((page) => `- ${page}`)];
    const text = [`Renamed ${path} -> ${result.path} (revision: ${short(revision)})`, ...updated].join('\n');
    return { text, data: { old_path: path, new_path: result.path, revision, commit, updated_pages: updatedPages } };
  },
});

import type { WriteOperation } from '@lib/wiki';
import { z } from 'zod';
import { content, given, message, names, optionalText, path, revision } from '../fields.js';
import { removes, tool } from '../tool.js';
import { short } from '../words.js';

const at = { path: path.describe(''), revision: revision.default('') };

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('write'), ...at, content }),
  z.strictObject({ op: z.literal('edit'), ...at, revision, old_string: content, new_string: content }),
  z.strictObject({ op: z.literal('append'), ...at, content }),
  z.strictObject({ op: z.literal('rename'), ...at, new_path: path.describe('') }),
  z.strictObject({ op: z.literal('delete'), ...at }),
]);

export const batchWrite = tool({
  name: 'batch_write',
  title: 'Write many notes at once',
  description:
    'Do up to 100 operations (write, edit, append, rename, delete) in order as one commit: all or none. Each takes what its own tool takes; append adds text at the end of a page. Returns the commit and the new revision of each page; with dry_run the diff. Next: read_note or garden_report.',
  needs: 'page.write',
  input: z.strictObject({
    operations: z.array(operation).min(1).max(100),
    commit_message: message,
    dry_run: z.boolean().default(false).describe('Only show the diff'),
  }),
  output: z.object({
    commit: optionalText,
    changed: z.boolean(),
    results: z.array(
      z.object({
        op: z.string(),
        path: z.string(),
        revision: optionalText,
        created: z.boolean(),
        changed: z.boolean(),
        updated_pages: names,
      }),
    ),
    diff: z.string().optional(),
  }),
  annotations: removes,
  run: async ({ writer }, access, { operations, commit_message, dry_run }) => {
    const batch = { operations: operations.map(operationOf), message: given(commit_message), dryRun: dry_run };
    const { commit, changed, results, diff } = await writer.batch(access, batch);
    const rows = results.map(({ op, path, revision, created, changed, updatedPages = [] }) => ({
      ...{ op, path, revision, created, changed, updated_pages: updatedPages },
    }));
    const done = `${rows.length} operations ${commit === null ? 'would change' : `in commit ${short(commit)}`}:`;
    const lines = rows.map(({ op, path, revision }) => `- ${op} ${path}${revision === null ? '' : ` (revision: ${short(revision)})`}`);
    const start = changed || dry_run ? done : 'Nothing changed; every page already was as asked.';
    const text = [start, ...lines, ...(diff === undefined ? [] : ['', diff])].join('\n');
    return { text, data: { commit, changed, results: rows, ...(diff !== undefined && { diff }) } };
  },
});

function operationOf(one: z.infer<typeof operation>): WriteOperation {
  if (one.op === 'edit') {
    return { op: 'edit', path: one.path, revision: one.revision, oldString: one.old_string, newString: one.new_string };
  }
  const revision = given(one.revision);
  if (one.op === 'rename') return { op: 'rename', path: one.path, newPath: one.new_path, revision };
  if (one.op === 'delete') return { op: 'delete', path: one.path, revision };
  return { op: one.op, path: one.path, content: one.content, revision };
}

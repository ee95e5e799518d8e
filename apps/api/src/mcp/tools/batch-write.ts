import { z } from 'zod';
import { batchOperation, operationOf } from '../batch-operation.js';
import { given, message, names, optionalText } from '../fields.js';
import { removes, tool } from '../tool.js';
import { short } from '../words.js';

export const batchWrite = tool({
  name: 'batch_write',
  title: 'Write many notes at once',
  description:
    'Do up to 100 operations in order as one commit, all or none. Each op takes what its own tool takes: write (content, revision), edit (revision, old_string, new_string), append (content, added at the end), rename (new_path), delete. Returns the commit and the new revision of each page; with dry_run the diff. Next: read_note or garden_report.',
  needs: 'page.write',
  input: z.strictObject({
    operations: z.array(batchOperation).min(1).max(100),
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
    const done = `${rows.length} operations ${dry_run ? 'would be made' : `in commit ${short(commit)}`}:`;
    const start = changed || dry_run ? done : 'Nothing changed; every page already was as asked.';
    const text = [start, ...rows.map(rowLine), ...(diff === undefined ? [] : ['', diff])].join('\n');
    return { text, data: { commit, changed, results: rows, ...(diff !== undefined && { diff }) } };
  },
});

const rowLine = ({ op, path, revision }: { op: string; path: string; revision: string | null }) =>
  `- ${op} ${path}${revision === null ? '' : ` (revision: ${short(revision)})`}`;

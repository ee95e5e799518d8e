import { z } from 'zod';
import { commitMessage, content, path, revision } from './page.schema.js';

const at = { path, revision: revision.optional() };

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('write'), ...at, content }),
  z.strictObject({
    op: z.literal('edit'),
    path,
    revision,
    old_string: z.string().min(1).max(20_000_000),
    new_string: z.string().max(20_000_000),
  }),
  z.strictObject({ op: z.literal('append'), ...at, content }),
  z.strictObject({ op: z.literal('rename'), ...at, new_path: path, links: z.boolean().optional() }),
  z.strictObject({ op: z.literal('delete'), ...at }),
]);

export type Operation = z.infer<typeof operation>;

export const postBatch = z
  .strictObject({
    operations: z.array(operation).min(1).max(100),
    commit_message: commitMessage,
    dry_run: z.boolean().optional(),
  })
  .meta({ id: 'Batch' });

export const batchWritten = z
  .object({
    commit: z.string().nullable(),
    changed: z.boolean(),
    results: z.array(
      z.object({
        op: z.string(),
        path: z.string(),
        revision: z.string().nullable(),
        created: z.boolean(),
        changed: z.boolean(),
        updated_pages: z.array(z.string()),
      }),
    ),
    dry_run: z.boolean().optional(),
    diff: z.string().optional(),
  })
  .meta({ id: 'BatchWritten' });

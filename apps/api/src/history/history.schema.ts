import { z } from 'zod';
import { behind, changeInfo, commitMessage, next, path, revision } from '../pages/page.schema.js';
import { cursor, limit } from '../http/cursor.schema.js';

export const historyQuery = z.strictObject({ limit: limit(200, 50), cursor }).meta({ id: 'HistoryQuery' });

export const history = z
  .object({
    path: z.string(),
    history: z.array(changeInfo.extend({ path: z.string().describe('Path of the page at that time') })),
    next,
  })
  .meta({ id: 'History' });

export const diffQuery = z
  .strictObject({
    from: revision.optional().describe('Older revision; the one before `to` when absent'),
    to: revision.optional().describe('Newer revision; the newest when absent'),
  })
  .meta({ id: 'DiffQuery' });

export const diff = z
  .object({
    path: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    diff: z.string().describe('A patch that git apply takes; empty when both are alike'),
  })
  .meta({ id: 'Diff' });

export const blameQuery = z.strictObject({ revision: revision.optional() }).meta({ id: 'BlameQuery' });

export const blame = z
  .object({
    path: z.string(),
    revision: z.string(),
    lines: z.array(
      z.object({
        line: z.int(),
        text: z.string(),
        revision: z.string(),
        author: z.string(),
        username: z.string().nullable(),
        agent: z.string().nullable(),
        pushed_by: z.string().nullable(),
        door: z.string().nullable(),
        date: z.string(),
      }),
    ),
  })
  .meta({ id: 'Blame' });

export const restorePage = z
  .strictObject({
    revision: revision.describe('Revision whose content the page gets again'),
    current_revision: revision.optional().describe('Revision the page was read at; a newer one refuses the restoring'),
    commit_message: commitMessage,
    dry_run: z.boolean().optional(),
  })
  .meta({ id: 'RestorePage' });

export const changelogQuery = z
  .strictObject({
    limit: limit(200, 50),
    cursor,
    since: revision.optional().describe('Only changes made after this revision'),
  })
  .meta({ id: 'ChangelogQuery' });

export const changelog = z
  .object({
    entries: z.array(
      changeInfo.extend({
        pages_affected: z.array(path),
        files_affected: z.array(z.string()).describe('Files that are no pages'),
      }),
    ),
    total: z.int().describe('Entries in this answer'),
    next,
    behind: behind.optional(),
  })
  .meta({ id: 'Changelog' });

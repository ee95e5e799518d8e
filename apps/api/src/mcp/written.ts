import type { WriteOptions, WriteResult } from '@lib/wiki';
import { z } from 'zod';
import { given, optionalText } from './fields.js';
import { short } from './words.js';

/** What a write of a page answers. */
export const written = z.object({
  path: z.string(),
  revision: optionalText,
  commit: optionalText,
  created: z.boolean(),
  changed: z.boolean(),
  merged: z.boolean(),
  content: z.string().optional().describe('When merged: the page now'),
});

/** The options of a write, without those that were left empty. */
export function optionsOf(input: { revision?: string; commit_message: string }): WriteOptions {
  return { revision: given(input.revision ?? ''), message: given(input.commit_message) };
}

/** The data of a write. */
const writtenData = ({ path, revision, commit, created, changed, merged, content }: WriteResult) => ({
  path,
  revision,
  commit,
  created,
  changed,
  merged,
  ...(merged && content !== undefined && { content }),
});

/** The words and the data of a write. */
export function writtenAnswer(verb: string, result: WriteResult) {
  const lines = [`${verb} ${result.path} (revision: ${short(result.revision)})`];
  if (!result.changed) lines.push('The page already was as asked; nothing was recorded.');
  if (result.merged) lines.push(...mergedLines(result));
  return { text: lines.join('\n'), data: writtenData(result) };
}

/** Whoever wrote has not seen what was merged in, and would wipe it with the next write. */
function mergedLines({ revision, content = '' }: WriteResult): string[] {
  const start = 'Merged with a change that someone made since the revision you read.';
  return [`${start} Revision ${revision} now reads:`, '', '---', content];
}

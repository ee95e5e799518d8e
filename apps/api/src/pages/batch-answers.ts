import type { PageWriter, WriteOperation } from '@lib/wiki';
import type { z } from 'zod';
import type { batchWritten, Operation } from './batch.schema.js';
import { dryRunAnswer } from './page-answers.js';

type Batch = Awaited<ReturnType<PageWriter['batch']>>;

/** An operation in the words of the wiki room. */
export function operationOf(operation: Operation): WriteOperation {
  if (operation.op === 'edit') {
    const { old_string: oldString, new_string: newString, ...rest } = operation;
    return { ...rest, oldString, newString };
  }
  if (operation.op === 'rename') {
    const { new_path: newPath, ...rest } = operation;
    return { ...rest, newPath };
  }
  return operation;
}

export function batchAnswer(batch: Batch): z.infer<typeof batchWritten> {
  const results = batch.results.map(({ op, path, revision, created, changed, updatedPages = [] }) => ({
    op,
    path,
    revision,
    created,
    changed,
    updated_pages: updatedPages,
  }));
  return { commit: batch.commit, changed: batch.changed, results, ...dryRunAnswer(batch) };
}

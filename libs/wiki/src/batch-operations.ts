import { AclError } from '@lib/acl';
import { GitError } from '@lib/git';
import type { ChangeDraft } from './change-draft.js';
import { renamePage } from './rename-page.js';
import { WikiError } from './wiki-errors.js';
import { preconditionFailed } from './write-errors.js';
import { appendToPage, editPage, removePage, writePage, type Operated } from './write-page.js';
import type { RenameLinks, WriteBatch, WriteOperation } from './write-types.js';

const most = 100;

/** Does the operations in order, each on what those before it left; the first that is refused refuses all. */
export async function runBatch(
  draft: ChangeDraft,
  { operations, ifMatch }: WriteBatch,
  links: RenameLinks,
): Promise<(Operated & { op: string })[]> {
  if (operations.length > most) {
    const extra = { limit: most, count: operations.length };
    throw new WikiError(
      'batch-too-large',
      `A batch has at most ${most} operations; this has ${operations.length}.`,
      extra,
    );
  }
  if (operations.length === 0) throw new WikiError('nothing-to-change', 'The batch has no operations.');
  matchWiki(draft, ifMatch);
  const done: (Operated & { op: string })[] = [];
  for (const [index, operation] of operations.entries()) {
    const operated = await run(draft, operation, links).catch((error: unknown) => {
      throw named(error, index, operation);
    });
    done.push({ op: operation.op, ...operated });
  }
  return done;
}

function run(draft: ChangeDraft, operation: WriteOperation, links: RenameLinks): Promise<Operated> {
  switch (operation.op) {
    case 'write':
      return writePage(draft, operation);
    case 'edit':
      return editPage(draft, operation);
    case 'append':
      return appendToPage(draft, operation);
    case 'rename':
      return renamePage(draft, operation, operation.links === false ? null : links);
    case 'delete':
      return removePage(draft, operation);
  }
}

/** Of a batch, If-Match speaks of the wiki as a whole: the commit it has to be at. */
function matchWiki({ tree: { tip } }: ChangeDraft, ifMatch: string | undefined): void {
  if (ifMatch === undefined || (ifMatch === '*' && tip !== null)) return;
  const isMatch = ifMatch.length >= 7 && tip?.startsWith(ifMatch.toLowerCase());
  if (isMatch !== true) throw preconditionFailed('The wiki', 'is not at this commit', tip);
}

/** The same refusal, naming the operation. */
function named(error: unknown, index: number, { op, path }: WriteOperation): unknown {
  if (!(error instanceof WikiError || error instanceof AclError || error instanceof GitError)) return error;
  const message = `Operation ${index + 1} (${op} ${path}): ${error.message}`;
  const extra = { ...error.extra, index, op };
  if (error instanceof AclError) return new AclError(error.code, message, extra);
  return error instanceof GitError
    ? new GitError(error.code, message, extra)
    : new WikiError(error.code, message, extra);
}

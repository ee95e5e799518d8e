import type { Repository } from '@lib/git';
import type { WikiLimits } from '@lib/acl';
import type { ChangeTree, FileChange } from './change-tree.js';
import { AttachmentHistory } from './limits-attachment-bytes.js';
import { countPages } from './limits-page-count.js';
import { quoted } from '@lib/markdown';
import { pageOfFile } from './page-path.js';
import { WikiError } from './wiki-errors.js';

/** Holds a drafted change to the limits of its wiki; what does not grow passes, also above them. */
export async function holdToLimits(tree: ChangeTree, limits: WikiLimits, repository: Repository): Promise<void> {
  const changes = await tree.changes();
  for (const change of changes) await holdToSize(change, limits, tree);
  await holdToPageCount(changes, limits, tree);
  await holdToQuota(changes, limits, { tree, repository });
}

/** Sums up the attachments of a wiki with a quota before its queue of writers has to wait for it. */
export async function warmQuota(repository: Repository, limits: WikiLimits): Promise<void> {
  if (limits.attachmentBytes === null) return;
  await AttachmentHistory.upTo(repository.gitDir, await repository.tip(), repository);
}

async function holdToSize({ path, before, after }: FileChange, limits: WikiLimits, tree: ChangeTree): Promise<void> {
  const bytes = after?.bytes?.length;
  const isPage = pageOfFile(path) !== null;
  const limit = isPage ? limits.pageBytes : limits.fileBytes;
  if (bytes === undefined || bytes <= limit) return;
  if (before !== null && bytes <= (await tree.objects.blobSize(before.oid))) return;
  throw isPage ? pageTooLarge(path, bytes, limit) : fileTooLarge(path, bytes, limit);
}

async function holdToPageCount(changes: FileChange[], { pages: limit }: WikiLimits, tree: ChangeTree): Promise<void> {
  const pages = changes.filter(({ path }) => pageOfFile(path) !== null);
  const added = pages.filter(({ before }) => before === null).length;
  const growth = added - pages.filter(({ after }) => after === null).length;
  if (limit === null || growth <= 0) return;
  const count = (await countPages(tree.objects, tree.tip)) + growth;
  if (count > limit) throw pageLimit(limit, count);
}

async function holdToQuota(
  changes: FileChange[],
  { attachmentBytes: limit }: WikiLimits,
  { tree, repository }: { tree: ChangeTree; repository: Repository },
): Promise<void> {
  const files = changes.filter(({ path, after }) => after?.bytes != null && pageOfFile(path) === null);
  if (limit === null || files.length === 0) return;
  const history = await AttachmentHistory.upTo(repository.gitDir, tree.tip, tree.objects);
  const fresh = new Map(files.map(({ after }) => [after?.oid ?? '', after?.bytes?.length ?? 0]));
  const growth = [...fresh].reduce((sum, [oid, bytes]) => sum + (history.has(oid) ? 0 : bytes), 0);
  if (growth > 0 && history.bytes + growth > limit) throw attachmentQuota(limit, history.bytes + growth);
}

function pageTooLarge(file: string, bytes: number, limit: number): WikiError {
  const path = pageOfFile(file) ?? file;
  return new WikiError(
    'page-too-large',
    `${quoted(path)} would have ${bytes} bytes; a page may have ${limit}. Split it into several pages.`,
    { path, bytes, limit },
  );
}

function fileTooLarge(path: string, bytes: number, limit: number): WikiError {
  return new WikiError(
    'file-too-large',
    `${quoted(path)} has ${bytes} bytes; a file may have ${limit}. Make it smaller, or link to where it is kept.`,
    { path, bytes, limit },
  );
}

function pageLimit(limit: number, count: number): WikiError {
  return new WikiError('page-limit', pageLimitSentence(limit, count), { limit, count });
}

// A limit comes from the plan of the wiki, or from the operator where nobody pays for wikis.
const more = 'ask its owner for a larger plan, or the operator of this server for more room';

/** More pages than the plan has, as a sentence. */
export const pageLimitSentence = (limit: number, count: number): string =>
  `This wiki may have ${limit} pages; there would be ${count}. Delete pages, or ${more}.`;

function attachmentQuota(limit: number, bytes: number): WikiError {
  return new WikiError('attachment-quota', attachmentQuotaSentence(limit, bytes), { limit, bytes });
}

/** More attachments than the plan has, as a sentence. */
export const attachmentQuotaSentence = (limit: number, bytes: number): string =>
  `The attachments of this wiki may have ${limit} bytes in all; with this they would have ${bytes}. ` +
  `History keeps deleted files, so deleting does not free them; ${more}.`;

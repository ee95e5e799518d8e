import { createHash } from 'node:crypto';
import type { WikiLimits } from '@lib/acl';
import { attachmentQuotaSentence, pageLimitSentence } from './limits.js';
import type { ImportFile } from './import-files.js';
import { importRefused } from './import-refusal.js';
import { pageOfFile } from './page-path.js';
import { checkTree } from './tree-rules.js';

/** Holds files to the rules of a pushed tree and to the plan; gives the odd names among them. */
export function judgeFiles(files: ImportFile[], limits: WikiLimits): { path: string; reason: string }[] {
  const entries = files.map(({ path, bytes }) => ({ path, mode: '100644', size: bytes.length }));
  const { pageBytes, fileBytes } = limits;
  const verdict = checkTree(entries, { limits: { pageBytes, fileBytes, entries: files.length } });
  const refusals = [...verdict.refusals, ...planRefusals(files, limits)];
  if (refusals.length > 0) throw importRefused(refusals);
  return verdict.odd;
}

function planRefusals(files: ImportFile[], { pages: mostPages, attachmentBytes }: WikiLimits): string[] {
  const attachments = files.filter(({ path }) => pageOfFile(path) === null);
  const pages = files.length - attachments.length;
  const contents = new Map(attachments.map(({ bytes }) => [contentOf(bytes), bytes.length]));
  const bytes = [...contents.values()].reduce((sum, size) => sum + size, 0);
  return [
    ...(mostPages !== null && pages > mostPages ? [pageLimitSentence(mostPages, pages)] : []),
    ...(attachmentBytes !== null && bytes > attachmentBytes ? [attachmentQuotaSentence(attachmentBytes, bytes)] : []),
  ];
}

const contentOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

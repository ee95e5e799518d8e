import type { StreamableFile } from '@nestjs/common';
import type { Attachments } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { attachmentContent, attachmentDeleted, attachmentList, attachmentWritten } from './attachment.schema.js';
import { rawFile } from './raw-file.js';

type Listed = Awaited<ReturnType<Attachments['list']>>;
type Read = Awaited<ReturnType<Attachments['read']>>;
type Uploaded = Awaited<ReturnType<Attachments['write']>>;
type Removed = Awaited<ReturnType<Attachments['remove']>>;

export function attachmentsAnswer(path: string, files: Listed): z.infer<typeof attachmentList> {
  const attachments = files.map(({ filename, size, mime, lastModified }) => ({
    filename,
    size,
    mime_type: mime,
    last_modified: lastModified?.toISOString() ?? null,
  }));
  return { path, attachments, total: attachments.length };
}

/** The bytes themselves, or base64 in JSON. */
export function fileAnswer(
  file: Read & { filename: string },
  asBytes: boolean,
  reply: FastifyReply,
): StreamableFile | z.infer<typeof attachmentContent> {
  if (asBytes) return rawFile(file, reply);
  const { filename, bytes, size, mime } = file;
  return { filename, content: bytes.toString('base64'), size, mime_type: mime };
}

export function uploadedAnswer(path: string, result: Uploaded): z.infer<typeof attachmentWritten> {
  return { filename: result.filename, path, size: result.size, mime_type: result.mime, commit: result.commit };
}

export function deletedAnswer(
  { path, filename }: { path: string; filename: string },
  { commit, diff }: Removed,
): z.infer<typeof attachmentDeleted> {
  // Only a dry run comes with a diff.
  return { deleted: diff === undefined, filename, path, commit };
}

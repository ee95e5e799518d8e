import { z } from 'zod';
import { commitMessage, revision } from '../pages/page.schema.js';

const attachment = z
  .object({
    filename: z.string(),
    size: z.int(),
    mime_type: z.string(),
    last_modified: z.string().nullable(),
  })
  .meta({ id: 'Attachment' });

export const attachmentList = z
  .object({ path: z.string(), attachments: z.array(attachment), total: z.int() })
  .meta({ id: 'AttachmentList' });

export const attachmentQuery = z
  .strictObject({
    raw: z.enum(['1', 'true', '0', 'false']).optional().describe('1: the bytes themselves instead of base64 in JSON'),
    revision: revision.optional(),
  })
  .meta({ id: 'AttachmentQuery' });

export const attachmentContent = z
  .object({
    filename: z.string(),
    content: z.base64().describe('The bytes in base64'),
    size: z.int(),
    mime_type: z.string(),
  })
  .meta({ id: 'AttachmentContent' });

const postAttachment = z
  .strictObject({
    filename: z.string().min(1).max(1024),
    content: z.string().max(200_000_000).describe('The bytes in base64'),
    commit_message: commitMessage,
  })
  .meta({ id: 'PostAttachment' });

/** The same in the query, for a body that is the bytes themselves. */
export const postAttachmentQuery = z
  .strictObject({ filename: z.string().min(1).max(1024).optional(), commit_message: commitMessage })
  .meta({ id: 'PostAttachmentQuery' });

export const attachmentWritten = z
  .object({
    filename: z.string(),
    path: z.string().describe('Path of the page'),
    size: z.int(),
    mime_type: z.string(),
    commit: z.string().nullable(),
  })
  .meta({ id: 'AttachmentWritten' });

export const deleteAttachment = z
  .strictObject({ commit_message: commitMessage })
  .nullish()
  .transform((body) => body ?? {});

export const attachmentDeleted = z
  .object({ deleted: z.boolean(), filename: z.string(), path: z.string(), commit: z.string().nullable() })
  .meta({ id: 'AttachmentDeleted' });

/** JSON, or whatever bytes came with another content type. */
export const uploadBody = z.union([z.instanceof(Buffer), postAttachment]);

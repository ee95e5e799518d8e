import { WikiError } from '@lib/wiki';
import { z } from 'zod';
import { filename, message, path } from '../fields.js';
import { tool, writes } from '../tool.js';
import { optionsOf } from '../written.js';

export const uploadAttachment = tool({
  name: 'upload_attachment',
  title: 'Upload an attachment',
  description:
    'Attach a file to a page that exists, or replace one. Returns name, size, MIME type and commit. Next: edit_note to show it in the page as ![text](./filename).',
  needs: 'file.write',
  input: z.strictObject({
    path,
    filename,
    content: z.string().max(200_000_000).describe('The bytes in base64'),
    commit_message: message,
  }),
  output: z.object({
    path: z.string(),
    filename: z.string(),
    size: z.int(),
    mime_type: z.string(),
    commit: z.string().nullable(),
  }),
  annotations: writes,
  run: async ({ attachments }, access, { path, filename, content, ...rest }) => {
    const file = { path, filename, bytes: bytesOf(content), ...optionsOf(rest) };
    const result = await attachments.write(access, file);
    const { size, mime, commit } = result;
    const data = { path, filename: result.filename, size, mime_type: mime, commit };
    return { text: `Uploaded ${result.filename} to ${path} (${size} bytes)`, data };
  },
});

/** A decoder that skips what it does not know would store another file than was sent. */
function bytesOf(base64: string): Buffer {
  const compact = base64.replaceAll(/[\r\n]/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (withoutPadding(bytes.toString('base64')) !== withoutPadding(compact)) {
    throw new WikiError('bad-base64', 'The content is not base64.');
  }
  return bytes;
}

const withoutPadding = (text: string) => text.replace(/={1,2}$/, '');

import { z } from 'zod';
import { filename, optionalText, path } from '../fields.js';
import { reads, tool } from '../tool.js';

/** More base64 than this only floods the context of a model. */
const longestBase64 = 1024 * 1024;

export const downloadAttachment = tool({
  name: 'download_attachment',
  title: 'Download an attachment',
  description:
    'Get a file that is attached to a page. Returns size, MIME type and the bytes in base64; for files over 768 KiB content is null and url says where to GET them with the same token. Next: list_attachments for others.',
  needs: 'page.read',
  input: z.strictObject({ path, filename }),
  output: z.object({
    filename: z.string(),
    size: z.int(),
    mime_type: z.string(),
    content: optionalText,
    url: z.string(),
  }),
  annotations: reads,
  run: async ({ attachments, addresses }, access, { path, filename }) => {
    const { bytes, size, mime } = await attachments.read(access, path, filename);
    const at = `pages/${encodeURIComponent(path)}/attachments/${encodeURIComponent(filename)}?raw=1`;
    const url = `${addresses.rest(access.wiki)}/${at}`;
    const isLarge = Math.ceil(size / 3) * 4 > longestBase64;
    const content = isLarge ? null : bytes.toString('base64');
    const start = `Downloaded ${filename} (${size} bytes, ${mime})`;
    const large = [
      `${filename} (${size} bytes, ${mime}) is too large for an answer. GET it with your token from:`,
      url,
    ];
    const lines = content === null ? large : [start, 'Content (base64):', content];
    return { text: lines.join('\n'), data: { filename, size, mime_type: mime, content, url } };
  },
});

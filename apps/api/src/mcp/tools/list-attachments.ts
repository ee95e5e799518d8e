import { z } from 'zod';
import { optionalText, path } from '../fields.js';
import { reads, tool } from '../tool.js';

export const listAttachments = tool({
  name: 'list_attachments',
  title: 'List attachments',
  description:
    'See the files attached to a page. Returns name, size in bytes, MIME type and date of each. Next: download_attachment, or upload_attachment for a new one.',
  needs: 'page.read',
  input: z.strictObject({ path }),
  output: z.object({
    path: z.string(),
    attachments: z.array(
      z.object({ filename: z.string(), size: z.int(), mime_type: z.string(), last_modified: optionalText }),
    ),
  }),
  annotations: reads,
  run: async ({ attachments }, access, { path }) => {
    const files = (await attachments.list(access, path)).map(({ filename, size, mime, lastModified }) => ({
      ...{ filename, size, mime_type: mime },
      last_modified: lastModified?.toISOString() ?? null,
    }));
    const rows = files.map((file) => `- ${file.filename} (${file.size} bytes, ${file.mime_type}${modified(file)})`);
    const lines = [
      `Attachments for ${path} (${files.length}):`,
      '',
      ...(rows.length === 0 ? ['  (no attachments)'] : rows),
    ];
    return { text: lines.join('\n'), data: { path, attachments: files } };
  },
});

const modified = ({ last_modified }: { last_modified: string | null }) =>
  last_modified === null ? '' : `, modified ${last_modified}`;

import { z } from 'zod';
import { change, changeData } from '../changes.js';
import { count, cursor, given, next, path } from '../fields.js';
import { reads, tool } from '../tool.js';
import { indented, moreLine, short, who } from '../words.js';

export const getHistory = tool({
  name: 'get_history',
  title: 'History of a note',
  description:
    'See the revisions of one page, newest first, through renames. Returns revision, date, person, agent and message of each, and next when there is more. Next: read_note with a revision, or restore_note to bring one back.',
  needs: 'history.read',
  input: z.strictObject({ path, limit: count(1, 200, 10, 'Revisions'), cursor }),
  output: z.object({ path: z.string(), history: z.array(change.extend({ path: z.string() })), next }),
  annotations: reads,
  run: async ({ history }, access, { path, limit, cursor }) => {
    const log = await history.log(access, path, { limit, cursor: given(cursor) });
    const lines = log.changes.flatMap((entry) => [
      `- ${short(entry.revision)} | ${entry.date.toISOString()} | ${who(entry)}`,
      indented(entry.message),
    ]);
    const start =
      lines.length === 0 ? `No history for ${path}.` : `History for ${path} (${log.changes.length} revisions):`;
    const changes = log.changes.map((entry) => ({ ...changeData(entry), path: entry.path }));
    return {
      text: [start, ...lines, ...moreLine(log.next)].join('\n'),
      data: { path, history: changes, next: log.next },
    };
  },
});

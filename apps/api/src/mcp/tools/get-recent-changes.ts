import { z } from 'zod';
import { change, changeData } from '../changes.js';
import { count, cursor, given, maybe, names, next } from '../fields.js';
import { reads, tool } from '../tool.js';
import { behindLine, indented, moreLine, who } from '../words.js';

export const getRecentChanges = tool({
  name: 'get_recent_changes',
  title: 'Recent changes',
  description:
    'See what changed in the whole wiki, newest first: the way to catch up at the start of a session. Returns revision, date, person, agent, pages and message of each change, and next when there is more. Next: read_note on what changed.',
  needs: 'history.read',
  input: z.strictObject({
    limit: count(1, 200, 20, 'Changes'),
    since: maybe(64).describe('Only changes after this revision'),
    cursor,
  }),
  output: z.object({ changes: z.array(change.extend({ pages: names, files: names })), next }),
  annotations: reads,
  run: async ({ history }, access, { limit, since, cursor }) => {
    const log = await history.changes(access, { limit, since: given(since), cursor: given(cursor) });
    const lines = log.entries.flatMap((entry) => {
      const touched = [...entry.pages, ...entry.files].join(', ');
      return [`- ${entry.date.toISOString()} | ${who(entry)} | ${touched}`, indented(entry.message)];
    });
    const start = `${log.entries.length} recent changes:`;
    const changes = log.entries.map((entry) => ({ ...changeData(entry), pages: entry.pages, files: entry.files }));
    const text = [start, ...lines, ...moreLine(log.next), ...behindLine(log.behind)].join('\n');
    return { text, data: { changes, next: log.next } };
  },
});

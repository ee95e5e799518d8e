import { z } from 'zod';
import { count, given, maybe, text } from '../fields.js';
import { foundAnswer, foundOutput } from '../found.js';
import { reads, tool } from '../tool.js';

/** What a search takes, in one wiki or in all. */
export const searchInput = z.strictObject({
  query: text(100_000).describe('What to look for'),
  mode: z.enum(['hybrid', 'keyword', 'semantic']).default('hybrid').describe('keyword for names and exact words'),
  prefix: maybe(1024).describe('Only pages whose path begins so'),
  limit: count(1, 100, 20, 'Hits'),
});

export const searchNotes = tool({
  name: 'search_notes',
  title: 'Search notes',
  description:
    'Find pages by words and meaning: a question or a few words, "a phrase", -word to leave out, typos are forgiven. Returns path, snippet, score and section of each hit, best first. Next: read_note, with the section if the page is long.',
  needs: 'search.use',
  input: searchInput,
  output: foundOutput,
  annotations: reads,
  run: async ({ search }, access, { query, mode, prefix, limit }) =>
    foundAnswer(query, await search.find(access, { query, mode, limit, prefix: given(prefix) })),
});

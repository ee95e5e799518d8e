import { z } from 'zod';
import { count, text } from '../fields.js';
import { foundOutput, nearestAnswer } from '../found.js';
import { reads, tool } from '../tool.js';

export const semanticSearch = tool({
  name: 'semantic_search',
  title: 'Search notes by meaning',
  description:
    'Find passages by meaning alone, for a question or an idea. Returns the passages, nearest first; mode says how they were found. Next: read_note.',
  needs: 'search.use',
  input: z.strictObject({
    query: text(100_000).describe('A question or a description'),
    n: count(1, 50, 5, 'Hits'),
    max_chunks_per_page: count(1, 5, 1, 'Passages of one page'),
  }),
  output: foundOutput,
  annotations: reads,
  run: async ({ search }, access, { query, n, max_chunks_per_page: chunksPerPage }) =>
    nearestAnswer(query, await search.find(access, { query, mode: 'semantic', limit: n, chunksPerPage })),
});

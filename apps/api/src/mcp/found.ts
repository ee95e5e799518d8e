import type { Search } from '@lib/search';
import { z } from 'zod';
import { optionalText } from './fields.js';
import { behindLine, indented } from './words.js';

type Found = Awaited<ReturnType<Search['find']>>;

/** What both searches answer. */
export const foundOutput = z.object({
  results: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      score: z.number(),
      snippet: z.string(),
      section: optionalText,
      revision: optionalText,
    }),
  ),
  total: z.int(),
  mode: z.string(),
  reason: z.string().optional(),
  behind: z.int(),
});

/** The words and the data of a search. */
export function foundAnswer(query: string, found: Found) {
  const { results, total, mode, reason, behind } = found;
  const hits = results.map((hit) => ({
    ...{ path: hit.path, name: hit.name, score: hit.score, snippet: hit.snippet },
    section: hit.sectionPath ?? hit.section ?? null,
    revision: hit.revision ?? null,
  }));
  const lines = [`${total} results for "${query}":`, ...hits.flatMap(hitLines), ...behindLine(behind)];
  if (reason !== undefined) lines.push('', `Found by ${mode} search: ${reason}`);
  return {
    text: lines.join('\n'),
    data: { results: hits, total, mode, ...(reason !== undefined && { reason }), behind },
  };
}

function hitLines(hit: { path: string; score: number; snippet: string; section: string | null }, index: number) {
  return [
    `${index + 1}. ${hit.path} (score: ${hit.score.toFixed(2)})`,
    ...(hit.section === null ? [] : [`   Section: ${hit.section}`]),
    ...(hit.snippet.trim() === '' ? [] : [indented(hit.snippet, '   ')]),
  ];
}

import type { Search } from '@lib/search';
import { z } from 'zod';
import { optionalText } from './fields.js';
import { behindLine, indented } from './words.js';

type Found = Awaited<ReturnType<Search['find']>>;
/** `wiki` where all wikis of an account were searched. */
type Hit = Found['results'][number] & { wiki?: string };

/** About 6,000 tokens: an agent that gets more than that has less room to think about it. */
const mostLetters = 24_000;

/** What both searches answer. */
export const foundOutput = z.object({
  results: z.array(
    z.object({
      wiki: z.string().optional(),
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
export const foundAnswer = (query: string, found: Omit<Found, 'results'> & { results: Hit[] }) =>
  answerOf(query, found, hitLines);

/** The same with whole passages, for a search by meaning. */
export const nearestAnswer = (query: string, found: Found) => answerOf(query, found, passageLines);

function answerOf(query: string, found: Omit<Found, 'results'> & { results: Hit[] }, linesOf: typeof hitLines) {
  const { results, total, mode, reason, behind } = found;
  const told = results.map(linesOf);
  const shown = fitting(told);
  const hits = results.slice(0, shown).map((hit) => ({
    ...(hit.wiki !== undefined && { wiki: hit.wiki }),
    ...{ path: hit.path, name: hit.name, score: hit.score, snippet: hit.snippet },
    section: hit.sectionPath ?? hit.section,
    revision: hit.revision,
  }));
  const lines = [`${total} results for "${query}":`, ...told.slice(0, shown).flat(), ...behindLine(behind)];
  const left = results.length - shown;
  if (left > 0) lines.push('', `${left} more would be too long here: read one of these, or narrow the query.`);
  if (reason !== undefined) lines.push('', `Found by ${mode} search: ${reason}`);
  return {
    text: lines.join('\n'),
    data: { results: hits, total, mode, ...(reason !== undefined && { reason }), behind },
  };
}

/** How many hits are told within the budget; the first always is. */
function fitting(told: readonly string[][]): number {
  let letters = 0;
  const over = told.findIndex((lines) => (letters += lines.join('\n').length) > mostLetters);
  return over === -1 ? told.length : Math.max(over, 1);
}

function hitLines(hit: Hit, index: number): string[] {
  const section = hit.sectionPath ?? hit.section;
  return [
    `${index + 1}. ${hit.wiki === undefined ? '' : `${hit.wiki}: `}${hit.path} (score: ${hit.score.toFixed(2)})`,
    ...(section === null ? [] : [`   Section: ${section}`]),
    ...(hit.snippet.trim() === '' ? [] : [indented(hit.snippet, '   ')]),
  ];
}

function passageLines(hit: Hit, index: number): string[] {
  const { chunk } = hit;
  if (chunk === null) return hitLines(hit, index);
  const place = `[${chunk.index + 1}/${chunk.ofTotal}]`;
  return [
    `${index + 1}. ${hit.path} (distance: ${(1 - chunk.nearness).toFixed(2)}) ${place} — ${chunk.pageWords} words`,
    ...(hit.sectionPath === null ? [] : [`   Section: ${hit.sectionPath}`]),
    indented(chunk.text ?? hit.snippet, '   '),
  ];
}

import type { Search } from '@lib/search';
import type { z } from 'zod';
import type { searchAnswer, semanticAnswer } from './search.schema.js';

type Found = Awaited<ReturnType<Search['find']>>;
type Hit = Found['results'][number];

export function searchAnswerOf(query: string, found: Found): z.infer<typeof searchAnswer> {
  const { mode, reason, total, behind } = found;
  return { query, mode, reason, results: found.results.map(hitAnswer), total, behind };
}

/** The predecessor's shape; what only vectors know is null while the answer comes from words. */
export function semanticAnswerOf(query: string, found: Found): z.infer<typeof semanticAnswer> {
  const { mode, reason, total, behind } = found;
  const results = found.results.map((hit) => ({
    ...hitAnswer(hit),
    text: hit.snippet,
    distance: null,
    chunk_index: null,
    total_chunks: null,
    page_word_count: null,
  }));
  return { query, mode, reason, results, total, behind };
}

function hitAnswer(hit: Hit) {
  return {
    name: hit.name,
    path: hit.path,
    snippet: hit.snippet,
    score: hit.score,
    section: hit.section ?? null,
    section_path: hit.sectionPath ?? null,
    revision: hit.revision ?? null,
  };
}

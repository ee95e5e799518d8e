import type { Access } from '@lib/acl';
import type { FoundAcross, Search } from '@lib/search';
import type { z } from 'zod';
import type { searchAnswer, semanticAnswer } from './search.schema.js';

/** Hits of all wikis, each with the one it is in. */
export function acrossAnswerOf(query: string, { mode, reason, results, total }: FoundAcross) {
  const hits = results.map(({ access, ...hit }) => ({ wiki: wikiNameOf(access), ...hitAnswer(hit) }));
  return { query, mode, ...(reason !== undefined && { reason }), results: hits, total };
}

/** A wiki as the tools of an account name it. */
export const wikiNameOf = ({ wiki }: Access): string => `${wiki.owner.username}/${wiki.slug}`;

type Found = Awaited<ReturnType<Search['find']>>;
type Hit = Found['results'][number];

export function searchAnswerOf(query: string, found: Found, explain: boolean): z.infer<typeof searchAnswer> {
  const results = found.results.map((hit) => ({ ...hitAnswer(hit), ...(explain && { explain: hit.standing }) }));
  return { query, ...foundAnswer(found), results };
}

/** The predecessor's shape; what only vectors know is null while the answer comes from words. */
export function semanticAnswerOf(query: string, found: Found): z.infer<typeof semanticAnswer> {
  const results = found.results.map((hit) => ({
    ...hitAnswer(hit),
    text: hit.chunk?.text ?? hit.snippet,
    distance: hit.chunk === null ? null : 1 - hit.chunk.nearness,
    chunk_index: hit.chunk?.index ?? null,
    total_chunks: hit.chunk?.ofTotal ?? null,
    page_word_count: hit.chunk?.pageWords ?? null,
  }));
  return { query, ...foundAnswer(found), results };
}

function foundAnswer({ mode, reason, total, position, behind, meaning, at }: Found) {
  const said = { ...(reason !== undefined && { reason }), ...(at !== undefined && { at }) };
  return { mode, total, position, behind, meaning, ...said };
}

function hitAnswer(hit: Hit) {
  return {
    name: hit.name,
    path: hit.path,
    snippet: hit.snippet,
    marks: hit.marks,
    score: hit.score,
    section: hit.section,
    section_path: hit.sectionPath,
    revision: hit.revision,
  };
}

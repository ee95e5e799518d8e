import type { AccountAccess } from '@lib/acl';
import type { AccountSearch } from '../search/account-search.js';
import { wikiNameOf } from '../search/search-answers.js';
import { given } from './fields.js';
import { foundAnswer } from './found.js';
import { fitting, type ToolAnswer } from './tool.js';
import { searchInput } from './tools/search-notes.js';

/** `search_notes` over all wikis of an account; each hit says which one it is in. */
export async function searchAll(
  search: AccountSearch,
  access: AccountAccess<'wikis.list'>,
  args: unknown,
): Promise<ToolAnswer> {
  const { query, mode, prefix, limit } = fitting(searchInput, args);
  const asked = { query, mode: mode === 'keyword' ? mode : 'hybrid', prefix: given(prefix), limit } as const;
  const { results, ...found } = await search.find(access, asked);
  const named = results.map(({ access: entered, ...hit }) => ({ ...hit, wiki: wikiNameOf(entered) }));
  return foundAnswer(query, { ...found, results: named, position: null, behind: 0, meaning: null });
}

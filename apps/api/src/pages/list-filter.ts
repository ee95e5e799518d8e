import type { PageListQuery } from './page.schema.js';

/** The query of a list in the words of the wiki room. */
export function listFilter(query: PageListQuery) {
  const { updated_since, updated_before, ...rest } = query;
  return {
    ...rest,
    updatedSince: updated_since === undefined ? undefined : new Date(updated_since),
    updatedBefore: updated_before === undefined ? undefined : new Date(updated_before),
  };
}

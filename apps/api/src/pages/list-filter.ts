import type { PageListQuery } from './page.schema.js';

/** The query of a list in the words of the wiki room, which reads the dates. */
export function listFilter({ updated_since: updatedSince, updated_before: updatedBefore, ...rest }: PageListQuery) {
  return { ...rest, updatedSince, updatedBefore };
}

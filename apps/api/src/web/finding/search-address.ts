import type { SearchForm } from './finding.schema.js';

/** The address of a search on the page `at`; what is as usual is left out. */
export function searchAddress(at: string, { mode, offset, ...fields }: SearchForm): string {
  const said = { ...fields, mode: mode === 'hybrid' ? undefined : mode, offset: offset === 0 ? undefined : offset };
  const given = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `${at}?${new URLSearchParams(given)}`;
}

/** The filters of a search that are set, by the names of their fields. */
export const filtersOf = ({ folder, category, tag, author, since }: SearchForm) =>
  Object.entries({ folder, category, tag, author, since }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name: name as 'folder' | 'category' | 'tag' | 'author' | 'since', value }],
  );

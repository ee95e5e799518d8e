import type { Access } from '@lib/acl';
import type { KeywordNarrowing } from '@lib/search';
import { foldPath } from './path-folding.js';
import { storable } from './storable-text.js';

/** Collects the parameters of a statement and hands out their places. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** SQL that is true for rows of `table` (with columns wiki and path) that the access reaches. */
export function withinReach(access: Access, table: string, parameters: Parameters): string {
  const wiki = `${table}.wiki = ${parameters.add(access.wiki.id)}::uuid`;
  if (access.paths === null) return wiki;
  const paths = `${parameters.add(access.paths)}::text[]`;
  const path = `normalize(${table}.path, NFC)`;
  return `${wiki} AND EXISTS (SELECT 1 FROM unnest(${paths}) AS token (path)
    WHERE ${path} = token.path OR starts_with(${path}, token.path || '/'))`;
}

/** SQL that is true for rows of `table` among which a search was asked to look. */
export function among({ prefix, category, tag }: KeywordNarrowing, table: string, parameters: Parameters): string {
  const conditions = ['true'];
  if (prefix !== undefined && prefix !== '')
    conditions.push(`starts_with(${table}.path, ${parameters.add(storable(prefix))}::text)`);
  if (category !== undefined)
    conditions.push(`EXISTS (SELECT 1 FROM pages p WHERE p.wiki = ${table}.wiki AND p.path = ${table}.path
      AND lower(p.category) = lower(${parameters.add(storable(category))}::text))`);
  if (tag !== undefined)
    conditions.push(`EXISTS (SELECT 1 FROM page_tags t WHERE t.wiki = ${table}.wiki AND t.path = ${table}.path
      AND t.tag_key = ${parameters.add(foldPath(storable(tag)))}::text)`);
  return conditions.join(' AND ');
}

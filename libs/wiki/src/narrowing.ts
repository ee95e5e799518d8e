import type { UserId } from '@lib/acl';
import type { KeywordNarrowing } from '@lib/search';
import { dateOf, lastInstantOf } from './iso-dates.js';
import { foldPath } from './path-folding.js';
import type { Parameters } from './keyword-reach.js';
import { storable } from '@lib/markdown';

/** The pages that lists and searches look among, as the database knows them. */
export interface Narrowing {
  prefix?: string | undefined;
  category?: string | undefined;
  tag?: string | undefined;
  /** Who made the last change; null for somebody who is nobody here. */
  actor?: UserId | null | undefined;
  /** When the last change was made: not before, and not after. */
  since?: string | undefined;
  until?: string | undefined;
}

/** Knows people by their usernames. */
export interface PeopleByName {
  find(username: string): Promise<{ id: UserId } | null>;
}

/** What a search is narrowed by, with its dates read and its author looked up. */
export async function narrowingOf(asked: KeywordNarrowing, people: PeopleByName): Promise<Narrowing> {
  const { author, since, until, ...rest } = asked;
  return {
    ...rest,
    actor: author === undefined ? undefined : ((await people.find(author))?.id ?? null),
    since: since === undefined ? undefined : dateOf(since),
    until: until === undefined ? undefined : lastInstantOf(until),
  };
}

/** SQL that is true for rows of `table` (with columns wiki and path) among which it is looked. */
export function among({ prefix, tag, ...ofPage }: Narrowing, table: string, parameters: Parameters): string {
  const conditions = ['true'];
  if (prefix !== undefined && prefix !== '')
    conditions.push(`starts_with(${table}.path, ${parameters.add(storable(prefix))}::text)`);
  if (tag !== undefined)
    conditions.push(`EXISTS (SELECT 1 FROM page_tags tagged WHERE tagged.wiki = ${table}.wiki
      AND tagged.path = ${table}.path AND tagged.tag_key = ${parameters.add(foldPath(storable(tag)))}::text)`);
  const page = pageConditions(ofPage, actorOfPage, parameters);
  if (page.length > 0)
    conditions.push(`EXISTS (SELECT 1 FROM pages page WHERE page.wiki = ${table}.wiki AND page.path = ${table}.path
      AND ${page.join(' AND ')})`);
  return conditions.join(' AND ');
}

/** The same for rows `page` of what pages were once, which say all of themselves. */
export function amongVersions({ prefix, tag, ...ofPage }: Narrowing, parameters: Parameters): string {
  const conditions = pageConditions(ofPage, 'page.actor', parameters);
  if (prefix !== undefined && prefix !== '')
    conditions.push(`starts_with(page.path, ${parameters.add(storable(prefix))}::text)`);
  if (tag !== undefined) conditions.push(`${parameters.add(foldPath(storable(tag)))}::text = ANY(page.tags)`);
  return ['true', ...conditions].join(' AND ');
}

/** SQL of whoever made or pushed a commit `c`; what was imported was made by others. */
export const madeBy = `CASE WHEN c.door <> 'import' THEN c.actor END`;

const actorOfPage = `(SELECT ${madeBy} FROM commits c WHERE c.wiki = page.wiki AND c.seq = page.seq)`;

function pageConditions({ category, actor, since, until }: Narrowing, actorSql: string, parameters: Parameters) {
  const conditions: string[] = [];
  if (category !== undefined)
    conditions.push(`lower(page.category) = lower(${parameters.add(storable(category))}::text)`);
  if (since !== undefined) conditions.push(`page.updated_at >= ${parameters.add(since)}::timestamptz`);
  if (until !== undefined) conditions.push(`page.updated_at <= ${parameters.add(until)}::timestamptz`);
  if (actor !== undefined) conditions.push(`${actorSql} = ${parameters.add(actor)}::uuid`);
  return conditions;
}

import type { Access } from '@lib/acl';

/** Collects the parameters of a statement and hands out their places. */
export class Parameters {
  readonly values: unknown[];

  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

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

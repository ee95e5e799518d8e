import type { GraphQuery } from './finding.schema.js';

/** The address of a graph, or of something below it. */
export function graphAddress(base: string, { around, depth, folder, tag }: GraphQuery, below = ''): string {
  const said = { around, depth: around === undefined ? undefined : String(depth), folder, tag };
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(said)) if (value !== undefined) given.set(name, value);
  return `${base}/-/graph${below}${given.size === 0 ? '' : `?${given}`}`;
}

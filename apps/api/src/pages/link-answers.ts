import type { Pages } from '@lib/wiki';
import type { z } from 'zod';
import type { linkGraph, pageLinks } from './link.schema.js';

type Graph = Awaited<ReturnType<Pages['graph']>>;
type Links = Awaited<ReturnType<Pages['links']>>;

export function linksAnswer(path: string, { linksTo, linkedFrom }: Links): z.infer<typeof pageLinks> {
  return { path, links_to: linksTo, linked_from: linkedFrom };
}

export function graphAnswer({ nodes, edges }: Graph): z.infer<typeof linkGraph> {
  return { nodes, edges };
}

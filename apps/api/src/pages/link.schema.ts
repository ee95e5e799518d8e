import { z } from 'zod';

export const pageLinks = z
  .object({ path: z.string(), links_to: z.array(z.string()), linked_from: z.array(z.string()) })
  .meta({ id: 'PageLinks' });

export const linkGraph = z
  .object({
    nodes: z.array(z.string()).describe('Pages, and pages that are linked to and do not exist'),
    edges: z.array(z.object({ source: z.string(), target: z.string() })),
  })
  .meta({ id: 'LinkGraph' });

const count = z.object({ name: z.string(), pages: z.int() });

export const categoryCounts = z
  .object({
    categories: z.array(
      count.extend({ listed: z.boolean().describe('false: in use, but not among those of the wiki') }),
    ),
  })
  .meta({ id: 'CategoryCounts' });

export const tagCounts = z.object({ tags: z.array(count) }).meta({ id: 'TagCounts' });

import type { z } from 'zod';
import { createWiki } from '../wikis/wiki.schema.js';
import { UsageError } from './session.js';

/** What may be said of a new wiki at the command line. */
export interface WikiOptions {
  name?: string;
  purpose?: string;
  categories?: string;
  wikilinks?: string;
}

const wanted = createWiki.pick({ name: true, purpose: true, categories: true, link_order: true }).partial();

const flags: Record<string, string> = { link_order: '--wikilinks' };

/** Held to the same schema as the REST door, since nothing behind the doors looks at these again. */
export function readWikiOptions(options: WikiOptions): z.infer<typeof wanted> {
  const { name, purpose, categories, wikilinks } = options;
  const parsed = wanted.safeParse({
    name,
    purpose,
    categories: categories?.split(',').map((category) => category.trim()),
    link_order: wikilinks,
  });
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0]);
    return `${flags[field] ?? `--${field}`}: ${message}`;
  });
  throw new UsageError(complaints.join('\n'));
}

import type { PageRow } from '@lib/wiki';
import { z } from 'zod';
import { count, cursor, given, maybe, next, optionalText } from '../fields.js';
import { instant } from '../instant.js';
import { reads, tool } from '../tool.js';
import { behindLine, moreLine } from '../words.js';

const filters = {
  prefix: maybe(1024).describe('Start of the path, e.g. Actors/'),
  category: maybe(255).describe('Frontmatter category'),
  tag: maybe(255).describe('One of the frontmatter tags'),
  updated_since: maybe(40).describe('ISO 8601'),
  updated_before: maybe(40).describe('ISO 8601'),
};

export const listNotes = tool({
  name: 'list_notes',
  title: 'List notes',
  description:
    'List pages; all filters given must hold. Returns path, category, tags, date and words of each page, the total, and next when there is more. order=oldest finds pages nobody has touched for long. Next: read_note.',
  needs: 'page.read',
  input: z.strictObject({
    ...filters,
    order: z.enum(['path', 'oldest', 'newest']).default('path'),
    limit: count(1, 1000, 200, 'Pages in one answer'),
    cursor,
  }),
  output: z.object({
    notes: z.array(
      z.object({
        path: z.string(),
        category: optionalText,
        tags: z.array(z.string()),
        last_updated: optionalText,
        words: z.int(),
        revision: z.string(),
      }),
    ),
    total: z.int(),
    next,
    behind: z.int(),
  }),
  annotations: reads,
  run: async ({ pages }, access, input) => {
    const { prefix, category, tag, updated_since, updated_before, order, limit, cursor } = input;
    const found = await pages.list(access, {
      ...{ prefix: given(prefix), category: given(category), tag: given(tag), order, limit, cursor: given(cursor) },
      updatedSince: instant(updated_since),
      updatedBefore: instant(updated_before),
    });
    const start = `Found ${found.total} notes${matching(input)}:`;
    const rows = found.pages.map((row) => `- ${row.path} (${rowWords(row)})`);
    const text = [start, '', ...rows, ...moreLine(found.next), ...behindLine(found.behind)].join('\n');
    return {
      text,
      data: { notes: found.pages.map(rowData), total: found.total, next: found.next, behind: found.behind },
    };
  },
});

function matching(filter: Record<keyof typeof filters, string>): string {
  const { prefix, category, tag, updated_since, updated_before } = filter;
  const said = Object.entries({ prefix, category, tag }).map(([name, value]) => value && `${name}=${value}`);
  const since = updated_since && `updated since ${updated_since}`;
  const parts = [...said, since, updated_before && `updated before ${updated_before}`].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` matching ${parts.join(', ')}`;
}

function rowWords({ category, updatedAt, tags, words }: PageRow): string {
  const known = [
    category === null ? '' : `category: ${category}`,
    updatedAt === null ? '' : `last updated: ${updatedAt.toISOString().slice(0, 10)}`,
    tags.length === 0 ? '' : `tags: ${tags.join(', ')}`,
  ].filter((part) => part !== '');
  return [...(known.length === 0 ? ['no metadata'] : known), `${words} words`].join(', ');
}

function rowData({ path, category, tags, updatedAt, words, revision }: PageRow) {
  return { path, category, tags, last_updated: updatedAt?.toISOString() ?? null, words, revision };
}

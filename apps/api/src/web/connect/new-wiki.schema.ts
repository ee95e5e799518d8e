import { defaultCategories } from '@lib/wiki';
import { z } from 'zod';
import { createWiki } from '../../wikis/wiki.schema.js';

/** Longer than anything that is taken, so that the form itself says what is wrong. */
const text = z.string().max(30_000).default('');

export const newWikiForm = z.object({
  name: text,
  slug: text,
  purpose: text,
  categories: text,
  visibility: text,
  link_order: text,
  form_token: z.string().max(200),
});
export type NewWikiForm = z.infer<typeof newWikiForm>;

/** What stands in the form. */
export type TypedWiki = Omit<NewWikiForm, 'form_token'>;

/** What stands in the form at first. */
export const unwritten: TypedWiki = {
  ...{ name: '', slug: '', purpose: '', categories: defaultCategories.join(', ') },
  ...{ visibility: 'private', link_order: 'target-first' },
};

/** The form in the words of REST, held to the same schema. */
export function wantedWiki({ name, slug, purpose, categories, visibility, link_order }: TypedWiki) {
  const named = categories.split(/[,\n]/).map((category) => category.trim());
  return createWiki.safeParse({
    ...{ name, slug: slug.trim(), categories: named.filter((category) => category !== '') },
    ...{ visibility, link_order, ...(purpose.trim() !== '' && { purpose }) },
  });
}

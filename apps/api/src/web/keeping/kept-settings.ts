import type { WikiRef } from '@lib/acl';
import type { Settings } from '@lib/wiki';

/** What the form of the settings holds, as it is written there. */
export interface KeptSettings {
  name: string;
  purpose: string;
  /** One to a line. */
  categories: string;
  linkOrder: Settings['linkOrder'];
}

/** What becomes of a form that was sent. */
export interface Compared {
  /** The fields that were changed in the form, and have to be now. */
  change: Partial<KeptSettings>;
  /** Those of them that somebody else changed meanwhile, with what they are now. */
  conflicts: Partial<KeptSettings>;
  /** What the form shows when it is shown again: what was typed where something was, what is now elsewhere. */
  merged: KeptSettings;
}

/** The settings of a wiki as the form shows them. */
export const keptOf = ({ name, purpose }: WikiRef, { categories, linkOrder }: Settings): KeptSettings => ({
  ...{ name, linkOrder, purpose: (purpose ?? '').replace(/\r\n?/g, '\n') },
  categories: categories.join('\n'),
});

/** The categories of a field, without blank lines. */
export const categoriesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * Compares what was typed with what the form had shown and what is now. A field that was not touched is left as it is, also
 * where another changed it.
 */
export function compare(typed: KeptSettings, shown: KeptSettings, now: KeptSettings): Compared {
  const touched = fields.filter((field) => !isSame(typed, shown, field));
  const wanted = touched.filter((field) => !isSame(typed, now, field));
  const contested = wanted.filter((field) => !isSame(shown, now, field));
  return {
    change: pick(typed, wanted),
    conflicts: pick(now, contested),
    merged: { ...now, ...pick(typed, touched) },
  };
}

const fields = ['name', 'purpose', 'categories', 'linkOrder'] as const;

type Field = (typeof fields)[number];

function isSame(one: KeptSettings, other: KeptSettings, field: Field): boolean {
  if (field !== 'categories') return one[field] === other[field];
  return categoriesIn(one.categories).join('\n') === categoriesIn(other.categories).join('\n');
}

const pick = (from: KeptSettings, wanted: readonly Field[]): Partial<KeptSettings> =>
  Object.fromEntries(wanted.map((field) => [field, from[field]]));

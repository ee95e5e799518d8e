import { LRUCache } from 'lru-cache';
import { english, type Texts } from './english.js';
import { german } from './german.js';

export type { Texts } from './english.js';

const languages: readonly Texts[] = [english, german];

// Browsers have few ways to say it.
const chosen = new LRUCache<string, Texts>({ max: 500 });

/** The texts in the language that a browser likes best of those there are. */
export function textsFor(acceptLanguage = ''): Texts {
  const known = chosen.get(acceptLanguage);
  if (known !== undefined) return known;
  const texts = choose(acceptLanguage);
  chosen.set(acceptLanguage, texts);
  return texts;
}

function choose(acceptLanguage: string): Texts {
  const wanted = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((part) => /^\s*([a-z]{2,3}|\*)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(part))
    .filter((part) => part !== null)
    .map(([, language = '', weight]) => ({ language: language.toLowerCase(), weight: Number(weight ?? 1) }))
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const found = languages.find((texts) => texts.language === language);
    if (found !== undefined) return found;
  }
  return english;
}

/** The same with the time, in UTC. */
export const timeOf = (date: Date, { language }: Texts): string => `${formatOf(language, 'short').format(date)} UTC`;

/** A day as people of this language write it; the machine's form stands beside it in `<time>`. */
export const dayOf = (date: Date, { language }: Texts): string => formatOf(language).format(date);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than a hundred uses of it. */
function formatOf(language: string, timeStyle?: 'short'): Intl.DateTimeFormat {
  const key = `${language} ${timeStyle}`;
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle, timeZone: 'UTC' });
  formats.set(key, known);
  return known;
}

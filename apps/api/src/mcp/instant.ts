import { WikiError } from '@lib/wiki';

const iso = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;

/** A date or time in ISO 8601, without a zone in UTC; an empty one was not said. */
export function instant(text: string): Date | undefined {
  if (text === '') return undefined;
  const hasZone = /[T ].*(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const time = text.includes(':') && !hasZone ? `${text}Z` : text;
  const date = new Date(time.replace(' ', 'T').replace(',', '.'));
  if (!iso.test(text) || Number.isNaN(date.getTime())) {
    throw new WikiError('bad-date', 'A date is written as 2026-01-31 or 2026-01-31T12:00:00Z.');
  }
  return date;
}

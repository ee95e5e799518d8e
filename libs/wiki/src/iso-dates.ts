import { WikiError } from './wiki-errors.js';

/** A date in ISO 8601; without a zone it is UTC. A day begins with its first instant. */
export function dateOf(given: Date | string): string {
  const date = given instanceof Date ? given : new Date(zoned(given));
  const isUsual = date.getTime() >= -62_135_596_800_000 && date.getTime() < 253_402_300_800_000;
  if (!isUsual)
    throw new WikiError('bad-date', 'Give the date in ISO 8601, for example 2026-01-02 or 2026-01-02T03:04:05Z.');
  return date.toISOString();
}

/** The last instant that a date still holds: what happened on a day is not later than that day. */
export function lastInstantOf(given: Date | string): string {
  const date = dateOf(given);
  return typeof given === 'string' && !given.includes('T') ? date.replace('T00:00:00.000', 'T23:59:59.999') : date;
}

function zoned(text: string): string {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text)) return 'never';
  return /T/.test(text) && !/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text;
}

import { WikiError } from './wiki-errors.js';

/** Makes the opaque cursor of a list: which list it belongs to, and where the next part begins. */
export function cursorOf(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** The place a cursor of this list names; refuses every other text. */
export function placeOf(list: string, kinds: readonly ('string' | 'number')[], cursor: string): (string | number)[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value[0] === list && value.length === kinds.length + 1) {
      const place = value.slice(1) as unknown[];
      const isWhole = place.every((part, at) => typeof part === kinds[at] && !String(part).includes('\0'));
      if (isWhole && place.every((part) => typeof part === 'string' || Number.isSafeInteger(part))) {
        return place as (string | number)[];
      }
    }
  } catch {
    // It was never one of ours.
  }
  throw badCursor();
}

/** The refusal of what is no cursor of a list. */
export const badCursor = (): WikiError =>
  new WikiError('bad-cursor', 'That cursor does not belong to this list. Begin again without one.');

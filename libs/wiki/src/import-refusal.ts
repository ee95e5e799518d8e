import { WikiError } from './wiki-errors.js';

/** Why something is not imported, all reasons at once. */
export function importRefused(reasons: string[]): WikiError {
  return new WikiError('import-refused', reasons.join('\n'), { reasons });
}

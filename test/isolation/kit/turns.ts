import type { Asker } from './actors.js';
import { hiddenFrom } from './grants.js';
import type { WikiName } from './tenants.js';

/** The long form walks every combination; in the short one actors and wikis take turns from call to call. */
const isLong = process.env.ROUNDS !== undefined;
const everyNth = 3;

/** Who asks this time: nobody and a stranger always, and a third of the others. */
export function askersOf(turn: number, askers: readonly Asker[]): Asker[] {
  return askers.filter((asker, place) => isLong || asker.isPlain === true || (place + turn) % everyNth === 0);
}

/** Which of the wikis that an actor must not see it asks for this time. */
export function hiddenOf(turn: number, asker: Asker): WikiName[] {
  const hidden = hiddenFrom(asker);
  const count = asker.isPlain === true ? 2 : 1;
  return isLong ? hidden : [...hidden, ...hidden].slice(turn % hidden.length).slice(0, count);
}

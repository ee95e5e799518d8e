import { actions, type WikiAction } from '@lib/acl';
import { expect } from 'vitest';
import type { Asker } from './actors.js';
import { canary, canariesIn, slugs, type WikiName, wikiNames } from './tenants.js';

/** `hidden` is answered as a missing wiki is; `granted` leaves it to the rest of the request what comes of it. */
export type Outcome =
  'granted' | 'hidden' | 'bad-credential' | 'sign-in-required' | 'denied' | 'scope-too-narrow' | 'path-outside-token';

/** Whether somebody may know at all that a wiki is there. What is deleted or half-made is there for nobody. */
export function sees(asker: Asker, wiki: WikiName): boolean {
  if (asker.isBad === true) return false;
  if (wiki === 'public') return true;
  const isThere = wiki === 'shared' || wiki === 'closed';
  return isThere && asker.roles[wiki] !== undefined && (asker.wikis?.includes(wiki) ?? true);
}

/** The wikis that are, or were, somewhere and that this actor must not be able to tell from missing ones. */
export function hiddenFrom(asker: Asker): WikiName[] {
  return wikiNames.filter((wiki) => wiki !== 'absent' && !sees(asker, wiki));
}

interface Row {
  verb: 'read' | 'write' | 'admin';
  roles: readonly string[];
  public?: boolean;
  whole?: boolean;
}

/** What the table of actions promises; told apart from the code that keeps the promise. */
export function outcomeOf(asker: Asker, wiki: WikiName, action: WikiAction): Outcome {
  if (asker.isBad === true) return 'bad-credential';
  if (!sees(asker, wiki)) return asker.token === null ? 'sign-in-required' : 'hidden';
  if (asker.wikis !== null && !asker.wikis.includes(wiki)) return 'scope-too-narrow';
  const row: Row = actions[action];
  const role = asker.roles[wiki];
  const isReader = row.public === true && wiki === 'public';
  if (!isReader && (role === undefined || !row.roles.includes(role)))
    return asker.token === null ? 'sign-in-required' : 'denied';
  if (asker.token === null) return 'granted';
  if (row.whole === true && asker.paths !== null) return 'path-outside-token';
  return asker.verbs.includes(row.verb) ? 'granted' : 'scope-too-narrow';
}

/** No answer may hold a word of a wiki that the one who asked must not see. */
export function expectNothingTold(
  { headers, text }: { headers: Record<string, unknown>; text: string },
  asker: Asker,
  where: string,
): void {
  const foreign = hiddenFrom(asker).map((wiki) => canary(slugs[wiki], ''));
  const words = canariesIn(JSON.stringify(headers) + text);
  const leaked = words.filter((word) => foreign.some((start) => word.startsWith(start)));
  expect(leaked, `${asker.name}: ${where}`).toEqual([]);
}

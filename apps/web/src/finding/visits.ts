import { kept } from '../kept.js';

const mostKept = 12;
const prefix = 'wikibot:visited:';
const keyOf = (base: string) => prefix + base;

/** Remembers in this browser which page of the wiki is shown. */
export function rememberVisit(): void {
  const { base, path } = document.querySelector<HTMLElement>('form[data-palette]')?.dataset ?? {};
  if (base === undefined || path === undefined) return;
  kept.write(keyOf(base), JSON.stringify(withVisit(visitedPages(base), path)));
}

/** Nobody who has the browser next learns where somebody was who signed out. */
export function forgetVisitsOnSignOut(): void {
  const form = document.querySelector('form[action$="/auth/sign-out"]');
  form?.addEventListener('submit', () => kept.forget(prefix));
}

/** The paths of the pages visited lately, the last first. Whether they still are there only the server knows. */
export const visitedPages = (base: string): string[] => pathsIn(kept.read(keyOf(base)));

/** The visits with one more, which is the last then. */
export const withVisit = (visited: readonly string[], path: string): string[] =>
  [path, ...visited.filter((one) => one !== path)].slice(0, mostKept);

/** What was kept, as far as it can be read. */
export function pathsIn(text: string | null): string[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string').slice(0, mostKept) : [];
  } catch {
    return [];
  }
}

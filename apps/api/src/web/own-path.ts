/** Where to go on after signing in: a path of ours, whatever was asked for. */
export function ownPath(asked: unknown): string {
  // A query may name it more than once.
  if (typeof asked !== 'string' || !asked.startsWith('/') || asked.length > 2_000) return '/';
  // As a browser reads it: `//host`, `/\host` and tabs between lead elsewhere.
  const base = 'https://wikibot.invalid';
  const url = URL.canParse(asked, base) ? new URL(asked, base) : null;
  if (url === null || url.origin !== base) return '/';
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}

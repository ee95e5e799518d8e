/** More entries than this no sitemap may have. */
export const mostEntries = 50_000;

interface Entry {
  address: string;
  changed: Date | null;
}

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** A sitemap of sitemaps. */
export function sitemapIndex(entries: readonly Entry[]): string {
  const items = entries.map((entry) => `<sitemap>${inner(entry)}</sitemap>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex ${namespace}>\n${items.join('')}</sitemapindex>\n`;
}

/** A sitemap of few pages. */
export function sitemapOf(entries: readonly Entry[]): string {
  const items = entries.map((entry) => `<url>${inner(entry)}</url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespace}>\n${items.join('')}</urlset>\n`;
}

/** A sitemap of pages, piece by piece, as they are read. */
export async function* sitemap(parts: AsyncIterable<readonly Entry[]>): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespace}>\n`;
  for await (const entries of parts) yield entries.map((entry) => `<url>${inner(entry)}</url>\n`).join('');
  yield '</urlset>\n';
}

/** Addresses have none of the characters that mean something in XML but this one. */
const inner = ({ address, changed }: Entry): string =>
  `<loc>${address.replaceAll('&', '&amp;').replaceAll("'", '&apos;')}</loc>` +
  (changed === null ? '' : `<lastmod>${changed.toISOString()}</lastmod>`);

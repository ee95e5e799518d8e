/** What robots are to leave alone: forms, histories and comparisons, old revisions, and the doors of programs. */
const rules = [
  'User-agent: *',
  'Allow: /*/-/page/',
  'Allow: /*/-/file/',
  // As it is without a question; what was asked for is nobody's page.
  'Allow: /*/-/search$',
  'Allow: /-/search$',
  'Allow: /auth/sign-in$',
  'Disallow: /*/-/',
  'Disallow: /-/',
  'Disallow: /*?revision=',
  'Disallow: /api/',
  'Disallow: /*/api/v1/',
  'Disallow: /mcp',
  'Disallow: /*/mcp$',
  'Disallow: /auth/',
  'Disallow: /console/',
];

/** The file for robots (RFC 9309). Private wikis are not named: robots get from them what everybody gets, nothing. */
export const robots = (sitemaps: readonly string[]): string =>
  [...rules, '', ...sitemaps.map((address) => `Sitemap: ${address}`), ''].join('\n');

import type { Route } from './routes.js';

const style =
  ':root{color-scheme:light dark}' +
  'body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;}' +
  'code{font-size:.9em}td{padding:.25rem .75rem .25rem 0;vertical-align:top}h2{margin-top:2rem}' +
  // On a phone each route is a block of lines instead of a row of columns.
  '@media(max-width:48rem){table,tbody,tr,td{display:block}tr{padding:.5rem 0}td{padding:0}code{overflow-wrap:anywhere}}';

/** A plain index of the routes; the whole truth is in the JSON document it links to. */
export function docsPage(routes: Route[]): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  const sections = tags.map((tag) =>
    section(
      tag,
      routes.filter((route) => route.tag === tag),
    ),
  );
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>wikibot REST API</title>' +
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>` +
    '<h1>wikibot REST API</h1><p>The machine-readable document is <a href="/api/openapi.json">openapi.json</a> ' +
    '(OpenAPI 3.1). Send a token as <code>Authorization: Bearer …</code>.</p>' +
    `${sections.join('')}</body></html>\n`
  );
}

function section(tag: string, routes: Route[]): string {
  return `<h2>${escape(tag)}</h2><table>${routes.map(row).join('')}</table>`;
}

function row({ method, path, summary, needs }: Route): string {
  const cells = [
    `<code>${method.toUpperCase()}</code>`,
    `<code>${escape(path)}</code>`,
    escape(summary),
    escape(needs),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A wiki as it is told to language models. */
export interface ToldWiki {
  name: string;
  purpose: string | null;
  /** Addresses of all its pages in one text, of the list of its pages for search engines, and of its tools. */
  full: string;
  sitemap: string;
  mcp: string;
}

/** A page in a list. */
export interface ToldPage {
  name: string;
  address: string;
}

/** The list of the pages of a wiki in the form of llmstxt.org, piece by piece; `left` is how many it leaves out. */
export async function* llmsList(
  wiki: ToldWiki,
  parts: AsyncIterable<readonly ToldPage[]>,
  left: number,
): AsyncGenerator<string> {
  yield beginning(wiki);
  yield 'Each page is markdown at the address that stands here.\n\n';
  yield `- [All pages in one text](${wiki.full})\n- [Tools for agents, by MCP](${wiki.mcp})\n\n## Pages\n\n`;
  for await (const pages of parts) yield pages.map(({ name, address }) => `- [${inLine(name)}](${address})\n`).join('');
  if (left > 0) yield `\nThere are ${left} more pages; all of them are in ${wiki.sitemap}\n`;
}

/** All pages of a wiki in one text, up to some bytes; what is left out is said at its end. */
export async function* llmsFull(
  wiki: ToldWiki,
  pages: AsyncIterable<ToldPage & { bytes: Buffer }>,
  mostBytes: number,
): AsyncGenerator<Buffer> {
  yield Buffer.from(beginning(wiki));
  let room = mostBytes;
  for await (const { name, address, bytes } of pages) {
    room -= bytes.length;
    if (room < 0) {
      yield Buffer.from(`\nThis text ends before ${address}, for it would be too long. All pages: ${wiki.sitemap}\n`);
      return;
    }
    yield Buffer.from(`\n# [${inLine(name)}](${address})\n\n`);
    yield bytes;
    yield Buffer.from('\n');
  }
}

interface Told extends ToldPage {
  purpose: string | null;
}

/** The wikis of a site, and the documentation where that is. */
export function llmsOfSite(wikis: readonly Told[], manual: readonly Told[]): string {
  const docs = manual.length === 0 ? '' : `\n## Documentation\n\n${linesOf(manual)}`;
  return `# wikibot\n\n> Wikis that people and AI agents write together.\n\n## Wikis\n\n${linesOf(wikis)}${docs}`;
}

function linesOf(told: readonly Told[]): string {
  const lines = told.map(
    ({ name, purpose, address }) =>
      `- [${inLine(name)}](${address})${purpose === null ? '' : `: ${inLine(purpose)}`}\n`,
  );
  return lines.join('');
}

const beginning = ({ name, purpose }: ToldWiki): string =>
  `# ${inLine(name)}\n\n${purpose === null ? '' : `> ${inLine(purpose)}\n\n`}`;

/** A name on one line, with nothing in it that could be taken for markup. */
const inLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\[\]<>`*_]/g, '\\$&');

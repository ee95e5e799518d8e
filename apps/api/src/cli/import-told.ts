import type { ImportProgress, ImportReport } from '@lib/wiki';

/** Tells a person at a terminal how far it is; programs are told at the end. */
export function progress(): (progress: ImportProgress) => void {
  if (!process.stderr.isTTY) return () => {};
  return ({ step, done, total }) => {
    const part = done === undefined || total === undefined ? '' : ` ${done} of ${total}`;
    const isLast = step === 'writing' && done === total;
    process.stderr.write(`\r\u001b[K${step}${part}${isLast ? '\n' : ''}`);
  };
}

/** What an import brought, for people. */
export function reportLines(report: ImportReport): string[] {
  const { pages, attachments, commits, links, broken, ambiguous, oddNames, detectedLinkOrder: order, taken } = report;
  const leftOut = taken?.leftOut ?? 0;
  return [
    `  ${pages} pages and ${attachments} other files in ${commits} commits`,
    `  ${links} links, of which ${broken} lead nowhere and ${ambiguous} could mean several pages`,
    ...(order === null ? [] : [`  wikilinks are ${order}`]),
    ...(leftOut === 0 ? [] : [`  ${leftOut} files of git, Obsidian and operating systems are left out`]),
    ...oddNames.slice(0, 20).map(({ path, reason }) => `  odd name ${JSON.stringify(path)}: ${reason}`),
  ];
}

/** The token of a new wiki, which is shown this once. */
export function tokenLines({ mcp_token: token, mcp_endpoint: mcp }: { mcp_token: string; mcp_endpoint: string }) {
  return ['Its token, shown this once:', '', `  ${token}`, '', `  MCP  ${mcp}`];
}

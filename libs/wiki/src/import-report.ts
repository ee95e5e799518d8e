import { fileCandidates, pageLookup, resolveLink, type PageLookup } from './link-resolution.js';
import type { Link, LinkOrder } from '@lib/markdown';
import { pageOfFile } from './page-path.js';
import { parsePage } from './page.js';

/** What an import brings, or would bring. */
export interface ImportReport {
  pages: number;
  attachments: number;
  /** How many commits the history has; 1 for a source without one. */
  commits: number;
  links: number;
  broken: number;
  ambiguous: number;
  /** The first of the broken links; `file` is one of that name which lies elsewhere, where it is not looked for. */
  brokenLinks: { from: string; target: string; line: number; file?: string }[];
  /** Names that can be read, but not be given through other doors. */
  oddNames: { path: string; reason: string }[];
  /** The order of piped links in which more of them lead to a page; null when none tells. */
  detectedLinkOrder: LinkOrder | null;
  /** What was left out of a source without history, and how it was taken. */
  taken?: Taken;
}

/** How the files of a source were taken. */
export interface Taken {
  /** Files that programs and not people put there. */
  leftOut: number;
  /** Whether there is a git repository among them, whose history was not taken. */
  hasHistory: boolean;
  /** The folder in which all files were, and which is taken away. */
  folder: string | null;
}

/** The files of a wiki that is looked at. */
export interface LookedAt {
  files: { path: string; read: () => Promise<Buffer> }[];
  oddNames: { path: string; reason: string }[];
  commits: number;
  taken?: Taken;
  /** Used when given; else the detected one. */
  linkOrder?: LinkOrder;
  onPage?: (done: number, total: number) => void;
}

interface ReadPage {
  path: string;
  aliases: string[];
  links: Record<LinkOrder, Link[]>;
}

const mostListed = 200;

/** Reads every page and follows its links. */
export async function reportOn({
  files,
  oddNames,
  commits,
  taken,
  linkOrder,
  onPage,
}: LookedAt): Promise<ImportReport> {
  const pages: ReadPage[] = [];
  const pageFiles = files.filter(({ path }) => pageOfFile(path) !== null);
  for (const { path, read } of pageFiles) {
    pages.push(readPage(pageOfFile(path) ?? path, (await read()).toString('utf8')));
    onPage?.(pages.length, pageFiles.length);
  }
  const lookup = pageLookup(pages);
  const detectedLinkOrder = detectOrder(pages, lookup);
  const followed = follow(pages, linkOrder ?? detectedLinkOrder ?? 'target-first', {
    lookup,
    files: new Set(files.map(({ path }) => path)),
  });
  const attachments = files.length - pageFiles.length;
  const found = { pages: pages.length, attachments, commits, ...followed, oddNames, detectedLinkOrder };
  return taken === undefined ? found : { ...found, taken };
}

function readPage(path: string, text: string): ReadPage {
  const targetFirst = parsePage(text, 'target-first');
  const labelFirst = text.includes('|') ? parsePage(text, 'label-first').links : targetFirst.links;
  return {
    path,
    aliases: targetFirst.aliases,
    links: { 'target-first': targetFirst.links, 'label-first': labelFirst },
  };
}

/** In the wrong order a piped link names its label, which is seldom a page. */
function detectOrder(pages: ReadPage[], lookup: PageLookup): LinkOrder | null {
  const [target, label] = (['target-first', 'label-first'] as const).map((order) => {
    const piped = pages.flatMap(({ path, links }) => links[order].filter(isPiped).map((link) => ({ path, link })));
    return piped.filter(({ path, link }) => 'page' in resolveLink(link.target, path, lookup)).length;
  }) as [number, number];
  if (target === label) return null;
  return target > label ? 'target-first' : 'label-first';
}

const isPiped = ({ kind, label }: Link): boolean => kind === 'wiki' && label !== null;

function follow(pages: ReadPage[], order: LinkOrder, seen: { lookup: PageLookup; files: Set<string> }) {
  const found = { links: 0, broken: 0, ambiguous: 0, brokenLinks: [] as ImportReport['brokenLinks'] };
  const elsewhere = filesByName(seen.files);
  for (const { path, links } of pages) {
    for (const { target, line } of links[order]) {
      found.links += 1;
      const meant = resolveLink(target, path, seen.lookup);
      if ('ambiguous' in meant) found.ambiguous += 1;
      if (!('missing' in meant) || fileCandidates(target, path).some((file) => seen.files.has(file))) continue;
      found.broken += 1;
      const file = elsewhere.get(target.toLowerCase());
      const broken = { from: path, target, line, ...(file !== undefined && { file }) };
      if (found.brokenLinks.length < mostListed) found.brokenLinks.push(broken);
    }
  }
  return found;
}

/** Obsidian finds a file by its bare name wherever it lies; here it is looked for beside the page and at its path. */
function filesByName(files: Set<string>): Map<string, string> {
  const named = new Map<string, string>();
  for (const path of files) {
    if (pageOfFile(path) === null) named.set(path.slice(path.lastIndexOf('/') + 1).toLowerCase(), path);
  }
  return named;
}

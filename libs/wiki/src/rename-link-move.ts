import { fileCandidates, pathFromRoot, resolveLink, type PageLookup } from './link-resolution.js';
import { retarget } from './link-rewriting.js';
import type { Link } from '@lib/markdown';
import { foldPath } from './path-folding.js';

/** What links can lead to before a move. */
export interface LinkSurroundings {
  pages: PageLookup;
  files: ReadonlySet<string>;
}

/** What moves at once, from where to where. */
export interface Moving {
  pages: ReadonlyMap<string, string>;
  /** Files that are no pages. */
  files: ReadonlyMap<string, string>;
}

/** Tells of each link whether and how it has to be written anew once pages have moved. */
export class LinkMove {
  private readonly after: PageLookup;
  private readonly movedFiles: ReadonlySet<string>;
  /** Where the pages that moved were before. */
  private readonly origins: ReadonlyMap<string, string>;

  constructor(
    private readonly moving: Moving,
    private readonly before: LinkSurroundings,
  ) {
    this.after = movedLookup(before.pages, moving.pages);
    this.movedFiles = new Set(moving.files.values());
    this.origins = new Map(Array.from(moving.pages, ([from, to]) => [to, from]));
  }

  /** The new target of a link on `page` (by its new path), or null for one that stays. */
  targetOf(link: Link, page: string): string | null {
    const wasOn = this.origins.get(page) ?? page;
    const meant = resolveLink(link.target, wasOn, this.before.pages);
    if ('page' in meant) return this.toPage(link, meant.page, { page, wasOn });
    return 'missing' in meant ? this.toFile(link, { page, wasOn }) : null;
  }

  private toPage(link: Link, meant: string, { page, wasOn }: { page: string; wasOn: string }): string | null {
    const moved = this.moving.pages.get(meant);
    // Where other links lead is not for a rename to settle, but the page's own go on leading where they did.
    if (moved === undefined && !this.origins.has(page)) return null;
    const target = moved ?? meant;
    const now = resolveLink(link.target, page, this.after);
    const spelled = spellings(link.target, page);
    const wasSpelled = spellings(link.target, wasOn);
    const isSpelledAsBefore = wasSpelled.every((place, at) => place !== meant || spelled[at] === target);
    // A link by name that still finds the page is left as its author wrote it.
    const stays = 'page' in now && now.page === target && isSpelledAsBefore;
    return stays ? null : retarget(link, target, page);
  }

  private toFile(link: Link, { page, wasOn }: { page: string; wasOn: string }): string | null {
    const { files } = this.moving;
    const meant = fileCandidates(link.target, wasOn).find((file) => this.before.files.has(file));
    if (meant === undefined || (!files.has(meant) && !this.origins.has(page))) return null;
    const target = files.get(meant) ?? meant;
    const now = fileCandidates(link.target, page).find((file) => this.hasFile(file));
    return now === target ? null : retarget(link, target, page);
  }

  private hasFile(file: string): boolean {
    const { files } = this.moving;
    return (this.before.files.has(file) && !files.has(file)) || this.movedFiles.has(file);
  }
}

/** The paths a target spells out: the one it names, and the one it names when read from the root. */
function spellings(target: string, on: string): (string | undefined)[] {
  const places = [pathFromRoot(target, on), target.startsWith('./') ? pathFromRoot(target.slice(1), '') : null];
  return places.map((place) => place?.replace(/\.md$/i, ''));
}

/** The lookup after a move, without listing every page again. */
function movedLookup(before: PageLookup, moves: ReadonlyMap<string, string>): PageLookup {
  const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const [arrived, folded, named] = [new Set(moves.values()), new Map<string, string[]>(), new Map<string, string[]>()];
  for (const to of arrived) {
    listUnder(folded, foldPath(to), to);
    listUnder(named, foldPath(last(to)), to);
  }
  const moved = (pages: readonly string[], found: readonly string[] = []): string[] => [
    ...pages.filter((page) => !moves.has(page) && !found.includes(page)),
    ...found,
  ];
  return {
    has: (page) => arrived.has(page) || (!moves.has(page) && before.has(page)),
    folded: (key) => moved(before.folded(key), folded.get(key)),
    named: (key) => moved(before.named(key), named.get(key)),
  };
}

function listUnder(lists: Map<string, string[]>, key: string, page: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [page]);
  else list.push(page);
}

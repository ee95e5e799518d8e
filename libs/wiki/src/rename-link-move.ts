import { fileCandidates, pathFromRoot, resolveLink, type PageLookup } from './link-resolution.js';
import { retarget } from './link-rewriting.js';
import type { Link } from '@lib/markdown';
import { foldPath } from './path-folding.js';

/** What links can lead to before a move. */
export interface LinkSurroundings {
  pages: PageLookup;
  files: ReadonlySet<string>;
}

interface Moving {
  /** The page that moves; null when only files do. */
  page: { from: string; to: string } | null;
  /** Attachments that move, with the page or by themselves. */
  files: ReadonlyMap<string, string>;
}

/** Tells of each link whether and how it has to be written anew once a page has moved. */
export class LinkMove {
  private readonly after: PageLookup;

  constructor(
    private readonly moving: Moving,
    private readonly before: LinkSurroundings,
  ) {
    this.after = moving.page === null ? before.pages : movedLookup(before.pages, moving.page);
  }

  /** The new target of a link on `page` (by its new path), or null for one that stays. */
  targetOf(link: Link, page: string): string | null {
    const wasOn = page === this.moving.page?.to ? this.moving.page.from : page;
    const meant = resolveLink(link.target, wasOn, this.before.pages);
    if ('page' in meant) return this.toPage(link, meant.page, { page, wasOn });
    return 'missing' in meant ? this.toFile(link, { page, wasOn }) : null;
  }

  private toPage(link: Link, meant: string, { page, wasOn }: { page: string; wasOn: string }): string | null {
    if (this.moving.page === null) return null;
    const { from, to } = this.moving.page;
    // Where other links lead is not for a rename to settle, but the page's own go on leading where they did.
    if (meant !== from && page !== to) return null;
    const target = meant === from ? to : meant;
    const now = resolveLink(link.target, page, this.after);
    const spelled = spellings(link.target, page);
    const wasSpelled = spellings(link.target, wasOn);
    const isSpelledAsBefore = wasSpelled.every((place, at) => place !== meant || spelled[at] === target);
    // A link by name that still finds the page is left as its author wrote it.
    const stays = 'page' in now && now.page === target && isSpelledAsBefore;
    return stays ? null : retarget(link, target, page);
  }

  private toFile(link: Link, { page, wasOn }: { page: string; wasOn: string }): string | null {
    const { files, page: moved } = this.moving;
    const meant = fileCandidates(link.target, wasOn).find((file) => this.before.files.has(file));
    if (meant === undefined || (!files.has(meant) && page !== moved?.to)) return null;
    const target = files.get(meant) ?? meant;
    const now = fileCandidates(link.target, page).find((file) => this.hasFile(file));
    return now === target ? null : retarget(link, target, page);
  }

  private hasFile(file: string): boolean {
    const { files } = this.moving;
    return (this.before.files.has(file) && !files.has(file)) || [...files.values()].includes(file);
  }
}

/** The paths a target spells out: the one it names, and the one it names when read from the root. */
function spellings(target: string, on: string): (string | undefined)[] {
  const places = [pathFromRoot(target, on), target.startsWith('./') ? pathFromRoot(target.slice(1), '') : null];
  return places.map((place) => place?.replace(/\.md$/i, ''));
}

/** The lookup after a move, without listing every page again. */
function movedLookup(before: PageLookup, { from, to }: { from: string; to: string }): PageLookup {
  const moved = (pages: readonly string[], isFound: boolean): string[] => [
    ...pages.filter((page) => page !== from),
    ...(isFound ? [to] : []),
  ];
  const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return {
    has: (page) => page === to || (page !== from && before.has(page)),
    folded: (key) => moved(before.folded(key), foldPath(to) === key),
    named: (key) => moved(before.named(key), foldPath(last(to)) === key),
  };
}

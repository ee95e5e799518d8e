/** A page of the picture, as the server tells of it. */
export interface MapPage {
  path: string;
  address: string;
  name: string;
  category: string | null;
  linkedFrom: number;
  isMissing: boolean;
}

/** What the picture is drawn from. */
export interface LinkMap {
  pages: MapPage[];
  links: [number, number][];
  total: number;
  isCut: boolean;
}

/** The pages that each page links to, and those that link to it, as places in the list. */
export interface Neighbours {
  linksTo: number[][];
  linkedFrom: number[][];
}

export function neighboursOf({ pages, links }: LinkMap): Neighbours {
  const linksTo: number[][] = pages.map(() => []);
  const linkedFrom: number[][] = pages.map(() => []);
  for (const [from, to] of links) {
    linksTo[from]?.push(to);
    linkedFrom[to]?.push(from);
  }
  return { linksTo, linkedFrom };
}

/** The page somebody means: that of this name or path, else one that begins so, else one that has it; -1 for none. */
export function meantPage(pages: readonly MapPage[], typed: string): number {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return -1;
  const names = pages.map(({ name, path }) => [name.toLowerCase(), path.toLowerCase()]);
  const first = (fits: (name: string) => boolean) => names.findIndex((some) => some.some(fits));
  for (const fits of [
    (name: string) => name === wanted,
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(wanted),
  ]) {
    const at = first(fits);
    if (at !== -1) return at;
  }
  return -1;
}

export type Colouring = 'category' | 'folder';

/** A colour and what it stands for; `null` is for pages without, `others` for what is too rare for a colour of its own. */
export interface Group {
  name: string | null;
  pages: number;
  isOthers: boolean;
}

const mostColours = 7;

/** The groups of pages by category or folder, the biggest first, and which of them each page is in. */
export function groupsOf(pages: readonly MapPage[], by: Colouring): { groups: Group[]; of: number[] } {
  const names = pages.map((page) => (by === 'category' ? (page.category?.toLowerCase() ?? null) : folderOf(page.path)));
  const counts = new Map<string, number>();
  // Wanted pages stand with their like, but are no pages yet.
  const real = names.filter((_, at) => pages[at]?.isMissing === false);
  for (const name of real) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const groups: Group[] = sorted
    .slice(0, mostColours)
    .map(([name, count]) => ({ name, pages: count, isOthers: false }));
  const places = new Map(groups.map(({ name }, at) => [name, at]));
  const [others, none] = [groups.length, groups.length + (sorted.length > mostColours ? 1 : 0)];
  const rare = sorted.slice(mostColours).reduce((sum, [, count]) => sum + count, 0);
  if (rare > 0) groups.push({ name: null, pages: rare, isOthers: true });
  const without = real.filter((name) => name === null).length;
  if (without > 0) groups.push({ name: null, pages: without, isOthers: false });
  return { groups, of: names.map((name) => (name === null ? none : (places.get(name) ?? others))) };
}

/** The first folder of a path; null at the root. */
const folderOf = (path: string): string | null => (path.includes('/') ? (path.split('/')[0] ?? null) : null);

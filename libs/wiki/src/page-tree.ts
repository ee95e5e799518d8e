import type { Access } from '@lib/acl';
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { Parameters, withinReach } from './keyword-reach.js';

/** A name in a folder: of a page, of a folder, or of both. */
export interface TreeName {
  name: string;
  path: string;
  isPage: boolean;
  isFolder: boolean;
}

/** What lies in one folder, as far as it is shown; `''` is the root. */
export interface TreeLevel {
  folder: string;
  names: TreeName[];
  /** Whether there are more than are shown. */
  isCut: boolean;
}

interface TreeOptions {
  database: DataSource;
  catalogue: Catalogue;
}

/** Nobody looks for a page in a longer list; around the one that is read, so many are shown. */
const mostShown = 60;
const mostNamesKept = 200_000;
// As people sort: capitals beside small letters, and 10 behind 9.
const { compare } = new Intl.Collator('und', { numeric: true });

/** The folders on the way to a page, each with what lies in it. */
export class PageTree {
  private readonly known = new LRUCache<string, TreeName[]>({
    maxSize: mostNamesKept,
    sizeCalculation: (names) => names.length + 1,
  });

  constructor(private readonly given: TreeOptions) {}

  /** The levels from the root down to what lies below the path; what was read as of a commit is remembered. */
  async around(access: Access<'page.read'>, path: string): Promise<TreeLevel[]> {
    const { behind, commit } = await this.given.catalogue.fresh(access.wiki.id);
    const version = commit === null || behind > 0 || access.paths !== null ? null : `${access.wiki.id} ${commit}`;
    const levels: TreeLevel[] = [];
    let folder = '';
    for (const segment of [...(path === '' ? [] : path.split('/')), null]) {
      const names = await this.names(access, folder, version);
      // Below nothing lies nothing.
      if (names.length === 0) break;
      levels.push(cutAround({ folder, names, isCut: false }, segment));
      folder = folder === '' ? `${segment}` : `${folder}/${segment}`;
    }
    return levels;
  }

  private async names(access: Access<'page.read'>, folder: string, version: string | null): Promise<TreeName[]> {
    const key = `${version} ${folder}`;
    const known = version === null ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    const names = await this.read(access, folder);
    if (version !== null) this.known.set(key, names);
    return names;
  }

  private async read(access: Access<'page.read'>, folder: string): Promise<TreeName[]> {
    const before = folder === '' ? '' : `${folder}/`;
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    const rest = `substr(p.path, char_length(${parameters.add(before)}::text) + 1)`;
    const rows = await this.given.database.query<{ name: string; page: boolean; folder: boolean }[]>(
      `SELECT split_part(${rest}, '/', 1) AS name,
         bool_or(position('/' in ${rest}) = 0) AS page, bool_or(position('/' in ${rest}) > 0) AS folder
       FROM pages p WHERE ${within} AND starts_with(p.path, ${parameters.add(before)}::text) GROUP BY 1`,
      parameters.values,
    );
    return rows
      .map(({ name, page, folder: isFolder }) => ({ name, path: before + name, isPage: page, isFolder }))
      .sort((a, b) => compare(a.name, b.name));
  }
}

/** Long levels are shown around the name that the way goes through. */
function cutAround(level: TreeLevel, through: string | null): TreeLevel {
  const { names } = level;
  if (names.length <= mostShown) return level;
  const at = Math.max(0, through === null ? 0 : names.findIndex(({ name }) => name === through));
  const from = Math.min(Math.max(0, at - mostShown / 2), names.length - mostShown);
  return { ...level, names: names.slice(from, from + mostShown), isCut: true };
}

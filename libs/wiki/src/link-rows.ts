import type { WikiId } from '@lib/acl';
import type { EntityManager } from 'typeorm';
import { fileCandidates, type PageLookup, pathFromRoot, resolveLink } from './link-resolution.js';
import { type Link, storable } from '@lib/markdown';
import { foldPath } from './path-folding.js';
import { insertions, together } from './statements.js';

/** One link as the catalogue keeps it; `page` is where it leads, or the page that is wanted. */
export interface LinkRow {
  wiki: WikiId;
  path: string;
  position: number;
  kind: string;
  target: string;
  anchor: string | null;
  line: number;
  key: string;
  full_key: string;
}

interface Resolved {
  state: 'page' | 'file' | 'missing' | 'ambiguous';
  page: string | null;
  /** The file that a link of state `file` leads to; the catalogue need not know it. */
  file: string | null;
  candidates: string[];
}

const columns =
  'wiki uuid, path text, position int, kind text, target text, anchor text, line int, key text, full_key text, state text, page text, candidates text[]';
const longestKey = 1_000;

/** A link that is still to be resolved. */
export function linkRow(wiki: WikiId, path: string, position: number, link: Link): LinkRow {
  const target = storable(link.target).slice(0, 4_096);
  const full = foldPath((pathFromRoot(target, path) ?? target).replace(/\.md$/i, ''));
  return {
    ...{ wiki, path, position, target },
    kind: link.kind,
    anchor: link.anchor === null ? null : storable(link.anchor).slice(0, 1_000),
    line: link.line,
    key: (full.split('/').at(-1) ?? full).slice(0, longestKey),
    full_key: full.slice(0, longestKey),
  };
}

/** Finds out where links lead, with all pages and files they could mean looked up at once. */
export class LinkResolver {
  constructor(
    private readonly manager: EntityManager,
    private readonly wiki: WikiId,
  ) {}

  async insert(rows: LinkRow[]): Promise<void> {
    const resolved = await this.resolve(rows);
    const whole = rows.map((row, at) => ({ ...row, ...resolved[at] }));
    await together(this.manager, insertions('page_links', columns, whole));
  }

  /** Resolves again what may lead elsewhere since these names came or went; links of `fresh` pages are as new. */
  async renew(keys: string[], fresh: string[]): Promise<void> {
    if (keys.length === 0) return;
    const rows = await this.manager.query<LinkRow[]>(
      `SELECT wiki, path, position, kind, target, anchor, line, key, full_key FROM page_links
       WHERE wiki = $1 AND (key = ANY($2::text[]) OR full_key = ANY($2::text[])) AND path <> ALL($3::text[])`,
      [this.wiki, keys, fresh],
    );
    if (rows.length === 0) return;
    const resolved = await this.resolve(rows);
    const renewed = rows.map(({ path, position }, at) => ({ path, position, ...resolved[at] }));
    await this.manager.query(
      `UPDATE page_links l SET state = r.state, page = r.page, candidates = r.candidates
       FROM jsonb_to_recordset($2::jsonb) AS r (path text, position int, state text, page text, candidates text[])
       WHERE l.wiki = $1 AND l.path = r.path AND l.position = r.position
         AND (l.state, l.page, l.candidates) IS DISTINCT FROM (r.state, r.page, r.candidates)`,
      [this.wiki, JSON.stringify(renewed)],
    );
  }

  async resolve(rows: Pick<LinkRow, 'path' | 'target' | 'key' | 'full_key'>[]): Promise<Resolved[]> {
    const lookup = await this.lookup([...new Set(rows.flatMap(({ key, full_key: full }) => [key, full]))]);
    const found = rows.map(({ target, path }) => resolvedOf(target, path, lookup));
    const files = await this.files(rows.filter((_, at) => found[at]?.state === 'missing'));
    return found.map((one, at) => {
      const { target = '', path = '' } = rows[at] ?? {};
      if (one.state !== 'missing') return one;
      const file = fileCandidates(target, path).find((candidate) => files.has(candidate));
      return file === undefined ? one : { state: 'file', page: null, file, candidates: [] };
    });
  }

  private async lookup(keys: string[]): Promise<PageLookup> {
    const rows = await this.manager.query<{ key: string; path: string }[]>(
      'SELECT key, path FROM page_names WHERE wiki = $1 AND key = ANY($2::text[])',
      [this.wiki, keys],
    );
    const [pages, named, folded] = [new Set<string>(), new Map<string, string[]>(), new Map<string, string[]>()];
    for (const { key, path } of rows) {
      named.set(key, [...(named.get(key) ?? []), path]);
      if (pages.has(path)) continue;
      pages.add(path);
      folded.set(foldPath(path), [...(folded.get(foldPath(path)) ?? []), path]);
    }
    return { has: (p) => pages.has(p), folded: (key) => folded.get(key) ?? [], named: (key) => named.get(key) ?? [] };
  }

  private async files(rows: { path: string; target: string }[]): Promise<Set<string>> {
    const candidates = [...new Set(rows.flatMap(({ target, path }) => fileCandidates(target, path)))];
    if (candidates.length === 0) return new Set();
    const found = await this.manager.query<{ path: string }[]>(
      'SELECT path FROM files WHERE wiki = $1 AND path = ANY($2::text[])',
      [this.wiki, candidates],
    );
    return new Set(found.map(({ path }) => path));
  }
}

const none = { page: null, file: null, candidates: [] };

function resolvedOf(target: string, from: string, lookup: PageLookup): Resolved {
  const resolution = resolveLink(target, from, lookup);
  if ('page' in resolution) return { ...none, state: 'page', page: resolution.page };
  if ('ambiguous' in resolution) return { ...none, state: 'ambiguous', candidates: resolution.ambiguous };
  return { ...none, state: 'missing', page: resolution.missing };
}

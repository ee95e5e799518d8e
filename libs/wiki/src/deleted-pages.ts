import { type Access, type UserId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { type ChangeInfo, ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { withinPaths } from './change-reach.js';
import { cursorOf, placeOf } from './cursors.js';
import { Parameters } from './keyword-reach.js';

/** A page that there was. */
export interface DeletedPage {
  path: string;
  /** A revision at which it still was as it was last; null when git has none. */
  last: string | null;
  /** The change that deleted it. */
  deleted: ChangeInfo;
}

interface Row extends CommitRow {
  seq: string;
  path: string;
  last: string | null;
}

const gone = `p.kind = 'remove' AND p.path LIKE '%_.md' AND p.path NOT LIKE '%/.md'
  AND NOT EXISTS (SELECT 1 FROM commit_paths later WHERE later.wiki = p.wiki AND later.path = p.path AND later.seq > p.seq)
  AND NOT EXISTS (SELECT 1 FROM commit_paths r
    WHERE r.wiki = p.wiki AND r.seq = p.seq AND r.kind = 'rename' AND r.from_path = p.path)`;

/** The last commit in which a page was what its deletion took away. */
const kept = `LEFT JOIN LATERAL (
  SELECT k.oid FROM commit_paths q JOIN commits k ON k.wiki = q.wiki AND k.seq = q.seq
  WHERE q.wiki = p.wiki AND q.path = p.path AND q.seq < p.seq AND q.new_blob = p.old_blob ORDER BY q.seq DESC LIMIT 1
) kept ON true`;

/** Lists the pages that were deleted and are not there again, so that they can be brought back. */
export class DeletedPages {
  private readonly infos: ChangeInfos;

  constructor(
    private readonly given: {
      database: DataSource;
      catalogue: Catalogue;
      usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
    },
  ) {
    this.infos = new ChangeInfos(given);
  }

  /** One part of them, what was deleted last first. */
  async list(
    access: Access<'history.read'>,
    { limit = 50, cursor }: { limit?: number; cursor?: string | undefined },
  ): Promise<{ pages: DeletedPage[]; next: string | null }> {
    await this.given.catalogue.fresh(access.wiki.id);
    const rows = await this.rows(access, limit + 1, cursor);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next = rows.length > limit && last ? cursorOf('deleted', [Number(last.seq), last.path]) : null;
    const infos = await this.infos.of(access, shown);
    const pages = infos.flatMap((deleted, at) => {
      const row = shown[at];
      return row === undefined ? [] : [{ path: row.path.slice(0, -'.md'.length), last: row.last, deleted }];
    });
    return { pages, next };
  }

  private rows(access: Access, limit: number, cursor: string | undefined): Promise<Row[]> {
    const parameters = new Parameters();
    const conditions = [`p.wiki = ${parameters.add(access.wiki.id)}`, gone];
    if (access.paths !== null) conditions.push(withinPaths(`${parameters.add(access.paths)}::text[]`));
    if (cursor !== undefined) {
      const [seq, path] = placeOf('deleted', ['number', 'string'], cursor).map((part) => parameters.add(part));
      conditions.push(`(p.seq < ${seq}::bigint OR (p.seq = ${seq}::bigint AND p.path > ${path}::text COLLATE "C"))`);
    }
    return this.given.database.query<Row[]>(
      `SELECT ${commitColumns}, p.seq, p.path, kept.oid AS last FROM commit_paths p
       JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq ${kept}
       WHERE ${conditions.join(' AND ')} ORDER BY p.seq DESC, p.path LIMIT ${parameters.add(limit)}`,
      parameters.values,
    );
  }
}

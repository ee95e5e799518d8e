import type { Access, UserId, WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { type ChangeInfo, ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { pageOfFile } from './page-path.js';

interface Given {
  database: DataSource;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

/** The newest change of a wiki: its number, and when it was made. */
export interface Newest {
  seq: number;
  at: Date;
}

/** A page that somebody changed, and where that is seen. */
interface ChangedPage {
  path: string;
  /** The newest change of it. */
  revision: string;
  kind: 'add' | 'change' | 'remove' | 'rename';
  /** How many of the changes touched it. */
  times: number;
}

/** What a person, or an agent for a person, changed in a wiki. */
export interface AuthorNews {
  author: ChangeInfo['author'];
  agent: string | null;
  changes: number;
  newest: Date;
  pages: ChangedPage[];
  files: number;
}

/** What changed in a wiki, by those who changed it: people first. */
export interface WikiNews {
  wiki: WikiId;
  /** The commit after which these are, for comparisons; null for the beginning. */
  since: string | null;
  by: AuthorNews[];
  /** Whether there were more changes than were read. */
  isCut: boolean;
}

interface Row extends CommitRow {
  wiki: WikiId;
  since: string | null;
  touched: { path: string; kind: ChangedPage['kind'] }[];
}

const most = { changes: 50, touched: 20 };

const news = `
  SELECT m.wiki, (SELECT b.oid FROM commits b WHERE b.wiki = m.wiki AND b.seq = m.seq) AS since, c.*
  FROM unnest($1::uuid[], $2::bigint[]) AS m (wiki, seq) CROSS JOIN LATERAL (
    SELECT ${commitColumns}, c.seq, ARRAY(
      SELECT json_build_object('path', p.path, 'kind', p.kind) FROM commit_paths p
      WHERE p.wiki = c.wiki AND p.seq = c.seq ORDER BY p.path LIMIT ${most.touched}) AS touched
    FROM commits c
    WHERE c.wiki = m.wiki AND c.seq > m.seq AND ($3::uuid IS NULL OR c.actor IS DISTINCT FROM $3 OR c.door IS DISTINCT FROM 'web')
    ORDER BY c.seq DESC LIMIT $4 + 1) c
  ORDER BY m.wiki, c.seq DESC`;

const newest = `
  SELECT w.wiki, c.seq, c.authored_at AS at FROM unnest($1::uuid[]) AS w (wiki) CROSS JOIN LATERAL (
    SELECT seq, authored_at FROM commits WHERE wiki = w.wiki ORDER BY seq DESC LIMIT 1) c`;

/** What happened lately in many wikis at once, from the database alone. */
export class ChangesAcross {
  private readonly infos: ChangeInfos;

  constructor(private readonly given: Given) {
    this.infos = new ChangeInfos(given);
  }

  /** The newest change of each wiki that has any. */
  async newest(accesses: readonly Access<'history.read'>[]): Promise<Map<WikiId, Newest>> {
    const rows = await this.given.database.query<{ wiki: WikiId; seq: string; at: Date }[]>(newest, [
      whole(accesses).map(({ wiki }) => wiki.id),
    ]);
    return new Map(rows.map(({ wiki, seq, at }) => [wiki, { seq: Number(seq), at }]));
  }

  /**
   * What was changed in each wiki after a change of that number; without `hasOwn` not what the one who asks did in the
   * browser themselves. Wikis without news are left out.
   */
  async since(
    asked: readonly { access: Access<'history.read'>; seq: number }[],
    { limit = most.changes, hasOwn = false }: { limit?: number; hasOwn?: boolean } = {},
  ): Promise<WikiNews[]> {
    const reached = asked.filter(({ access }) => access.paths === null);
    const [first] = reached;
    if (first === undefined) return [];
    const rows = await this.given.database.query<Row[]>(news, [
      ...[reached.map(({ access }) => access.wiki.id), reached.map(({ seq }) => seq)],
      ...[hasOwn ? null : first.access.actor.userId, limit],
    ]);
    const found = reached.map(async ({ access }) => {
      const own = rows.filter(({ wiki }) => wiki === access.wiki.id);
      return this.newsOf(access, own, limit);
    });
    return (await Promise.all(found)).filter(({ by }) => by.length > 0);
  }

  private async newsOf(access: Access, rows: readonly Row[], limit: number): Promise<WikiNews> {
    const shown = rows.slice(0, limit);
    const infos = await this.infos.of(access, shown);
    const by = new Map<string, AuthorNews>();
    for (const [at, info] of infos.entries()) {
      const key = JSON.stringify([info.author.username ?? info.author.name, info.agent]);
      const author = by.get(key) ?? nothingOf(info);
      by.set(key, author);
      add(author, info, shown[at]?.touched ?? []);
    }
    const people = [...by.values()];
    return {
      wiki: access.wiki.id,
      since: shown[0]?.since ?? null,
      by: [...people.filter(({ agent }) => agent === null), ...people.filter(({ agent }) => agent !== null)],
      isCut: rows.length > limit,
    };
  }
}

/** A token that reaches a part of a wiki is told of changes by the list of that wiki, which knows its paths. */
const whole = (accesses: readonly Access<'history.read'>[]) => accesses.filter(({ paths }) => paths === null);

const nothingOf = ({ author, agent, date }: ChangeInfo): AuthorNews => ({
  ...{ author, agent, changes: 0, newest: date, pages: [], files: 0 },
});

/** Counts one more change, which is older than those before it. */
function add(author: AuthorNews, { revision }: ChangeInfo, touched: Row['touched']): void {
  author.changes += 1;
  for (const { path: file, kind } of touched) {
    const path = pageOfFile(file);
    const known = author.pages.find((page) => page.path === path);
    if (known !== undefined) known.times += 1;
    else if (path === null) author.files += 1;
    else author.pages.push({ path, revision, kind, times: 1 });
  }
}

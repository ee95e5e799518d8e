import type { Access, UserId } from '@lib/acl';
import type { CommitInfo } from '@lib/git';
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { beyondReach, withheldMessage } from './change-reach.js';

/** One change as people are told of it. */
export interface ChangeInfo {
  revision: string;
  author: { name: string; username: string | null };
  /** The label of the token or client that made it for the person. */
  agent: string | null;
  /** Username of who pushed a commit; its author may be anybody. */
  pushedBy: string | null;
  door: string | null;
  date: Date;
  message: string;
}

/** A commit as the catalogue has it. */
export interface CommitRow {
  oid: string;
  author_name: string;
  authored_at: Date;
  message: string;
  actor: UserId | null;
  door: string | null;
  agent: string | null;
}

export const commitColumns = 'c.oid, c.author_name, c.authored_at, c.message, c.actor, c.door, c.agent';

interface Given {
  database: DataSource;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

/** Turns commits into changes, with the username of whoever made them by one of our doors. */
export class ChangeInfos {
  /** A username never changes. */
  private readonly known = new LRUCache<UserId, string>({ max: 10_000 });

  constructor(private readonly given: Given) {}

  async of(access: Access, rows: readonly CommitRow[]): Promise<ChangeInfo[]> {
    const wanted = rows.flatMap((row) =>
      row.actor !== null && (isOurs(row) || isPushed(row)) && !this.known.has(row.actor) ? [row.actor] : [],
    );
    for (const [id, username] of await this.given.usernames([...new Set(wanted)])) this.known.set(id, username);
    const oids = rows.map(({ oid }) => oid);
    const beyond = await beyondReach(this.given.database, access, oids);
    return rows.map((row) => ({ ...this.info(row), ...(beyond.has(row.oid) && { message: withheldMessage }) }));
  }

  /** A commit of which only git knows so far. */
  unrecorded(access: Access, { oid, author, message }: CommitInfo): ChangeInfo {
    const date = new Date(author.seconds * 1000);
    const said = {
      revision: oid,
      author: { name: author.name, username: null },
      agent: null,
      door: null,
      pushedBy: null,
    };
    // What else it touched is not known yet.
    return { ...said, date, message: access.paths === null ? withoutTrailers(message) : withheldMessage };
  }

  private info(row: CommitRow): ChangeInfo {
    const username = row.actor === null ? null : (this.known.get(row.actor) ?? null);
    return {
      revision: row.oid,
      author: { name: row.author_name, username: isOurs(row) ? username : null },
      agent: row.agent,
      pushedBy: isPushed(row) ? username : null,
      door: row.door,
      date: row.authored_at,
      message: isOurs(row) ? withoutTrailers(row.message) : row.message.trimEnd(),
    };
  }
}

/** A pushed or imported commit may claim any author; ours name who really asked. */
const isOurs = ({ door }: CommitRow): boolean => door !== null && door !== 'git' && door !== 'import';

const isPushed = ({ door }: CommitRow): boolean => door === 'git';

/** The message without the paragraph of trailers that we put under it. */
function withoutTrailers(message: string): string {
  const end = message.trimEnd().lastIndexOf('\n\n');
  const last = message
    .slice(end + 2)
    .trim()
    .split('\n');
  const isTrailers = end !== -1 && last.every((line) => /^Wikibot-[A-Z][a-z]+: /.test(line));
  return (isTrailers ? message.slice(0, end) : message).trimEnd();
}

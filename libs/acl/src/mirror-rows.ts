import type { PersonDocument, UserDocument, WikiDocument } from './mirror-documents.js';
import { type Queryable, rowsOf } from './rows.js';
import { wikiColumns, type WikiRow, wikiTables } from './wiki-rows.js';

const persons = `
  SELECT u.id, u.username, u.display_name, u.email, u.is_admin, u.created_at, u.suspended_at,
    coalesce((SELECT jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject)
      ORDER BY i.issuer, i.subject) FROM identities i WHERE i.user_id = u.id), '[]') AS identities
  FROM users u WHERE u.id = ANY($1::uuid[]) ORDER BY u.id`;

interface PersonRow {
  id: string;
  username: string;
  display_name: string;
  email: string | null;
  is_admin: boolean;
  created_at: Date;
  suspended_at: Date | null;
  identities: { issuer: string; subject: string }[];
}

interface GrantRow {
  wiki_id: string;
  user_id: string;
  role: 'editor' | 'viewer';
  granted_by: string | null;
  granted_at: Date;
}

/** What the files of these people should say. */
export async function userDocuments(database: Queryable, ids: readonly string[]): Promise<UserDocument[]> {
  const kept = `SELECT name, user_id, released_at FROM names
    WHERE user_id = ANY($1::uuid[]) AND released_at IS NOT NULL ORDER BY name`;
  const names = await rowsOf<{ name: string; user_id: string; released_at: Date }>(database, kept, [ids]);
  return (await rowsOf<PersonRow>(database, persons, [ids])).map((row) => ({
    format: 1,
    ...personDocumentOf(row),
    isAdmin: row.is_admin,
    suspendedAt: row.suspended_at?.toISOString() ?? null,
    keptNames: names
      .filter((name) => name.user_id === row.id)
      .map((name) => ({ name: name.name, releasedAt: name.released_at.toISOString() })),
  }));
}

/** What the files of these wikis should say, their settings aside; half-made wikis have none yet. */
export async function wikiDocuments(database: Queryable, ids: readonly string[]): Promise<WikiDocument[]> {
  const sql = `SELECT ${wikiColumns} FROM ${wikiTables} WHERE w.id = ANY($1::uuid[]) AND w.state <> 'creating'`;
  const wikis = await rowsOf<WikiRow>(database, sql, [ids]);
  const granted = 'SELECT * FROM grants WHERE wiki_id = ANY($1::uuid[]) ORDER BY wiki_id, user_id';
  const grants = await rowsOf<GrantRow>(database, granted, [ids]);
  const named = [...wikis.map((wiki) => wiki.owner_id), ...grants.map((grant) => grant.user_id)];
  const rows = await rowsOf<PersonRow>(database, persons, [[...new Set(named)]]);
  const people = new Map(rows.map((row) => [row.id, personDocumentOf(row)]));
  return wikis.flatMap((wiki) => {
    const owner = people.get(wiki.owner_id);
    return owner === undefined ? [] : [wikiDocumentOf(wiki, owner, grantsOf(wiki, grants, people))];
  });
}

function wikiDocumentOf(wiki: WikiRow, owner: PersonDocument, grants: WikiDocument['grants']): WikiDocument {
  return {
    format: 1,
    id: wiki.id,
    owner,
    slug: wiki.slug,
    customSlug: wiki.custom_slug,
    name: wiki.name,
    purpose: wiki.purpose,
    visibility: wiki.visibility,
    plan: wiki.plan,
    paymentStatus: wiki.payment_status,
    createdAt: wiki.created_at.toISOString(),
    deletedAt: wiki.deleted_at?.toISOString() ?? null,
    settings: null,
    grants,
  };
}

function grantsOf(wiki: WikiRow, grants: GrantRow[], people: Map<string, PersonDocument>): WikiDocument['grants'] {
  const own = grants.filter((grant) => grant.wiki_id === wiki.id);
  return own.flatMap(({ user_id, role, granted_by, granted_at }) => {
    const user = people.get(user_id);
    return user === undefined ? [] : [{ user, role, grantedBy: granted_by, grantedAt: granted_at.toISOString() }];
  });
}

function personDocumentOf(row: PersonRow): PersonDocument {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    email: row.email,
    identities: row.identities,
    createdAt: row.created_at.toISOString(),
  };
}

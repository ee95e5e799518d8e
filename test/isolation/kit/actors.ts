import type { TestApp } from '../../../apps/api/test/kit/app.js';
import { makeTenants, owner, slugs, wikiNames, type WikiName } from './tenants.js';

type Role = 'owner' | 'editor' | 'viewer';
type Verb = 'read' | 'write' | 'admin';

/** Somebody who asks, and all that bears on what they may do. */
export interface Asker {
  name: string;
  token: string | null;
  /** A credential that is none any more is refused before anything is asked about a wiki. */
  isBad?: true;
  /** One of the kinds that are tried on every wiki in every way. */
  isPlain?: true;
  roles: Partial<Record<WikiName, Role>>;
  verbs: readonly Verb[];
  /** What the token is narrowed to; null is everything. */
  wikis: readonly WikiName[] | null;
  paths: readonly string[] | null;
}

const all: readonly Verb[] = ['read', 'write', 'admin'];
const unlimited = { verbs: all, wikis: null, paths: null };

/** Makes the tenants and every kind of actor. Those who can change most come last, as walks go through them in order. */
export async function makeAskers(app: TestApp): Promise<Asker[]> {
  const { ownerToken, wikiTokens } = await makeTenants(app);
  const { tokens, people, members, acl, actors, database, cache } = app.rooms;
  const asOwner = await actors.byUsername(owner, 'rest');
  const idOf = async (name: WikiName) =>
    (await acl.require('wiki.read', asOwner, { owner, slug: slugs[name] })).wiki.id;
  const ids = { shared: await idOf('shared'), closed: await idOf('closed'), public: await idOf('public') };
  const join = async (username: string, role: 'editor' | 'viewer') => {
    const { token } = await app.addUser(username);
    const access = await acl.require('members.manage', asOwner, { owner, slug: slugs.shared });
    await members.set(access, username, role);
    return token;
  };
  const secret = async (username: string, verbs: readonly Verb[], more: { wikis?: string[]; paths?: string[] } = {}) =>
    (await tokens.createFor(username, { label: 'narrow', verbs, ...more })).secret;
  const ended = async (sql: string) => {
    const made = await tokens.createFor(owner, { label: 'ended', verbs: all });
    await database.source.query(sql, [made.id]);
    return made.secret;
  };
  const suspended = (await app.addUser('suzie')).token;
  const leaver = await join('louis', 'viewer');
  const access = await acl.require('members.manage', asOwner, { owner, slug: slugs.shared });
  await members.remove(access, 'louis');
  await database.source.query(`UPDATE users SET suspended_at = now() WHERE username = 'suzie'`);
  await people.create({ username: 'adele', isAdmin: true });
  const owned: Asker['roles'] = Object.fromEntries(wikiNames.map((name) => [name, 'owner']));
  const wikiToken = (name: WikiName) => ({ token: wikiTokens.get(slugs[name]) ?? '', wikis: [name] });
  const limited = { ...unlimited, roles: owned };
  const askers: Asker[] = [
    { name: 'nobody', token: null, isPlain: true, roles: {}, ...unlimited },
    { name: 'a stranger', token: (await app.addUser('mallory')).token, isPlain: true, roles: {}, ...unlimited },
    { name: 'an operator', token: await secret('adele', all), roles: {}, ...unlimited },
    { name: 'one who was a viewer', token: leaver, roles: {}, ...unlimited },
    {
      name: 'a revoked token',
      token: await ended('UPDATE tokens SET revoked_at = now() WHERE id = $1'),
      isBad: true,
      ...limited,
    },
    {
      name: 'an expired token',
      token: await ended(`UPDATE tokens SET expires_at = now() - interval '1 s' WHERE id = $1`),
      isBad: true,
      ...limited,
    },
    { name: 'one who is suspended', token: suspended, isBad: true, roles: {}, ...unlimited },
    { name: 'the token of a deleted wiki', token: wikiTokens.get(slugs.gone) ?? '', isBad: true, ...limited },
    { name: 'the token of another wiki', ...limited, ...wikiToken('closed'), verbs: ['read', 'write'] },
    { name: 'the token of the shared wiki', ...limited, ...wikiToken('shared'), verbs: ['read', 'write'] },
    {
      name: 'the owner elsewhere',
      ...limited,
      token: await secret(owner, all, { wikis: [ids.closed] }),
      wikis: ['closed'],
    },
    {
      name: 'the owner in a folder',
      ...limited,
      token: await secret(owner, all, { paths: ['Allowed'] }),
      paths: ['Allowed'],
    },
    { name: 'the owner reading', ...limited, token: await secret(owner, ['read']), verbs: ['read'] },
    { name: 'the owner writing', ...limited, token: await secret(owner, ['write']), verbs: ['write'] },
    { name: 'a viewer', token: await join('vera', 'viewer'), roles: { shared: 'viewer' }, ...unlimited },
    { name: 'an editor', token: await join('eddy', 'editor'), roles: { shared: 'editor' }, ...unlimited },
    { name: 'the owner', ...limited, token: ownerToken },
  ];
  cache.forget();
  return askers;
}

import type { Role, Verb } from './actor.js';

interface WikiActionRow {
  /** What it lets one do, as a sentence for people. */
  sentence: string;
  about: 'wiki';
  verb: Verb;
  roles: readonly Role[];
  /** Anyone may do it on a public wiki. */
  public?: true;
  /** It changes something, so a lapsed wiki refuses it unless `whenLapsed` says otherwise. */
  changes?: true;
  whenLapsed?: boolean;
  /** It concerns the wiki as a whole, so a path-limited token cannot have it. */
  whole?: true;
  /** The plan feature without which it is refused. */
  feature?: 'push' | 'customSlug';
}

interface AccountActionRow {
  sentence: string;
  about: 'account';
  verb: Verb;
  /** Tokens limited to wikis or paths may have it; all others are refused. */
  narrowTokens?: true;
  adminOnly?: true;
}

const everyone = ['owner', 'editor', 'viewer'] as const;
const writers = ['owner', 'editor'] as const;
const owner = ['owner'] as const;

/** Everything that can be done here, and who may do it. */
export const actions = {
  'wiki.read': row('Sees that the wiki exists, its name and purpose', 'read', everyone, { public: true }),
  'page.read': row('Reads pages and attachments', 'read', everyone, { public: true }),
  'page.write': row('Creates, edits, renames and deletes pages', 'write', writers, { changes: true }),
  'file.write': row('Adds and deletes attachments', 'write', writers, { changes: true }),
  'history.read': row('Reads old revisions, diffs and blame', 'read', everyone, { public: true }),
  'search.use': row('Searches pages', 'read', everyone, { public: true }),
  'mcp.use': row('Connects by MCP', 'read', everyone, { public: true, whenLapsed: false }),
  'repo.read': row('Clones and fetches the repository', 'read', everyone, { public: true, whole: true }),
  'repo.push': row('Pushes to the repository', 'write', writers, { changes: true, whole: true, feature: 'push' }),
  'garden.read': row('Sees what needs care: orphans, broken links, stale pages', 'read', everyone, {
    public: true,
    whole: true,
  }),
  'wiki.export': row('Exports the whole wiki', 'read', everyone, { public: true, whole: true }),
  'members.read': row('Sees who has which role', 'read', everyone, { whole: true }),
  'members.manage': row('Gives and takes roles', 'admin', owner, { changes: true, whole: true }),
  'members.leave': row('Gives the own role back', 'admin', ['editor', 'viewer'], {
    changes: true,
    whole: true,
    whenLapsed: true,
  }),
  'wiki.settings': row('Changes name, purpose and settings', 'admin', owner, { changes: true, whole: true }),
  'wiki.rename': row('Changes the address of the wiki', 'admin', owner, { changes: true, whole: true }),
  'wiki.publish': row('Makes the wiki public or private', 'admin', owner, { changes: true, whole: true }),
  'wiki.slug': row('Chooses a custom address', 'admin', owner, { changes: true, whole: true, feature: 'customSlug' }),
  'wiki.delete': row('Deletes the wiki', 'admin', owner, { changes: true, whole: true, whenLapsed: true }),
  'wiki.restore': row('Restores the wiki within seven days of its deletion', 'admin', owner, {
    changes: true,
    whole: true,
    whenLapsed: true,
  }),
  'wiki.reindex': row('Builds lists and search anew', 'admin', owner, { whole: true }),
  'wiki.tokens': row("Makes and revokes the wiki's own token", 'admin', owner, {
    changes: true,
    whole: true,
    whenLapsed: true,
  }),
  'account.read': accountRow('Sees the own account', 'read'),
  'account.write': accountRow('Changes the own account', 'admin'),
  'wikis.list': accountRow('Lists the wikis one has a role on', 'read', { narrowTokens: true }),
  'wiki.create': accountRow('Creates a wiki', 'admin'),
  'tokens.manage': accountRow('Makes, lists and revokes tokens', 'admin'),
  operate: accountRow('Operates the platform', 'admin', { adminOnly: true }),
} as const;

type Actions = typeof actions;

/** The name of something done to a wiki. */
export type WikiAction = { [A in keyof Actions]: Actions[A]['about'] extends 'wiki' ? A : never }[keyof Actions];

/** The name of something done with an account, or with the platform. */
export type AccountAction = Exclude<keyof Actions, WikiAction>;

/** The name of anything that can be done. */
export type Action = keyof Actions;

/** The names of all wiki actions. */
export const wikiActions = names('wiki') as readonly WikiAction[];

/** The names of all account actions. */
export const accountActions = names('account') as readonly AccountAction[];

/** The row of a wiki action, with its optional fields. */
export const wikiActionRow = (action: WikiAction): WikiActionRow => actions[action];

/** The row of an account action, with its optional fields. */
export const accountActionRow = (action: AccountAction): AccountActionRow => actions[action];

function row(sentence: string, verb: Verb, roles: readonly Role[], more: Partial<WikiActionRow> = {}): WikiActionRow {
  return { sentence, about: 'wiki', verb, roles, ...more };
}

function accountRow(sentence: string, verb: Verb, more: Partial<AccountActionRow> = {}): AccountActionRow {
  return { sentence, about: 'account', verb, ...more };
}

function names(about: 'wiki' | 'account'): string[] {
  return Object.entries(actions)
    .filter(([, action]) => action.about === about)
    .map(([name]) => name);
}

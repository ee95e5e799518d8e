export { actions, accountActions, wikiActions, type AccountAction, type Action, type WikiAction } from './actions.js';
export type { Actor, Door, Role, SignedInActor, TokenScope, Verb } from './actor.js';
export type { Access, AccountAccess } from './access.js';
export { AccessCache, type AccessCacheOptions } from './access-cache.js';
export { Acl, type AclOptions } from './acl.js';
export {
  AclError,
  aclErrorCodes,
  badCredential,
  fieldsRefused,
  signInRequired,
  wikiNotFound,
  type AclErrorCode,
} from './acl-errors.js';
export { Actors, type ActorsOptions } from './actors.js';
export { aclEntities } from './entities/entities.js';
export { HostSessions } from './host-sessions.js';
export { manualWiki } from './manual-wiki.js';
export { Members, type MemberRow } from './members.js';
export { aclMigrations } from './migrations/migrations.js';
export { Mirror, type MirrorOptions } from './mirror.js';
export type { MirroredSettings } from './mirrored-settings.js';
export {
  parseCustomSlug,
  parseDisplayName,
  parsePurpose,
  parseSlug,
  parseUsername,
  slugPattern,
  usernamePattern,
} from './names.js';
export { Passkeys, type PasskeyRow, type RelyingParty } from './passkeys.js';
export { People, type NewPerson, type Person } from './people.js';
export { freeWikisPerPerson, Plans, type BillingOptions } from './plans.js';
export type { Reconstructed } from './reconstruction.js';
export { looksLikeToken } from './secrets.js';
export { Sessions, type SessionRow } from './sessions.js';
export { SignInAttempts, type Attempt } from './sign-in-attempts.js';
export { EmailChanges, type NewAddress } from './email-changes.js';
export { Invitations, type Invitation } from './invitations.js';
export type { Asking } from './mail-limits.js';
export { Outbox, type Letter } from './outbox.js';
export { PasswordChanges } from './password-changes.js';
export { longestPassword, shortestPassword } from './passwords.js';
export { SignUp, type SignUpMode } from './sign-up.js';
export type { SignUpFields } from './sign-up-fields.js';
export { isWithin, mayTouch, reaches } from './token-paths.js';
export { Tokens, type NewToken, type TokenRow } from './tokens.js';
export { Usage } from './usage.js';
export type { PaymentStatus, Plan, UserId, Visibility, WikiAddress, WikiId, WikiLimits, WikiRef } from './wiki-ref.js';
export { WikiInvitations, type Invited, type OpenInvitation } from './wiki-invitations.js';
export {
  Wikis,
  type AnyWiki,
  type DeletedWiki,
  type MadeWiki,
  type MyWiki,
  type NewWiki,
  type SeenWiki,
  type WikisOptions,
} from './wikis.js';

export { actions, accountActions, wikiActions, type AccountAction, type Action, type WikiAction } from './actions.js';
export type { Actor, Door, Role, SignedInActor, TokenScope, Verb } from './actor.js';
export type { Access, AccountAccess } from './access.js';
export {
  AclError,
  aclErrorCodes,
  badCredential,
  signInRequired,
  wikiNotFound,
  type AclErrorCode,
} from './acl-errors.js';
export type { PaymentStatus, Plan, UserId, Visibility, WikiAddress, WikiId, WikiLimits, WikiRef } from './wiki-ref.js';
export { AccessCache } from './access-cache.js';
export { Acl } from './acl.js';
export { Actors } from './actors.js';
export { aclEntities } from './entities/entities.js';
export { Members, type MemberRow } from './members.js';
export { aclMigrations } from './migrations/migrations.js';
export { Mirror } from './mirror.js';
export { People, type Person } from './people.js';
export { Plans } from './plans.js';
export { mayTouch, reaches } from './token-paths.js';
export { Tokens, type TokenRow } from './tokens.js';
export { Usage } from './usage.js';
export { Wikis, type MyWiki } from './wikis.js';

export { actions, accountActions, wikiActions, type AccountAction, type Action, type WikiAction } from './actions.js';
export type { Actor, Door, Role, SignedInActor, TokenScope, Verb } from './actor.js';
export type { Access, AccountAccess } from './access.js';
export { AclError, aclErrorCodes, badCredential, signInRequired, wikiNotFound, type AclErrorCode } from './acl-errors.js';
export type {
  PaymentStatus,
  Plan,
  UserId,
  Visibility,
  WikiAddress,
  WikiId,
  WikiLimits,
  WikiRef,
} from './wiki-ref.js';

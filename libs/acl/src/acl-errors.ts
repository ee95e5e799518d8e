/** Every code an AclError may carry; the doors map each to a status. */
export const aclErrorCodes = [
  'sign-in-required',
  'bad-credential',
  'wiki-not-found',
  'user-not-found',
  'denied',
  'scope-too-narrow',
  'path-outside-token',
  'plan-refuses',
  'wiki-lapsed',
  'limit-reached',
  'name-taken',
  'slug-taken',
  'name-not-allowed',
  'password-not-allowed',
  'expiry-not-allowed',
  'confirmation-mismatch',
  'token-not-found',
  'too-many-failures',
  'member-not-found',
  'invitation-not-found',
  'not-restorable',
  'session-not-found',
  'passkey-not-found',
  'passkey-not-valid',
  'proof-required',
  'last-way-in',
  'fields-refused',
  'link-not-valid',
  'sign-up-closed',
] as const;

/** One of the codes of an AclError. */
export type AclErrorCode = (typeof aclErrorCodes)[number];

/** A refusal of the acl room: a stable code, a public sentence, and public facts beside it. */
export class AclError extends Error {
  constructor(
    readonly code: AclErrorCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'AclError';
  }
}

/** Nobody asked for something that takes a person; the door answers with its own challenge. */
export const signInRequired = () => new AclError('sign-in-required', 'Sign in, or send a token, to do this.');

/** One sentence for malformed, unknown, expired and revoked alike, so that none can be told from another. */
export const badCredential = () =>
  new AclError('bad-credential', 'This token or password is not valid: it may be mistyped, expired or revoked.');

/** The same answer for a wiki that is missing and one the asker may not see. */
export const wikiNotFound = () => new AclError('wiki-not-found', 'There is no such wiki, or you may not see it.');

/** What is wrong with the fields of a form, by field: the rule that each of them breaks. */
export type Faults = Partial<
  Record<'username' | 'displayName' | 'email' | 'password' | 'ownPassword' | 'currentPassword', string>
>;

/** Some fields cannot be taken as they are; each is named with the rule it breaks. */
export const fieldsRefused = (fields: Faults) =>
  new AclError('fields-refused', 'Some of the fields cannot be taken as they are.', { fields });

/** One sentence for links that are mistyped, used, expired and withdrawn alike. */
export const linkNotValid = () =>
  new AclError('link-not-valid', 'This link is not valid: it may be incomplete, used already, or too old.');

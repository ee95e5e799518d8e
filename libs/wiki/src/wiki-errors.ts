/** A refusal of the wiki room: a stable code, a public sentence, and public facts beside it. */
export class WikiError extends Error {
  constructor(
    readonly code: WikiErrorCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'WikiError';
  }
}

/** Every code a WikiError may carry; the doors map each to a status. */
export const wikiErrorCodes = [
  'page-not-found',
  'revision-not-found',
  'section-not-found',
  'attachment-not-found',
  'page-exists',
  'file-exists',
  'page-moved-on',
  'revert-conflict',
  'revision-required',
  'path-not-allowed',
  'revision-not-valid',
  'edit-not-found',
  'edit-ambiguous',
  'edit-identical',
  'nothing-to-change',
  'page-too-large',
  'file-too-large',
  'attachment-quota',
  'page-limit',
  'bad-base64',
  'bad-cursor',
  'bad-date',
  'path-twin',
  'batch-too-large',
  'message-not-valid',
  'precondition-failed',
  'content-not-valid',
  'idempotency-mismatch',
  'import-refused',
  'import-not-found',
  'too-far-back',
] as const;

/** One of the codes of a WikiError. */
export type WikiErrorCode = (typeof wikiErrorCodes)[number];

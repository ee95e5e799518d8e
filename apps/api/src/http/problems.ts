import { STATUS_CODES } from 'node:http';
import { AclError, type AclErrorCode } from '@lib/acl';
import { GitError, type GitErrorCode, storageTrouble } from '@lib/git';
import { SearchError, type SearchErrorCode } from '@lib/search';
import { WikiError, type WikiErrorCode } from '@lib/wiki';
import { databaseTrouble } from './database-trouble.js';
import { DoorError, type DoorErrorCode } from './door-error.js';

interface ProblemRow {
  status: number;
  title: string;
  /** What to do next. */
  hint?: string;
}

type Code = AclErrorCode | GitErrorCode | SearchErrorCode | WikiErrorCode | DoorErrorCode;

/** What each refusal means to callers, at every door. What is not here is our fault. */
export const problems: Record<Code, ProblemRow> = {
  // acl
  'sign-in-required': { status: 401, title: 'Sign in first', hint: 'Send a token as Authorization: Bearer.' },
  'bad-credential': { status: 401, title: 'That credential is not valid', hint: 'Make a new token.' },
  'wiki-not-found': { status: 404, title: 'No such wiki' },
  'user-not-found': { status: 404, title: 'No such person' },
  denied: { status: 403, title: 'You may not do that here' },
  'scope-too-narrow': { status: 403, title: 'The token does not reach that far', hint: 'Use a token with this right.' },
  'path-outside-token': { status: 403, title: 'The token is limited to other paths' },
  'plan-refuses': {
    status: 403,
    title: 'The plan of this wiki does not include that',
    hint: 'Ask its owner to upgrade.',
  },
  'wiki-lapsed': { status: 403, title: 'The payment for this wiki has lapsed', hint: 'Its owner can renew it.' },
  'limit-reached': { status: 403, title: 'A limit is reached' },
  'name-taken': { status: 409, title: 'That name is taken', hint: 'Choose another.' },
  'slug-taken': { status: 409, title: 'You have a wiki under that slug', hint: 'Choose another.' },
  'name-not-allowed': { status: 422, title: 'That name is not allowed' },
  'password-not-allowed': { status: 422, title: 'That password is not allowed' },
  'expiry-not-allowed': { status: 422, title: 'That expiry is not allowed' },
  'confirmation-mismatch': { status: 422, title: 'The confirmation does not match', hint: 'Type it as owner/slug.' },
  'token-not-found': { status: 404, title: 'No such token' },
  'too-many-failures': { status: 429, title: 'Too many failed attempts', hint: 'Wait, then try again.' },
  'member-not-found': { status: 404, title: 'No such member' },
  'invitation-not-found': { status: 404, title: 'No such invitation' },
  'not-restorable': { status: 404, title: 'Nothing to restore' },
  'session-not-found': { status: 404, title: 'No such session' },
  'passkey-not-found': { status: 404, title: 'No such passkey' },
  'passkey-not-valid': { status: 422, title: 'That passkey did not work', hint: 'Try again.' },
  'proof-required': { status: 403, title: 'Confirm first that it is you', hint: 'Sign in again.' },
  'last-way-in': { status: 409, title: 'That is the only way to sign in', hint: 'Add another one first.' },
  'fields-refused': { status: 422, title: 'Some fields cannot be taken as they are' },
  'link-not-valid': { status: 404, title: 'That link is not valid', hint: 'Ask for a new one.' },
  'sign-up-closed': { status: 403, title: 'Nobody signs up here without an invitation', hint: 'Ask the operator.' },
  // git
  'repository-missing': { status: 404, title: 'No such repository' },
  'ref-moved-on': { status: 409, title: 'The wiki changed in the meantime', hint: 'Pull, then push again.' },
  'path-clash': { status: 409, title: 'A file and a folder cannot share a path' },
  'push-refused': { status: 422, title: 'The push was refused' },
  'pack-refused': { status: 422, title: 'The push could not be read' },
  'too-large': { status: 413, title: 'That is too large' },
  'object-missing': {
    status: 500,
    title: 'The repository is damaged',
    hint: 'Tell the operator; `wikibot doctor` names it.',
  },
  'object-corrupt': {
    status: 500,
    title: 'The repository is damaged',
    hint: 'Tell the operator; `wikibot doctor` names it.',
  },
  'git-failed': { status: 500, title: 'git failed' },
  busy: { status: 503, title: 'Busy', hint: 'Try again in a moment.' },
  'timed-out': { status: 503, title: 'That took too long', hint: 'Try again in a moment.' },
  'storage-full': {
    status: 507,
    title: 'The disk is full',
    hint: 'Nothing was changed; reading works. Tell the operator, and try again later.',
  },
  'storage-refused': {
    status: 503,
    title: 'Nothing can be written at the moment',
    hint: 'Nothing was changed. Tell the operator, and try again later.',
  },
  // wiki
  'page-not-found': { status: 404, title: 'No such page', hint: 'List the pages, or create it.' },
  'revision-not-found': { status: 404, title: 'No such revision' },
  'section-not-found': { status: 404, title: 'No such section' },
  'attachment-not-found': { status: 404, title: 'No such attachment' },
  'page-exists': { status: 409, title: 'There is a page already' },
  'file-exists': { status: 409, title: 'There is a file already', hint: 'Choose another name, or replace it.' },
  'page-moved-on': { status: 409, title: 'The page changed since you read it', hint: 'Read it again, then write.' },
  'revert-conflict': { status: 409, title: 'Later changes stand in the way', hint: 'Change those pages by hand.' },
  'revision-required': { status: 409, title: 'The page exists', hint: 'Read it, and send the revision you read.' },
  'precondition-failed': {
    status: 412,
    title: 'The page is not as If-Match demands',
    hint: 'Read it again, then write.',
  },
  'path-not-allowed': { status: 422, title: 'That path is not allowed' },
  'revision-not-valid': { status: 422, title: 'That is not a revision' },
  'edit-not-found': { status: 422, title: 'The text to replace is not there' },
  'edit-ambiguous': { status: 422, title: 'The text to replace is there more than once' },
  'edit-identical': { status: 422, title: 'Nothing would change' },
  'nothing-to-change': { status: 422, title: 'Nothing would change' },
  'page-too-large': { status: 413, title: 'The page is too large' },
  'file-too-large': { status: 413, title: 'The file is too large' },
  'attachment-quota': { status: 413, title: 'The attachments of this wiki are at their limit' },
  'page-limit': { status: 403, title: 'The pages of this wiki are at their limit' },
  'bad-base64': { status: 422, title: 'That is not base64' },
  'bad-cursor': { status: 422, title: 'That is not a cursor of this list' },
  'bad-date': { status: 422, title: 'That is not a date' },
  'path-twin': { status: 409, title: 'A path differs only in case or spelling' },
  'batch-too-large': { status: 422, title: 'Too many operations at once' },
  'message-not-valid': { status: 422, title: 'That commit message cannot be stored' },
  'content-not-valid': { status: 422, title: 'That content cannot be stored' },
  'idempotency-mismatch': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'import-refused': { status: 422, title: 'The import was refused' },
  'import-not-found': { status: 404, title: 'No such import' },
  'too-far-back': {
    status: 422,
    title: 'Too much changed since then',
    hint: 'Search at a later date, or read pages at that revision.',
  },
  // search
  'query-empty': { status: 422, title: 'There is nothing to search for' },
  'query-too-long': { status: 422, title: 'The query is too long' },
  'meaning-unavailable': { status: 503, title: 'Search by meaning is not available', hint: 'Search by words.' },
  // the doors themselves
  'not-valid': { status: 422, title: 'The request is not valid' },
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'method-not-allowed': { status: 405, title: 'That method is not allowed here' },
  'unknown-host': { status: 421, title: 'This server does not serve that host' },
  'media-type-not-supported': { status: 415, title: 'That content type is not supported here' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'form-stale': { status: 403, title: 'This form is too old', hint: 'Load the page again.' },
  'origin-refused': { status: 403, title: 'Requests from that origin are refused' },
  'smart-http-only': { status: 403, title: 'Only smart HTTP is spoken here' },
  'reindex-running': { status: 409, title: 'The index is being rebuilt already' },
  'not-ready': { status: 503, title: 'Not ready yet', hint: 'Try again in a moment.' },
  internal: { status: 500, title: 'Something went wrong on our side' },
};

/** A refusal in the words every door shares. */
export interface Problem extends ProblemRow {
  code: string;
  detail: string;
  extra: Record<string, unknown>;
}

interface Coded {
  code: string;
  message: string;
  extra?: Record<string, unknown>;
}

/** What an error says to callers; anything unknown is ours and says nothing of itself. */
export function problemOf(thrown: unknown): Problem {
  const error = databaseTrouble(thrown) ?? storageTrouble(thrown) ?? thrown;
  if (isOurs(error)) {
    const row = (problems as Record<string, ProblemRow | undefined>)[error.code];
    if (row !== undefined && row.status !== 500)
      return { code: error.code, ...row, detail: error.message, extra: error.extra ?? {} };
    if (row !== undefined) return { code: error.code, ...row, detail: row.title, extra: {} };
  }
  return { code: 'internal', ...problems.internal, detail: 'It has been logged under this request id.', extra: {} };
}

function isOurs(error: unknown): error is Coded {
  return [AclError, DoorError, GitError, SearchError, WikiError].some((kind) => error instanceof kind);
}

/** The title of a status that no code of ours stands behind. */
export const titleOfStatus = (status: number): string => STATUS_CODES[status] ?? 'Refused';

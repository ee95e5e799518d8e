import { type Problem, problemOf } from '../http/problems.js';

const byCode: Record<string, string> = {
  'page-not-found': 'Page not found',
  'attachment-not-found': 'Attachment not found',
  'revision-not-found': 'Revision not found',
  'wiki-not-found': 'Wiki not found',
  'sign-in-required': 'Sign-in required',
  'revision-required': 'Conflict: Revision required',
  'edit-ambiguous': 'Invalid request: ambiguous',
  'timed-out': 'Took too long',
};

const byStatus: Record<number, string> = {
  400: 'Invalid request',
  401: 'Authentication failed',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  412: 'Conflict',
  413: 'Content too large',
  422: 'Invalid request',
};

const again = 'Call read_note for the current revision and content, then make your change again.';

/** What to do next, in the tools of this door instead of the addresses of REST. */
const advice: Record<string, string> = {
  'page-not-found': 'Use list_notes or search_notes to find it, or write_note to create it.',
  'attachment-not-found': 'Use list_attachments to see the files of the page.',
  'revision-not-found': 'Use get_history to see the revisions of the page.',
  'section-not-found': '',
  'page-exists': 'Choose another path, or read_note and edit_note the page that is there.',
  'page-moved-on': again,
  'precondition-failed': again,
  'revision-required': 'Call read_note, and pass the revision it gives.',
  'edit-not-found': 'Call read_note and copy old_string exactly, blanks and line breaks included.',
  'edit-ambiguous': 'Give more of the text around it, so that old_string occurs once.',
};

/** A refusal as REST gives it, in words a model can act on. */
export function refusalText(error: unknown, requestId = ''): { text: string; problem: Problem } {
  const problem = problemOf(error);
  const { code, detail, hint = '', extra } = problem;
  if (problem.code === 'internal') return { problem, text: internal(problem, requestId) };
  const start =
    code === 'section-not-found' ? detail : `${byCode[code] ?? byStatus[problem.status] ?? problem.title}: ${detail}`;
  const current = extra['current_revision'];
  const lines = [start, advice[code] ?? hint, typeof current === 'string' ? `Current revision: ${current}` : ''];
  return { problem, text: lines.filter((line) => line !== '').join('\n') };
}

function internal({ title }: Problem, requestId: string): string {
  const id = requestId === '' ? '' : ` the request id ${requestId}`;
  return `Wiki error: ${title}. Try again; if it stays, tell the operator${id}.`;
}

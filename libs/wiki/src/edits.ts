import { lineBreakOf, withLineBreaks } from './line-breaks.js';
import { WikiError } from './wiki-errors.js';

/** Replaces the one occurrence of `oldString` in the raw page, frontmatter included; every other byte stays. */
export function editUnique(text: string, oldString: string, newString: string): string {
  if (oldString === '') throw new WikiError('edit-not-found', 'old_string must not be empty.');
  if (oldString === newString)
    throw new WikiError('edit-identical', 'old_string and new_string are identical: nothing would change.');
  const at = text.indexOf(oldString);
  if (at === -1) return editWithLineBreaks(text, oldString, newString);
  // The second may overlap the first: `aa` is twice in `aaa`.
  if (text.includes(oldString, at + 1)) throw ambiguous(text, oldString);
  return text.slice(0, at) + newString + text.slice(at + oldString.length);
}

/** Tries again with the line breaks of the page, since a client that reads JSON may have lost the carriage returns. */
function editWithLineBreaks(text: string, oldString: string, newString: string): string {
  const converted = withLineBreaks(oldString, text);
  if (converted !== oldString && text.includes(converted))
    return editUnique(text, converted, withLineBreaks(newString, text));
  throw new WikiError(
    'edit-not-found',
    'old_string was not found in the page. Read it again and copy the text exactly, blanks and line breaks included.',
  );
}

function ambiguous(text: string, oldString: string): WikiError {
  const count = Math.max(2, text.split(oldString).length - 1);
  return new WikiError(
    'edit-ambiguous',
    `old_string is ambiguous: it occurs ${count} times in the page. Give more of the text around it.`,
    { count },
  );
}

/** Puts text at the end of a page, on a line of its own and with a line break behind it. */
export function appendText(text: string, addition: string): string {
  const lineBreak = lineBreakOf(text);
  const fresh = withLineBreaks(addition, text);
  const before = text === '' || /[\r\n]$/.test(text) ? '' : lineBreak;
  const after = fresh === '' || /[\r\n]$/.test(fresh) ? '' : lineBreak;
  return fresh === '' ? text : text + before + fresh + after;
}

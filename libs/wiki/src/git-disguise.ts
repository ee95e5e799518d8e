// What HFS+ leaves out when it compares names, so that `.g<ZWNJ>it` opens `.git` there.
const hfsIgnorable = /[\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF]/gu;

/** Whether some file system would take this name for `.git`. */
export function isGitDisguise(segment: string): boolean {
  return disguises(segment).some((name) => name === '.git' || name === 'git~1');
}

/** Whether some file system would take this name for `.gitmodules`, which makes clients fetch from elsewhere. */
export function isGitmodulesDisguise(segment: string): boolean {
  return disguises(segment).some((name) => name === '.gitmodules' || /^(?:gitmod|gi7eba)~\d$/.test(name));
}

/** The plain names a name stands for: backslashes separate on Windows, `:` opens a stream, final dots and blanks go. */
function disguises(segment: string): string[] {
  const seen = segment.replace(hfsIgnorable, '').normalize('NFC').toLowerCase();
  return seen.split('\\').map((part) => withoutTail(part.split(':', 1)[0] ?? ''));
}

function withoutTail(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end--;
  return name.slice(0, end);
}

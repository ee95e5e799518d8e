/** What is written between brackets or parentheses, taken apart; offsets are within what was given. */
export interface WrittenTarget {
  target: string;
  anchor: string | null;
  /** The part that names the page, without anchor and query. */
  start: number;
  end: number;
}

// A longer one cannot be the path of a file.
const longestTarget = 1100;
const scheme = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const addressLike = /^(?:[a-z][a-z0-9+.-]*:\/\/|\/\/|mailto:|data:|javascript:)/i;

/** Reads the target of a wikilink; null when it names nothing in the wiki. */
export function wikiTarget(written: string): WrittenTarget | null {
  const before = written.length - written.trimStart().length;
  // In tables the bar is written `\|`; a page path has no backslash, so a final one belongs to the bar.
  const whole = written.trim().replace(/\\$/, '').trimEnd();
  if (addressLike.test(whole)) return null;
  const hash = whole.indexOf('#');
  // `[[C#]]` has no anchor to speak of: the sign is part of the name.
  const cut = hash === -1 || hash === whole.length - 1 ? whole.length : hash;
  const named = whole.slice(0, cut).trimEnd();
  const target = named.startsWith('/') ? named.slice(1) : named;
  if (!isUsable(target)) return null;
  return { target, anchor: cut < whole.length ? whole.slice(cut + 1).trim() : null, start: before, end: before + cut };
}

/** Reads the destination of a markdown link; null when it leads out of the wiki or stays on the page. */
export function markdownTarget(written: string): WrittenTarget | null {
  if (scheme.test(unescaped(written))) return null;
  const cut = /[#?]/.exec(written)?.index ?? written.length;
  const path = decoded(unescaped(written.slice(0, cut)));
  if (!isUsable(path)) return null;
  const hash = written.indexOf('#', cut);
  const anchor = hash === -1 ? null : decoded(unescaped(written.slice(hash + 1)));
  return { target: /^(?:\/|\.\.?\/)/.test(path) ? path : `./${path}`, anchor: anchor || null, start: 0, end: cut };
}

function isUsable(target: string): boolean {
  if (target === '' || target === '/' || target === './') return false;
  return Buffer.byteLength(target) <= longestTarget && !/[\p{Cc}\p{Cs}]/u.test(target);
}

function unescaped(written: string): string {
  return written.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/&amp;/gi, '&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Writes a path so that markdown and addresses read it as one: what they would take for syntax is encoded. */
export function encodeTarget(path: string, angled: boolean): string {
  const special = angled ? /[%<>#?\\&\p{Cc}]/gu : /[\s%()<>"'#?\\[\]&|`*\p{Cc}]/gu;
  return path.replace(special, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

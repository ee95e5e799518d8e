import { isStorable } from './change-text.js';
import { WikiError } from './wiki-errors.js';

/** What our trailers say of a commit. */
export interface Trailers {
  door: string;
  /** On one line. */
  agent: string | null;
  /** The hash of an Idempotency-Key. */
  key?: string;
  moves?: readonly { from: string; to: string }[];
}

const longest = 10_000;

/** Refuses a message that git or a reader could not keep as it is. */
export function checkMessage(message: string | undefined): void {
  if (message === undefined) return;
  if (message.length > longest) {
    throw new WikiError(
      'message-not-valid',
      `A commit message may have ${longest} characters; this has ${message.length}.`,
    );
  }
  if (!isStorable(message)) {
    throw new WikiError('message-not-valid', 'A commit message may hold neither NUL nor half of a character.');
  }
}

/**
 * The message as given, or the default, and our trailers in a paragraph of their own: what the given text says in
 * trailers is above them and is only text.
 */
export function commitMessage(given: string | undefined, fallback: string, trailers: Trailers): string {
  const message = given === undefined || given.trim() === '' ? fallback : given;
  return `${message}${message.endsWith('\n') ? '\n' : '\n\n'}${trailerLines(trailers).join('\n')}\n`;
}

function trailerLines({ door, agent, key, moves = [] }: Trailers): string[] {
  return [
    `Wikibot-Via: ${door}`,
    ...(agent === null ? [] : [`Wikibot-Agent: ${agent}`]),
    ...moves.map(({ from, to }) => `Wikibot-Moved: ${from} -> ${to}`),
    ...(key === undefined ? [] : [`Wikibot-Key: ${key}`]),
  ];
}

/** The hash of the Idempotency-Key that a commit was made under; null when it names none. */
export function keyOf(message: string): string | null {
  const last = message.trimEnd().split('\n\n').at(-1) ?? '';
  return /^Wikibot-Key: ([0-9a-f]{64})$/m.exec(last)?.[1] ?? null;
}

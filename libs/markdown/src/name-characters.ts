const controls = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

// ZWNJ and ZWJ are letters' business in Persian, Indic scripts and emoji, so they are the two that may stay.
const invisible =
  /(?![\u200C\u200D])[\u034F\u17B4\u17B5\u180B-\u180F\uFE00-\uFE0D\u{E0100}-\u{E01EF}\p{Cf}\u115F\u1160\u3164\uFFA0]/u;
const strayVariation = /(?<!\p{Emoji})[\uFE0E\uFE0F]/u;
const notText = /[\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/u;

/** Why the characters of a name could deceive a reader or a terminal; null when they cannot. */
export function deceptiveCharacter(name: string): string | null {
  if (controls.test(name)) return 'it contains a control character';
  if (bidiControls.test(name)) return 'it contains a character that changes the direction of text';
  if (notText.test(name)) return 'it is not valid UTF-8';
  return null;
}

/** Why a name shows less than it holds; null when everything in it can be seen. */
export function invisibleCharacter(name: string): string | null {
  return invisible.test(name) || strayVariation.test(name) ? 'it contains an invisible character' : null;
}

const unprintable = /[\u034F\p{C}\p{Zl}\p{Zp}"\\\u115F\u1160\u3164\uFFA0]/gu;

/** A name in quotes, with everything a terminal could obey written as an escape, and not longer than a line. */
export function quoted(name: string): string {
  const short = name.length > 200 ? `${name.slice(0, 120)}…${name.slice(-60)}` : name;
  return `"${short.replace(unprintable, escaped)}"`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

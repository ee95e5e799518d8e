const letters: Record<string, string> = {
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};
const meanings = new Map(Object.entries(letters).map(([meaning, letter]) => [letter, meaning]));

/** A name as git writes it where a line holds one: in quotes when a character in it could be mistaken. */
export function quoteName(name: string): string {
  const escaped = name.replace(/[\u0000-\u001f\u007f"\\]/g, (character) => {
    const letter = letters[character];
    return `\\${letter ?? character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return escaped === name ? name : `"${escaped}"`;
}

/** The name that git wrote so. */
export function unquoteName(written: string): string {
  if (!/^".*"$/s.test(written)) return written;
  return written.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => {
    return meanings.get(code) ?? String.fromCharCode(parseInt(code, 8));
  });
}

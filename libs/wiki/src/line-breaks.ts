/** The line break a text uses; a line feed when it has none. */
export function lineBreakOf(text: string): string {
  const first = /\r\n|\n/.exec(text)?.[0];
  return first ?? '\n';
}

/** An addition with the line breaks of the text it goes into: agents write line feeds, whatever the page has. */
export function withLineBreaks(addition: string, text: string): string {
  const isWindows = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  return isWindows && !addition.includes('\r') ? addition.replaceAll('\n', '\r\n') : addition;
}

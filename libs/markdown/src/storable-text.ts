/** Text that JSON and databases take: no NUL, and no half of a character. */
export function storable(text: string): string {
  return text.replace(/[\p{Cs}\0]/gu, '\uFFFD');
}

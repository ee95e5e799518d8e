/** A heading with all that stands under it. */
export interface Section {
  title: string;
  level: number;
  /** The canonical path: `Alpha > Background`. */
  path: string;
  start: number;
  end: number;
  line: number;
  text: string;
}
export function findSection(text: string, query: string): Section {
  return { title: query, level: 1, path: query, start: 0, end: text.length, line: 1, text };
}
export function replaceSection(text: string, query: string, newText: string): string {
  void query;
  void newText;
  return text;
}

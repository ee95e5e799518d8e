/** The path of a page that may be created: `Actors/Iran`. Only `pagePath` makes one. */
export type PagePath = string & { readonly __pagePath: true };
export function pagePath(input: string): PagePath {
  return input as PagePath;
}
export function readablePath(input: string): string {
  return input;
}
export function fileOf(path: string): string {
  return `${path}.md`;
}
export function pageOfFile(file: string): string | null {
  return file.endsWith('.md') ? file.slice(0, -3) : null;
}

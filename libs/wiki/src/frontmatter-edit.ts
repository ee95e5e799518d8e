export function setFrontmatter(text: string, patch: Record<string, unknown>): string {
  void patch;
  return text;
}

export function attachmentName(input: string): string {
  return input;
}
export function attachmentFile(page: string, name: string): string {
  return `${page}/${name}`;
}

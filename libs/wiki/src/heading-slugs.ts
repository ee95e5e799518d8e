export function headingSlug(text: string): string {
  return text;
}

/** Frontmatter on one line, in the order its author wrote it; the title is on the line above already. */
export function frontmatterLine(frontmatter: Record<string, unknown> | null): string {
  return Object.entries(frontmatter ?? {})
    .filter(([key, value]) => key !== 'title' && isSaid(value))
    .map(([key, value]) => `${titled(key)}: ${valueText(value)}`)
    .join(' | ');
}

const isSaid = (value: unknown): boolean => Boolean(value) && !(Array.isArray(value) && value.length === 0);

const titled = (key: string): string =>
  key.replaceAll('_', ' ').replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase());

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

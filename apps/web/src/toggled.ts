/** A bar at a side of the page. */
export type Part = 'side' | 'aside';

/** The hidden bars once one of them was hidden or shown. */
export function toggled(hidden: string, part: Part): string {
  const now = new Set(hidden.split(' '));
  if (!now.delete(part)) now.add(part);
  return (['side', 'aside'] as const).filter((one) => now.has(one)).join(' ');
}

/** What the thread is asked: how big each page is, which group it is of, and which links there are. */
export interface LayoutQuestion {
  radii: number[];
  groups: number[];
  links: readonly (readonly [number, number])[];
  /** How much wider than high the place for it is. */
  aspect: number;
}

/** Where the pages are so far: x and y of each. */
export interface LayoutAnswer {
  places: Float32Array;
  isSettled: boolean;
}

/** How often the forces are let work: often enough to settle, and for many pages not longer than anybody waits. */
export const ticksFor = (pages: number): number =>
  Math.round(Math.min(200, Math.max(45, 150_000 / Math.max(pages, 1))));

/** A circle whose area grows with the links to a page. */
export const radiusOf = (linkedFrom: number): number => Math.min(3 + 1.6 * Math.sqrt(linkedFrom), 18);

/** The middle of each group: the biggest in the middle of all, the others around it. */
export function centresOf(groups: readonly number[], pages: number, aspect = 1): { x: number; y: number }[] {
  const sizes: number[] = [];
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  const order = Array.from(sizes, (size, group) => ({ group, size: size ?? 0 })).sort((a, b) => b.size - a.size);
  const spread = 15 * Math.sqrt(pages);
  const centres: { x: number; y: number }[] = [];
  const around = Math.max(order.length - 1, 1);
  order.forEach(({ group }, at) => {
    const angle = (2 * Math.PI * (at - 1)) / around;
    const isMiddle = at === 0 && order.length > 2;
    const [x, y] = isMiddle ? [0, 0] : [Math.cos(angle), Math.sin(angle)];
    centres[group] =
      order.length === 1 ? { x: 0, y: 0 } : { x: spread * x * Math.sqrt(aspect), y: (spread * y) / Math.sqrt(aspect) };
  });
  return centres;
}

/** A name and where it would stand; the most important come first. */
export interface Label {
  text: string;
  /** The middle of its upper edge. */
  x: number;
  y: number;
  width: number;
  height: number;
}

const cell = 40;

/** Those of the labels that do not cover one before them. */
export function withoutOverlap(labels: readonly Label[], most: number): Label[] {
  const taken = new Map<string, Label[]>();
  const shown: Label[] = [];
  for (const label of labels) {
    if (shown.length >= most) break;
    const cells = cellsOf(label);
    if (cells.some((key) => taken.get(key)?.some((other) => overlap(label, other)))) continue;
    shown.push(label);
    for (const key of cells) taken.set(key, [...(taken.get(key) ?? []), label]);
  }
  return shown;
}

function cellsOf({ x, y, width, height }: Label): string[] {
  const keys: string[] = [];
  for (let column = Math.floor((x - width / 2) / cell); column * cell <= x + width / 2; column += 1)
    for (let row = Math.floor(y / cell); row * cell <= y + height; row += 1) keys.push(`${column} ${row}`);
  return keys;
}

const overlap = (a: Label, b: Label): boolean =>
  Math.abs(a.x - b.x) * 2 < a.width + b.width + 8 && a.y < b.y + b.height + 2 && b.y < a.y + a.height + 2;

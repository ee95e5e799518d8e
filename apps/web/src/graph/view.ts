/** What part of the picture is seen: where its origin is on the screen, and how big it is. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const scales = { least: 0.03, most: 6 };

/** The view in which all places are seen; a few that lie far out do not make the rest tiny. */
export function viewOfAll(places: Float32Array, { width, height }: Size, margin = 36): View {
  if (places.length === 0) return { x: width / 2, y: height / 2, scale: 1 };
  const [left, right] = extent(places.filter((_, at) => at % 2 === 0));
  const [top, bottom] = extent(places.filter((_, at) => at % 2 === 1));
  const scale = within(
    Math.min((width - 2 * margin) / Math.max(right - left, 1), (height - 2 * margin) / Math.max(bottom - top, 1), 2),
  );
  return { x: width / 2 - (scale * (left + right)) / 2, y: height / 2 - (scale * (top + bottom)) / 2, scale };
}

/** The view with a factor more or less of detail; what is at `x`, `y` on the screen stays there. */
export function zoomed(view: View, factor: number, { x, y }: { x: number; y: number }): View {
  const scale = within(view.scale * factor);
  const real = scale / view.scale;
  return { x: x - (x - view.x) * real, y: y - (y - view.y) * real, scale };
}

/** The view with a place in its middle, near enough to read what is around it. */
export function centredOn(view: View, place: { x: number; y: number }, { width, height }: Size): View {
  const scale = Math.max(view.scale, 1.1);
  return { x: width / 2 - place.x * scale, y: height / 2 - place.y * scale, scale };
}

/** From where to where nearly all of them are: three of a thousand may lie further out. */
function extent(coordinates: Float32Array): [from: number, to: number] {
  const sorted = coordinates.sort();
  const out = Math.floor(sorted.length * 0.003);
  return [sorted[out] ?? 0, sorted[sorted.length - 1 - out] ?? 0];
}

const within = (scale: number): number => Math.min(Math.max(scale, scales.least), scales.most);

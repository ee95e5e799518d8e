import type { Colours } from './colours.js';
import { type Label, withoutOverlap } from './labels.js';
import { radiusOf } from './layout.js';
import type { Group, LinkMap } from './map.js';
import type { Size, View } from './view.js';

/** What a drawing shows. */
export interface Scene {
  map: LinkMap;
  places: Float32Array;
  view: View;
  size: Size;
  groups: { groups: Group[]; of: number[] };
  colours: Colours;
  /** The page that is pointed at or chosen, and the pages beside it; everything else steps back. Null: nothing is. */
  near: ReadonlySet<number> | null;
  focus: number;
  chosen: number;
  /** The group that is picked out in the legend; -1 for none. */
  group: number;
}

const faded = 0.12;

export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { size, view } = scene;
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  context.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
  drawLinks(context, scene);
  drawPages(context, scene);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(context, scene);
}

function drawLinks(context: CanvasRenderingContext2D, scene: Scene): void {
  const { map, near, view, colours, focus } = scene;
  const strokes = (isOfFocus: boolean) => {
    context.beginPath();
    for (const [from, to] of map.links) {
      if ((near !== null && (from === focus || to === focus)) !== isOfFocus) continue;
      context.moveTo(...placeOf(scene, from));
      context.lineTo(...placeOf(scene, to));
    }
    context.stroke();
  };
  context.lineWidth = 0.8 / Math.sqrt(view.scale);
  context.strokeStyle = colours.line;
  context.globalAlpha = near === null && scene.group === -1 ? linkAlpha(map.links.length) : 0.08;
  strokes(false);
  if (near === null) return;
  context.globalAlpha = 0.9;
  context.lineWidth = 1.6 / Math.sqrt(view.scale);
  context.strokeStyle = colours.accent;
  strokes(true);
}

/** Of many lines each is fainter, so that the pages stay in front. */
const linkAlpha = (links: number): number => Math.min(0.75, Math.max(0.12, 22 / Math.sqrt(links + 1)));

function drawPages(context: CanvasRenderingContext2D, scene: Scene): void {
  const { map, colours, view, chosen } = scene;
  // The biggest were put first, and are drawn last.
  for (let at = map.pages.length - 1; at >= 0; at -= 1) {
    const page = map.pages[at];
    if (page === undefined) continue;
    const [x, y] = placeOf(scene, at);
    context.globalAlpha = isInFront(scene, at) ? 1 : faded;
    context.beginPath();
    context.arc(x, y, radiusOf(page.linkedFrom), 0, 2 * Math.PI);
    context.fillStyle = page.isMissing ? colours.paper : colourOf(scene, at);
    context.fill();
    context.strokeStyle = page.isMissing ? colours.missing : colours.paper;
    context.lineWidth = (page.isMissing ? 1.6 : 1) / Math.sqrt(view.scale);
    context.stroke();
    if (at === chosen) ring(context, scene, at);
  }
  context.globalAlpha = 1;
}

function ring(context: CanvasRenderingContext2D, scene: Scene, at: number): void {
  const [x, y] = placeOf(scene, at);
  context.beginPath();
  context.arc(x, y, radiusOf(scene.map.pages[at]?.linkedFrom ?? 0) + 4 / scene.view.scale, 0, 2 * Math.PI);
  context.strokeStyle = scene.colours.ink;
  context.lineWidth = 2.5 / scene.view.scale;
  context.stroke();
}

const isInFront = ({ near, group, groups }: Scene, at: number): boolean =>
  (near === null || near.has(at)) && (group === -1 || groups.of[at] === group);

/** The colour of the group that a page is in. */
function colourOf({ groups, colours }: Pick<Scene, 'groups' | 'colours'>, at: number): string {
  const group = groups.of[at] ?? 0;
  return colourOfGroup(groups.groups[group], group, colours);
}

export function colourOfGroup(group: Group | undefined, at: number, colours: Colours): string {
  if (group?.name == null) return group?.isOthers === true ? colours.others : colours.none;
  return colours.groups[at] ?? colours.others;
}

const placeOf = ({ places }: Scene, at: number): [number, number] => [places[at * 2] ?? 0, places[at * 2 + 1] ?? 0];

function drawLabels(context: CanvasRenderingContext2D, scene: Scene): void {
  const { colours, near } = scene;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  const labels = withoutOverlap(labelsOf(context, scene), near === null ? 70 : 40);
  for (const { text, x, y, height } of labels) {
    context.font = fontOf(height);
    context.strokeStyle = colours.paper;
    context.lineWidth = 3.5;
    context.strokeText(text, x, y);
    context.fillStyle = colours.ink;
    context.fillText(text, x, y);
  }
}

/** The names of the pages that are seen, as far as they are big enough; that of the focus comes first. */
function labelsOf(context: CanvasRenderingContext2D, scene: Scene): Label[] {
  const { map, view, size, near, focus } = scene;
  const order = near === null ? map.pages.map((_, at) => at) : [...near].sort((a, b) => rank(a) - rank(b));
  return order.flatMap((at) => {
    const page = map.pages[at];
    if (page === undefined || !isInFront(scene, at)) return [];
    const radius = radiusOf(page.linkedFrom) * view.scale;
    if (near === null && radius < 3.2 && map.pages.length > 60) return [];
    const [placeX, placeY] = placeOf(scene, at);
    const [x, y] = [placeX * view.scale + view.x, placeY * view.scale + view.y + radius + 2];
    if (x < -50 || y < -20 || x > size.width + 50 || y > size.height + 20) return [];
    const height = Math.round(Math.min(11 + radius / 5, 15));
    const text = page.name.length > 32 ? `${page.name.slice(0, 31)}…` : page.name;
    context.font = fontOf(height);
    const { width } = context.measureText(text);
    // A name beside the edge is read whole.
    const inside = Math.min(Math.max(x, width / 2 + 4), size.width - width / 2 - 4);
    return [{ text, x: inside, y, width, height }];
  });

  function rank(at: number): number {
    return at === focus ? -1 : at;
  }
}

const fontOf = (height: number): string => `${height >= 13 ? 600 : 500} ${height}px system-ui, sans-serif`;

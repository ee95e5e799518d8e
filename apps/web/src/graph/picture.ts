import { onThemeChange } from '../theme.js';
import { coloursOf } from './colours.js';
import { draw, type Scene } from './drawing.js';
import { followPointers } from './pointers.js';
import { type LayoutAnswer, type LayoutQuestion, radiusOf } from './layout.js';
import { type Colouring, groupsOf, type LinkMap, neighboursOf } from './map.js';
import { centredOn, viewOfAll, zoomed } from './view.js';

interface Given {
  canvas: HTMLCanvasElement;
  map: LinkMap;
  /** The script of the thread. */
  layout: string;
  onChoose: (at: number) => void;
  onSettled: () => void;
  /** The thread does not run, as in a browser that is too old for it. */
  onFailed: () => void;
}

/** The picture of the links: it is laid out in a thread, and drawn whenever something changes. */
export class Picture {
  readonly neighbours;
  private readonly scene: Scene;
  private readonly worker: Worker;
  private hasMoved = false;
  private isDue = false;

  constructor(private readonly given: Given) {
    const { canvas, map, layout } = given;
    this.neighbours = neighboursOf(map);
    this.scene = {
      ...{ map, places: new Float32Array(0), view: { x: 0, y: 0, scale: 1 }, size: { width: 1, height: 1 } },
      ...{ groups: groupsOf(map.pages, 'category'), colours: coloursOf(canvas) },
      ...{ near: null, focus: -1, chosen: -1, group: -1 },
    };
    this.worker = new Worker(layout, { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => this.placed(data));
    this.worker.addEventListener('error', () => given.onFailed());
    new ResizeObserver(() => this.resize()).observe(canvas);
    onThemeChange(() => {
      this.scene.colours = coloursOf(canvas);
      this.due();
    });
    followPointers(canvas, this);
  }

  get colours() {
    return this.scene.colours;
  }

  /** Gives the pages colours, and a place among their like. */
  colour(by: Colouring) {
    const { map } = this.given;
    this.scene.groups = groupsOf(map.pages, by);
    this.scene.group = -1;
    this.hasMoved = false;
    const radii = map.pages.map(({ linkedFrom }) => radiusOf(linkedFrom));
    const { clientWidth: width, clientHeight: height } = this.given.canvas;
    const aspect = Math.min(Math.max(width / Math.max(height, 1), 0.6), 1.8);
    this.worker.postMessage({ radii, groups: this.scene.groups.of, links: map.links, aspect } satisfies LayoutQuestion);
    return this.scene.groups.groups;
  }

  /** Picks out one group; -1 picks out none. */
  pickGroup(group: number): void {
    this.scene.group = group;
    this.due();
  }

  /** Chooses a page, moves it into the middle when it was not pointed at, and tells of it. */
  choose(at: number, { isCentred }: { isCentred: boolean }): void {
    this.scene.chosen = at;
    this.focusOn(at);
    if (isCentred && at !== -1) {
      const [x = 0, y = 0] = this.scene.places.subarray(at * 2, at * 2 + 2);
      this.hasMoved = true;
      this.scene.view = centredOn(this.scene.view, { x, y }, this.scene.size);
    }
    this.due();
    this.given.onChoose(at);
  }

  /** Shows what a page links to and what links to it; -1: what is chosen, or everything. */
  focusOn(at: number): void {
    const focus = at === -1 ? this.scene.chosen : at;
    if (focus === this.scene.focus) return;
    const { linksTo, linkedFrom } = this.neighbours;
    this.scene.focus = focus;
    this.scene.near = focus === -1 ? null : new Set([focus, ...(linksTo[focus] ?? []), ...(linkedFrom[focus] ?? [])]);
    this.due();
  }

  move(dx: number, dy: number): void {
    this.hasMoved = true;
    this.scene.view.x += dx;
    this.scene.view.y += dy;
    this.due();
  }

  zoom(factor: number, at?: { x: number; y: number }): void {
    const { width, height } = this.scene.size;
    this.hasMoved = true;
    this.scene.view = zoomed(this.scene.view, factor, at ?? { x: width / 2, y: height / 2 });
    this.due();
  }

  fit(): void {
    this.hasMoved = false;
    this.scene.view = viewOfAll(this.scene.places, this.scene.size);
    this.due();
  }

  /** The page at a point of the screen; -1 where there is none. */
  pageAt(x: number, y: number): number {
    const { places, view, map } = this.scene;
    let [found, nearest] = [-1, Infinity];
    for (let at = 0; at < map.pages.length; at += 1) {
      const [dx, dy] = [
        (places[at * 2] ?? 0) * view.scale + view.x - x,
        (places[at * 2 + 1] ?? 0) * view.scale + view.y - y,
      ];
      // A small page is easily missed, above all by a finger.
      const reach = Math.max(radiusOf(map.pages[at]?.linkedFrom ?? 0) * view.scale, 9);
      const distance = Math.hypot(dx, dy) - reach;
      if (distance < 0 && distance < nearest) [found, nearest] = [at, distance];
    }
    return found;
  }

  private placed({ places, isSettled }: LayoutAnswer): void {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isCalm && !isSettled) return;
    this.scene.places = places;
    if (!this.hasMoved) this.scene.view = viewOfAll(places, this.scene.size);
    this.due();
    if (isSettled) this.given.onSettled();
  }

  private resize(): void {
    const { canvas } = this.given;
    const { clientWidth: width, clientHeight: height } = canvas;
    [canvas.width, canvas.height] = [width * devicePixelRatio, height * devicePixelRatio];
    this.scene.size = { width, height };
    if (!this.hasMoved) this.scene.view = viewOfAll(this.scene.places, this.scene.size);
    this.due();
  }

  private due(): void {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      const context = this.given.canvas.getContext('2d');
      if (context !== null) draw(context, this.scene);
    });
  }
}

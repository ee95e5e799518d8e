/** What can be done to the picture by hand. */
interface Movable {
  move(dx: number, dy: number): void;
  zoom(factor: number, at?: { x: number; y: number }): void;
  fit(): void;
  pageAt(x: number, y: number): number;
  focusOn(at: number): void;
  choose(at: number, how: { isCentred: boolean }): void;
}

const clickPixels = 5;
const step = 60;

/** Moves, enlarges and chooses with mouse, fingers and keys. */
export function followPointers(canvas: HTMLCanvasElement, picture: Movable): void {
  const down = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const at = (event: MouseEvent) => ({ x: event.offsetX, y: event.offsetY });
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (down.size === 0) moved = 0;
    down.set(event.pointerId, at(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    const [before, now] = [down.get(event.pointerId), at(event)];
    if (before === undefined) return point(now);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) picture.move(now.x - before.x, now.y - before.y);
    else pinch(before, now, other);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    down.set(event.pointerId, now);
  });
  const up = (event: PointerEvent) => {
    const isClick = down.delete(event.pointerId) && event.type === 'pointerup' && moved < clickPixels;
    if (isClick) picture.choose(picture.pageAt(event.offsetX, event.offsetY), { isCentred: false });
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('pointerleave', () => picture.focusOn(-1));
  canvas.addEventListener(
    'wheel',
    (event) => {
      // The page scrolls until somebody turns to the picture.
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      picture.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), at(event));
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', (event) => pressed(event, picture));

  function point(place: { x: number; y: number }): void {
    const page = picture.pageAt(place.x, place.y);
    canvas.style.cursor = page === -1 ? 'grab' : 'pointer';
    picture.focusOn(page);
  }

  function pinch(
    before: { x: number; y: number },
    now: { x: number; y: number },
    other: { x: number; y: number },
  ): void {
    const apart = (one: { x: number; y: number }) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    picture.zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  }
}

function pressed(event: KeyboardEvent, picture: Movable): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts: Record<string, () => void> = {
    ArrowLeft: () => picture.move(step, 0),
    ArrowRight: () => picture.move(-step, 0),
    ArrowUp: () => picture.move(0, step),
    ArrowDown: () => picture.move(0, -step),
    '+': () => picture.zoom(1.3),
    '=': () => picture.zoom(1.3),
    '-': () => picture.zoom(1 / 1.3),
    '0': () => picture.fit(),
    Escape: () => picture.choose(-1, { isCentred: false }),
  };
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

// The thread that finds places for the pages of a picture, so that the page stays quick meanwhile.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { centresOf, type LayoutQuestion, ticksFor } from './graph/layout.js';

const shownEveryMs = 90;

self.addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => layOut(data));

function layOut({ radii, groups, links, aspect }: LayoutQuestion): void {
  const centres = centresOf(groups, radii.length, aspect);
  const nodes = radii.map((radius, index) => {
    const { x, y } = centres[groups[index] ?? 0] ?? { x: 0, y: 0 };
    // Around the middle of their group, each at a place of its own, and at the same one every time.
    const [angle, distance] = [index * 2.4, 6 * Math.sqrt(index)];
    return { index, radius, x: x + distance * Math.cos(angle), y: y + distance * Math.sin(angle) };
  });
  const ticks = ticksFor(nodes.length);
  const simulation = forceSimulation(nodes)
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .force('link', forceLink(links.map(([source, target]) => ({ source, target }))).distance(34))
    .force('charge', forceManyBody().strength(-60).distanceMax(320).theta(1.2))
    .force('x', forceX<(typeof nodes)[number]>(({ index }) => centres[groups[index] ?? 0]?.x ?? 0).strength(0.09))
    .force('y', forceY<(typeof nodes)[number]>(({ index }) => centres[groups[index] ?? 0]?.y ?? 0).strength(0.09))
    .force('collide', forceCollide<(typeof nodes)[number]>(({ radius }) => radius + 2.5).iterations(1))
    .stop();
  let shownAt = performance.now();
  for (let tick = 0; tick < ticks; tick += 1) {
    simulation.tick();
    if (performance.now() - shownAt < shownEveryMs) continue;
    send(false);
    shownAt = performance.now();
  }
  send(true);

  function send(isSettled: boolean): void {
    const places = new Float32Array(nodes.length * 2);
    nodes.forEach(({ x, y }, at) => places.set([x, y], at * 2));
    postMessage({ places, isSettled }, { transfer: [places.buffer] });
  }
}

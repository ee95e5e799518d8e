import { describe, expect, it } from 'vitest';
import { withoutOverlap } from './labels.js';
import { centresOf, radiusOf, ticksFor } from './layout.js';
import { groupsOf, type MapPage, meantPage, neighboursOf } from './map.js';
import { centredOn, viewOfAll, zoomed } from './view.js';

const page = (path: string, category: string | null = null): MapPage => ({
  ...{ path, address: `/w/${path}`, name: path.split('/').at(-1) ?? path, category, linkedFrom: 0, isMissing: false },
});

describe('the pages of a picture', () => {
  it('know what they link to and what links to them', () => {
    const pages = [page('A'), page('B'), page('C')];
    const links: [number, number][] = [
      [0, 1],
      [2, 1],
    ];

    expect(neighboursOf({ pages, links, total: 3, isCut: false })).toEqual({
      linksTo: [[1], [], [1]],
      linkedFrom: [[], [0, 2], []],
    });
  });

  it.each([
    ['fox', 1],
    ['ANIMALS/FOX', 1],
    ['fo', 0],
    ['mals', 1],
    ['  ', -1],
    ['cow', -1],
  ])('%s means the page at %i', (typed, expected) => {
    expect(meantPage([page('Foxes'), page('Animals/Fox')], typed)).toBe(expected);
  });

  it('are grouped by category, the biggest group first, and those without last', () => {
    const { groups, of } = groupsOf(
      [page('A', 'Event'), page('B'), page('C', 'actor'), page('D', 'event')],
      'category',
    );

    expect(groups).toEqual([
      { name: 'event', pages: 2, isOthers: false },
      { name: 'actor', pages: 1, isOthers: false },
      { name: null, pages: 1, isOthers: false },
    ]);
    expect(of).toEqual([0, 2, 1, 0]);
  });

  it('are not counted where they are only wanted', () => {
    const wanted = { ...page('F/Wanted'), isMissing: true };

    expect(groupsOf([page('F/A'), wanted], 'folder')).toEqual({
      groups: [{ name: 'F', pages: 1, isOthers: false }],
      of: [0, 0],
    });
    expect(groupsOf([wanted], 'category').groups).toEqual([]);
  });

  it('are grouped by folder, and what is rare shares a colour', () => {
    const pages = Array.from({ length: 10 }, (_, at) => page(`F${at}/Page`));
    const { groups, of } = groupsOf([...pages, page('Root')], 'folder');

    expect(groups.map(({ name, pages, isOthers }) => [name, pages, isOthers])).toEqual([
      ...Array.from({ length: 7 }, (_, at) => [`F${at}`, 1, false]),
      [null, 3, true],
      [null, 1, false],
    ]);
    expect(of.slice(-4)).toEqual([7, 7, 7, 8]);
  });
});

describe('the layout', () => {
  it('has the biggest group in the middle, and the others apart from it', () => {
    const [small, big, other] = centresOf([0, 1, 1, 1, 2], 5);

    expect(big).toEqual({ x: 0, y: 0 });
    expect(Math.hypot(small?.x ?? 0, small?.y ?? 0)).toBeGreaterThan(20);
    expect(small?.x).not.toBe(other?.x);
    expect(centresOf([0, 0], 2)).toEqual([{ x: 0, y: 0 }]);
  });

  it('makes circles grow with the links, and takes less trouble the more pages there are', () => {
    expect(radiusOf(0)).toBe(3);
    expect(radiusOf(100)).toBeGreaterThan(radiusOf(10));
    expect(radiusOf(1e6)).toBe(18);
    expect([ticksFor(0), ticksFor(1_000), ticksFor(5_000)]).toEqual([200, 150, 45]);
  });
});

describe('the view', () => {
  const size = { width: 800, height: 600 };

  it('of all shows all', () => {
    const { x, y, scale } = viewOfAll(new Float32Array([-1000, -100, 1000, 300]), size);

    for (const [placeX, placeY] of [
      [-1000, -100],
      [1000, 300],
    ] as const) {
      expect(placeX * scale + x).toBeGreaterThanOrEqual(0);
      expect(placeX * scale + x).toBeLessThanOrEqual(size.width);
      expect(placeY * scale + y).toBeGreaterThanOrEqual(0);
      expect(placeY * scale + y).toBeLessThanOrEqual(size.height);
    }
    const many = new Float32Array(2_000).fill(50);
    many.set([0, 0, 100, 100, 1e6, 1e6]);
    expect(viewOfAll(many, size).scale).toBeGreaterThan(0.5);
    expect(viewOfAll(new Float32Array(), size)).toEqual({ x: 400, y: 300, scale: 1 });
  });

  it('keeps under the pointer what is there', () => {
    const before = { x: 10, y: 20, scale: 1 };
    const after = zoomed(before, 2, { x: 110, y: 220 });

    expect([(110 - after.x) / after.scale, (220 - after.y) / after.scale]).toEqual([100, 200]);
    expect(zoomed(before, 1e9, { x: 0, y: 0 }).scale).toBe(6);
    expect(zoomed(before, 0, { x: 0, y: 0 }).scale).toBeGreaterThan(0);
  });

  it('comes near enough to a page to read what is around it', () => {
    expect(centredOn({ x: 0, y: 0, scale: 0.1 }, { x: 100, y: 0 }, size)).toEqual({ x: 290, y: 300, scale: 1.1 });
  });
});

describe('the names in the picture', () => {
  it('cover none before them, and are not too many', () => {
    const at = (x: number, y: number, text: string) => ({ text, x, y, width: 60, height: 12 });
    const labels = [at(0, 0, 'first'), at(20, 4, 'covered'), at(0, 40, 'below'), at(200, 0, 'beside')];

    expect(withoutOverlap(labels, 10).map(({ text }) => text)).toEqual(['first', 'below', 'beside']);
    expect(withoutOverlap(labels, 2).map(({ text }) => text)).toEqual(['first', 'below']);
  });
});

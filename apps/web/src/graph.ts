// Draws the picture of the links. Without it the page has the same as lists.
import { element } from './finding/elements.js';
import { Legend, searchField, type Texts, zoomButtons } from './graph/controls.js';
import type { LinkMap } from './graph/map.js';
import { Panel } from './graph/panel.js';
import { Picture } from './graph/picture.js';

const place = document.querySelector<HTMLElement>('[data-graph]');
const note = document.querySelector('[data-graph-note]');
if (place !== null) void start(place, JSON.parse(place.dataset.texts ?? '{}') as Texts);

async function start(place: HTMLElement, texts: Texts): Promise<void> {
  place.hidden = false;
  place.dataset.state = 'drawing';
  try {
    const answer = await fetch(place.dataset.graph ?? '');
    if (!answer.ok) throw new Error(String(answer.status));
    show(place, texts, (await answer.json()) as LinkMap);
  } catch {
    fail(place, texts);
  }
}

function fail(place: HTMLElement, texts: Texts): void {
  place.dataset.state = 'failed';
  place.replaceChildren(element('p', { class: 'site-notice', role: 'alert' }, texts['failed'] ?? ''));
}

function show(place: HTMLElement, texts: Texts, map: LinkMap): void {
  if (map.pages.length === 0) {
    place.hidden = true;
    return;
  }
  if (map.isCut && note !== null) note.textContent = cutNote(texts['cut'] ?? '', map);
  const canvas = element('canvas', { tabindex: '0', role: 'img', 'aria-label': texts['label'] ?? '' });
  // The colours are read from where the picture stands.
  const stage = element('div', { class: 'site-graph-stage' }, canvas);
  place.append(stage);
  const picture: Picture = new Picture({
    ...{ canvas, map, layout: place.dataset.layout ?? '' },
    onChoose: (at) => panel.show(at),
    onSettled: () => {
      place.dataset.state = 'settled';
    },
    onFailed: () => fail(place, texts),
  });
  const choose = (at: number) => picture.choose(at, { isCentred: true });
  const panel = new Panel({ map, neighbours: picture.neighbours, texts, base: place.dataset.base ?? '', choose });
  const hasCategories = map.pages.some(({ category }) => category !== null);
  const hasMissing = map.pages.some(({ isMissing }) => isMissing);
  const legend = new Legend(texts, picture, { hasCategories, hasMissing });
  stage.append(zoomButtons(texts, picture));
  place.prepend(searchField(map.pages, texts, picture));
  place.append(element('div', { class: 'site-graph-side' }, legend.element, panel.element));
  const around = map.pages.findIndex(({ path }) => path === place.dataset.around);
  if (around !== -1) picture.choose(around, { isCentred: false });
}

function cutNote(text: string, { pages, total }: LinkMap): string {
  const shown = pages.filter(({ isMissing }) => !isMissing).length;
  return text.replace('#', String(total)).replace('@', String(shown));
}

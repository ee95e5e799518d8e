import { toggleBar } from '../appearance.js';
import type { Action } from './entries.js';
import { openShortcuts } from './opening.js';
import type { Texts } from './palette.js';

/** Where ways are offered: what concerns this page comes first. */
const places = [
  '.site-actions a',
  '.site-ways .site-create',
  '.site-ways a:not(.site-create)',
  '.site-person :is(a, button)',
];

/** What can be done here: the links and buttons that the page offers, and so nothing that one may not do. */
export function actionsOf(texts: Texts): Action[] {
  const ways = places.flatMap((place) => [...document.querySelectorAll<HTMLElement>(place)]);
  const offered = ways.map((way): Action => {
    const address = way instanceof HTMLAnchorElement ? way.href : null;
    const name = (way.textContent ?? '').trim();
    return { name, address, key: way.dataset.key ?? null, act: () => way.click() };
  });
  const own = (name: string, key: string, act: () => void): Action => ({ name, address: null, key, act });
  return [
    ...offered,
    own(texts.shortcuts, '?', openShortcuts),
    own(texts.side, '[', () => toggleBar('side')),
    own(texts.aside, ']', () => toggleBar('aside')),
  ];
}

import { element } from '../finding/elements.js';
import type { Texts } from './controls.js';
import type { LinkMap, Neighbours } from './map.js';

interface Given {
  map: LinkMap;
  neighbours: Neighbours;
  texts: Texts;
  base: string;
  choose: (at: number) => void;
}

/** What the chosen page links to and what links to it, as lists: for the eyes, and for whoever does not see the picture. */
export class Panel {
  readonly element = element('section', { class: 'site-graph-panel', 'aria-live': 'polite' });

  constructor(private readonly given: Given) {}

  show(at: number): void {
    const page = this.given.map.pages[at];
    this.element.replaceChildren();
    if (page === undefined) return;
    const { texts, base, neighbours } = this.given;
    const { path, address, name, category } = page;
    const around = new URLSearchParams({ around: path, depth: '2' });
    this.element.append(
      element('h2', { dir: 'auto' }, element('a', { href: address }, name)),
      element('p', { class: 'site-soft' }, [path === name ? '' : path, category ?? ''].filter(Boolean).join(' · ')),
      element('p', {}, element('a', { href: `${base}/-/graph?${around}` }, texts['around'] ?? '')),
      ...this.list(texts['linksTo'] ?? '', neighbours.linksTo[at] ?? []),
      ...this.list(texts['linkedFrom'] ?? '', neighbours.linkedFrom[at] ?? []),
    );
  }

  private list(heading: string, some: readonly number[]): HTMLElement[] {
    const count = element('span', { class: 'site-badge' }, String(some.length));
    const items = [...some]
      .sort((a, b) => a - b)
      .map((at) => {
        const button = element('button', { type: 'button', dir: 'auto' }, this.given.map.pages[at]?.name ?? '');
        button.addEventListener('click', () => this.given.choose(at));
        return element('li', {}, button);
      });
    return [element('h3', {}, `${heading} `, count), element('ul', {}, ...items)];
  }
}

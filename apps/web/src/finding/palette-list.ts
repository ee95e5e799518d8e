import { element } from './elements.js';
import { type Entry, markedParts } from './entries.js';

/** The lines of the palette. The field keeps the focus and names the line that is chosen. */
export class PaletteList {
  readonly element: HTMLElement;
  private entries: readonly Entry[] = [];
  private options: HTMLElement[] = [];
  private at = 0;

  constructor(
    private readonly texts: Record<string, string>,
    private readonly field: HTMLElement,
  ) {
    this.element = element('div', { id: 'site-palette-list', role: 'listbox', 'aria-label': texts['open'] ?? '' });
  }

  get chosen(): Entry | null {
    return this.entries[this.at] ?? null;
  }

  show(entries: readonly Entry[]): void {
    this.entries = entries;
    this.options = entries.map((entry, at) => optionOf(entry, at));
    const groups: HTMLElement[] = [];
    entries.forEach(({ group }, at) => {
      const isNew = at === 0 || entries[at - 1]?.group !== group;
      if (isNew) groups.push(this.group(group, groups.length));
      groups.at(-1)?.append(this.options[at] ?? '');
    });
    this.element.replaceChildren(...groups);
    this.choose(0);
  }

  /** Moves the choice; beyond one end it goes on at the other. */
  move(by: number): void {
    const count = this.options.length;
    if (count > 0) this.choose(Math.abs(by) === 1 ? (this.at + by + count) % count : this.within(this.at + by));
  }

  entryAt(target: EventTarget | null): Entry | null {
    const option = target instanceof Element ? target.closest<HTMLElement>('[role=option]') : null;
    return option === null ? null : (this.entries[this.options.indexOf(option)] ?? null);
  }

  private within(at: number): number {
    return Math.min(Math.max(at, 0), this.options.length - 1);
  }

  private choose(at: number): void {
    this.options[this.at]?.setAttribute('aria-selected', 'false');
    this.at = at;
    const option = this.options[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) this.field.removeAttribute('aria-activedescendant');
    else this.field.setAttribute('aria-activedescendant', option.id);
  }

  private group(name: Entry['group'], at: number): HTMLElement {
    const label = this.texts[name] ?? '';
    if (name === 'all') return element('div', { role: 'group', 'aria-label': label.replace(/“?#”?|„?#“?/, '') });
    const heading = element('div', { id: `site-palette-group-${at}`, class: 'site-palette-group' }, label);
    return element('div', { role: 'group', 'aria-labelledby': heading.id }, heading);
  }
}

function optionOf({ name, detail, snippet, marks, address, key }: Entry, at: number): HTMLElement {
  const kind = address === null ? 'div' : 'a';
  const option = element(kind, { id: `site-palette-${at}`, role: 'option', 'aria-selected': 'false', tabindex: '-1' });
  if (address !== null) option.setAttribute('href', address);
  option.append(element('span', { class: 'site-palette-name', dir: 'auto' }, name));
  if (detail !== '') option.append(element('span', { class: 'site-palette-detail' }, detail));
  if (key !== null) option.append(element('kbd', { 'aria-hidden': 'true' }, key));
  if (snippet !== null) {
    const parts = markedParts(snippet, marks).map(({ text, isMarked }) =>
      isMarked ? element('mark', {}, text) : text,
    );
    option.append(element('span', { class: 'site-palette-snippet', dir: 'auto' }, ...parts));
  }
  return option;
}

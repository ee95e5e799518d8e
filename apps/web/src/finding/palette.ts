// The palette: finds pages while one types, and does what the page offers. Loaded when it is opened for the first time.
import { actionsOf } from './actions.js';
import { type Answer, entriesFor, type Entry, type Hit } from './entries.js';
import { element } from './elements.js';
import { PaletteList } from './palette-list.js';
import { visitedPages } from './visits.js';

export type Texts = Record<string, string> & { shortcuts: string; side: string; aside: string };

const debounceMs = 110;
const nothing: Answer = { mode: null, results: [], visited: [] };
let palette: Palette | null = null;

/** Opens the palette of a search form, or closes it when it is open. */
export function toggle(form: HTMLFormElement): void {
  palette ??= new Palette(form);
  palette.toggle();
}

class Palette {
  private readonly base: string;
  private readonly texts: Texts;
  private readonly dialog: HTMLDialogElement;
  private readonly field: HTMLInputElement;
  private readonly list: PaletteList;
  private readonly status: HTMLElement;
  private answer = nothing;
  private asking: AbortController | null = null;
  private timer = 0;
  /** How Enter was pressed while the answer was still on its way. */
  private waiting: { inNewTab: boolean } | null = null;

  constructor(private readonly form: HTMLFormElement) {
    this.base = form.dataset.base ?? '';
    this.texts = JSON.parse(form.dataset.palette ?? '{}') as Texts;
    const { open = '', close = '', hint = '' } = this.texts;
    this.field = element('input', {
      ...{ type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'site-palette-list' },
      ...{ 'aria-autocomplete': 'list', 'aria-label': open, placeholder: open, autocomplete: 'off' },
      ...{ spellcheck: 'false', enterkeyhint: 'go', maxlength: '400' },
    });
    this.list = new PaletteList(this.texts, this.field);
    this.status = element('p', { role: 'status', class: 'site-palette-status' });
    const closing = element('button', { type: 'button', class: 'site-button' }, close);
    const line = element('div', { class: 'site-palette-line' }, this.field, closing);
    const foot = element('div', { class: 'site-palette-foot' }, this.status, element('p', {}, hint));
    this.dialog = element('dialog', { class: 'site-palette', 'aria-label': open }, line, this.list.element, foot);
    document.body.append(this.dialog);
    closing.addEventListener('click', () => this.dialog.close());
    this.listen();
  }

  toggle(): void {
    if (this.dialog.open) return this.dialog.close();
    this.answer = nothing;
    this.field.value = '';
    this.dialog.showModal();
    this.show();
    this.ask(0);
  }

  private listen(): void {
    this.field.addEventListener('input', () => this.ask(debounceMs));
    this.field.addEventListener('keydown', (event) => this.pressed(event));
    this.list.element.addEventListener('click', (event) => {
      const entry = this.list.entryAt(event.target);
      // A click that opens another tab or window is the browser's.
      if (entry === null || (entry.address !== null && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
      event.preventDefault();
      this.go(entry, false);
    });
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener('close', () => {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.waiting = null;
    });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.list.move(1),
      ArrowUp: () => this.list.move(-1),
      PageDown: () => this.list.move(5),
      PageUp: () => this.list.move(-5),
      Enter: () => this.enter(event.ctrlKey || event.metaKey),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  private enter(inNewTab: boolean): void {
    if (this.asking !== null) this.waiting = { inNewTab };
    else if (this.list.chosen !== null) this.go(this.list.chosen, inNewTab);
  }

  private go({ address, act }: Entry, inNewTab: boolean): void {
    if (address !== null && inNewTab) return void window.open(address, '_blank', 'noopener');
    this.dialog.close();
    if (address !== null) location.assign(address);
    else act?.();
  }

  private ask(afterMs: number): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.waiting = null;
    const asking = new AbortController();
    this.asking = asking;
    this.timer = window.setTimeout(() => void this.fetch(asking), afterMs);
  }

  private async fetch(asking: AbortController): Promise<void> {
    const wanted = new URLSearchParams({ q: this.typed });
    if (this.typed === '') for (const path of this.visited) wanted.append('visited', path);
    try {
      const answer = await fetch(`${this.base}/-/find?${wanted}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.answer = (await answer.json()) as Answer;
    } catch {
      if (asking.signal.aborted) return;
      this.answer = nothing;
      this.asking = null;
      this.show();
      this.status.textContent = this.texts['failed'] ?? '';
      return;
    }
    if (asking.signal.aborted) return;
    this.asking = null;
    this.show();
    if (this.waiting !== null) this.enter(this.waiting.inNewTab);
  }

  private show(): void {
    const { texts, typed, answer } = this;
    const name = (texts['all'] ?? '').replace('#', () => typed);
    const address = `${this.base}/-/search?q=${encodeURIComponent(typed)}`;
    const all: Hit = { kind: 'text', name, path: '', address, snippet: null, marks: [] };
    this.list.show(entriesFor(typed, { answer, actions: actionsOf(texts), all }));
    this.status.textContent = this.asking === null ? this.told() : '';
  }

  private told(): string {
    const { texts, typed, answer } = this;
    if (typed === '') return '';
    const count = answer.results.length;
    if (count === 0) return texts['none'] ?? '';
    const counted = count === 1 ? (texts['one'] ?? '') : (texts['many'] ?? '').replace('#', String(count));
    return answer.mode === null ? counted : `${counted}, ${texts[answer.mode] ?? ''}`;
  }

  private get typed(): string {
    return this.field.value.trim();
  }

  /** The page one is on is not gone to. */
  private get visited(): string[] {
    return visitedPages(this.base).filter((path) => path !== this.form.dataset.path);
  }
}

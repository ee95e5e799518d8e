import { DiagramDesk, type Picture } from './diagram-desk.js';
import { isDark, onThemeChange } from './theme.js';

const shown = new WeakMap<Element, ShownDiagram>();
let desk: DiagramDesk | null = null;

onThemeChange(() => {
  for (const figure of document.querySelectorAll('.site-diagram')) void shown.get(figure)?.draw();
});

/** Draws the diagrams in a part of a page. Each keeps its text, which says the same without a picture. */
export function drawDiagrams(within: ParentNode): void {
  for (const source of within.querySelectorAll<HTMLPreElement>('pre.wb-diagram')) {
    if (source.closest('.site-diagram') === null) void new ShownDiagram(source).draw();
  }
}

class ShownDiagram {
  private readonly figure = document.createElement('figure');
  private readonly details = document.createElement('details');
  private shown: HTMLElement | null = null;

  constructor(private readonly source: HTMLPreElement) {
    this.figure.className = 'site-diagram';
    const summary = document.createElement('summary');
    summary.textContent = said('source');
    this.details.className = 'site-diagram-source';
    this.details.append(summary);
    source.replaceWith(this.figure);
    this.figure.append(source);
    shown.set(this.figure, this);
  }

  /** Draws it for a light page or a dark one. */
  async draw(): Promise<void> {
    const { dataset } = document.body;
    desk ??= new DiagramDesk(dataset['diagrams'] ?? '', said('slow'));
    const drawnDark = isDark();
    const picture = await desk.draw(this.source.textContent, drawnDark);
    this.shown?.remove();
    this.shown = 'svg' in picture ? this.pictured(picture, drawnDark) : told(picture.problem);
    this.details.append(this.source);
    this.details.open = !('svg' in picture);
    this.figure.replaceChildren(this.shown, this.details);
  }

  private pictured({ svg, width, height }: Extract<Picture, { svg: string }>, drawnDark: boolean): HTMLElement {
    const image = new Image(width, height);
    // As a picture it cannot run, load or lead to anything, whatever is in it.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    image.alt = said('alt');
    image.className = drawnDark ? 'site-diagram-dark' : 'site-diagram-light';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'site-diagram-open';
    button.title = said('larger');
    button.append(image);
    button.addEventListener('click', () => largeView(image));
    return button;
  }
}

function told(problem: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'site-notice site-diagram-problem';
  box.setAttribute('role', 'note');
  const [title, text] = [document.createElement('strong'), document.createElement('pre')];
  title.textContent = said('problem');
  text.textContent = problem;
  box.append(title, text);
  return box;
}

/** The picture over the whole window, in its own size when it is pressed; Escape or the button closes it. */
function largeView(image: HTMLImageElement): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'site-diagram-large';
  dialog.setAttribute('aria-label', said('alt'));
  const [room, copy] = [document.createElement('div'), image.cloneNode() as HTMLImageElement];
  room.className = 'site-diagram-room';
  room.tabIndex = 0;
  room.append(copy);
  const buttons = [
    button('−', said('smaller'), () => zoom(copy, 1 / 1.25)),
    button('+', said('zoom'), () => zoom(copy, 1.25)),
    button('×', said('close'), () => dialog.close()),
  ];
  const bar = document.createElement('div');
  bar.className = 'site-diagram-bar';
  bar.append(...buttons);
  dialog.append(bar, room);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  // As large as there is room for.
  const fit = Math.min((room.clientWidth - 32) / copy.width, (room.clientHeight - 32) / copy.height, 3);
  zoom(copy, fit > 0 ? fit : 1);
}

function button(sign: string, name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'site-button';
  made.textContent = sign;
  made.setAttribute('aria-label', name);
  made.addEventListener('click', act);
  return made;
}

function zoom(image: HTMLImageElement, by: number): void {
  const width = Math.min(Math.max(image.width * by, 40), 20_000);
  image.height = Math.round((image.height * width) / image.width);
  image.width = Math.round(width);
}

/** What is said about diagrams, in the language of the page. */
function said(name: string): string {
  const words = JSON.parse(document.body.dataset['diagramWords'] ?? '{}') as Record<string, string>;
  return words[name] ?? '';
}

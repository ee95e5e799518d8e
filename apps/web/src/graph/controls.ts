import { element } from '../finding/elements.js';
import { type Colours } from './colours.js';
import { colourOfGroup } from './drawing.js';
import { type Colouring, type Group, meantPage, type MapPage } from './map.js';
import type { Picture } from './picture.js';

export type Texts = Record<string, string>;
const mostOffered = 12;

/** The field in which a page of the picture is looked for. */
export function searchField(pages: readonly MapPage[], texts: Texts, picture: Picture): HTMLElement {
  const { find = '', nothing = '' } = texts;
  const names = element('datalist', { id: 'site-graph-names' });
  const field = element('input', {
    ...{ type: 'search', id: 'site-graph-find', list: names.id, placeholder: find, 'aria-label': find },
    autocomplete: 'off',
  });
  const told = element('span', { role: 'status', class: 'site-soft' });
  const go = () => {
    const at = meantPage(pages, field.value);
    told.textContent = at === -1 && field.value.trim() !== '' ? nothing : '';
    if (at !== -1) picture.choose(at, { isCentred: true });
  };
  field.addEventListener('input', () => {
    const typed = field.value.trim().toLowerCase();
    const fitting =
      typed === '' ? [] : pages.filter(({ name, path }) => `${name} ${path}`.toLowerCase().includes(typed));
    names.replaceChildren(...fitting.slice(0, mostOffered).map(({ path }) => element('option', { value: path })));
    // One of the list was taken.
    if (pages.some(({ path }) => path === field.value)) go();
    else told.textContent = '';
  });
  const form = element('form', { role: 'search', 'aria-label': find, class: 'site-graph-find' }, field, names, told);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  return form;
}

/** Buttons for what wheel and fingers do. */
export function zoomButtons({ closer = '', away = '', fit = '' }: Texts, picture: Picture): HTMLElement {
  const button = (sign: string, name: string, act: () => void) => {
    const made = element('button', { type: 'button', class: 'site-button', 'aria-label': name, title: name }, sign);
    made.addEventListener('click', act);
    return made;
  };
  return element(
    'div',
    { class: 'site-graph-zoom' },
    button('+', closer, () => picture.zoom(1.4)),
    button('−', away, () => picture.zoom(1 / 1.4)),
    button('⤢', fit, () => picture.fit()),
  );
}

/** What the colours stand for. Each picks out its pages, so that nobody has to tell colours apart. */
export class Legend {
  readonly element = element('div', { class: 'site-graph-legend' });
  private readonly list = element('ul');

  constructor(
    private readonly texts: Texts,
    private readonly picture: Picture,
    { hasCategories, hasMissing }: { hasCategories: boolean; hasMissing: boolean },
  ) {
    const choice = element('select', { id: 'site-graph-colours' });
    const ways: Colouring[] = hasCategories ? ['category', 'folder'] : ['folder', 'category'];
    for (const way of ways) {
      const name = texts[way === 'category' ? 'byCategory' : 'byFolder'] ?? '';
      choice.append(element('option', { value: way }, name));
    }
    const show = () => this.show(picture.colour(choice.value as Colouring));
    choice.addEventListener('change', show);
    const label = element('label', { for: choice.id }, texts['colours'] ?? '');
    this.element.append(element('div', { class: 'site-field' }, label, choice), this.list);
    if (hasMissing) {
      const dot = element('span', { class: 'site-graph-dot site-graph-hollow' });
      this.element.append(element('p', { class: 'site-graph-missing' }, dot, texts['missing'] ?? ''));
    }
    show();
  }

  private show(groups: readonly Group[]): void {
    const { colours } = this.picture;
    this.list.replaceChildren(...groups.map((group, at) => element('li', {}, this.pick(group, at, colours))));
  }

  private pick(group: Group, at: number, colours: Colours): HTMLElement {
    const name = group.name ?? this.texts[group.isOthers ? 'others' : 'none'] ?? '';
    const dot = element('span', { class: `site-graph-dot ${dotOf(group, at, colours)}` });
    const count = element('span', { class: 'site-soft' }, String(group.pages));
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, dot, `${name} `, count);
    button.addEventListener('click', () => {
      const isOn = button.getAttribute('aria-pressed') === 'true';
      for (const other of this.list.querySelectorAll('button')) other.setAttribute('aria-pressed', 'false');
      button.setAttribute('aria-pressed', String(!isOn));
      this.picture.pickGroup(isOn ? -1 : at);
    });
    return button;
  }
}

/** The class of the same colour, which changes with the theme by itself. */
function dotOf(group: Group, at: number, colours: Colours): string {
  const colour = colourOfGroup(group, at, colours);
  const place = colours.groups.indexOf(colour);
  if (group.name !== null && place !== -1) return `site-graph-${place + 1}`;
  return group.isOthers ? 'site-graph-others' : 'site-graph-none';
}

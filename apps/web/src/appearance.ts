import { keepCookie } from './kept.js';
import { type Part, toggled } from './toggled.js';

const root = document.documentElement;

/** Puts the switch between light and dark in place of the link to the form for it. */
export function switchAppearance(): void {
  const place = document.querySelector('.site-appearance');
  const control = place?.querySelector<HTMLElement>('[data-switch]');
  if (place == null || control == null) return;
  const theme = root.dataset.theme ?? 'auto';
  for (const choice of control.querySelectorAll<HTMLInputElement>('input[name=theme]')) {
    choice.checked = choice.value === theme;
    choice.addEventListener('change', () => wear(choice.value));
  }
  place.querySelector('a')?.remove();
  control.hidden = false;
}

function wear(theme: string): void {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
  keepCookie('wikibot-theme', theme === 'auto' ? null : theme);
}

/** Offers the menu again where it is hidden: not everybody knows the key, or has one. */
export function offerMenu(): void {
  const { palette } = document.querySelector<HTMLElement>('form[data-palette]')?.dataset ?? {};
  if (palette === undefined) return;
  const button = document.createElement('button');
  const { side = '' } = JSON.parse(palette) as Record<string, string>;
  button.type = 'button';
  button.className = 'site-button site-show-menu';
  button.textContent = '☰';
  button.title = side;
  button.setAttribute('aria-label', side);
  button.addEventListener('click', () => toggleBar('side'));
  document.querySelector('.site-frame')?.before(button);
}

/** Hides a bar at the side, or shows it again; other pages do the same. */
export function toggleBar(part: Part): void {
  const next = toggled(root.dataset.hidden ?? '', part);
  if (next === '') delete root.dataset.hidden;
  else root.dataset.hidden = next;
  keepCookie('wikibot-hidden', next === '' ? null : next.replace(' ', '.'));
}

import { isMac } from '../pressed.js';

/** The search form, as far as the palette is made from it. */
const form = () => document.querySelector<HTMLFormElement>('form[data-palette]');

/** Opens the palette, or closes it. Its script is loaded only now; where that fails, there is the field. */
export function openPalette(): void {
  const place = form();
  if (place === null) return;
  import('./palette.js').then(
    ({ toggle }) => toggle(place),
    () => place.querySelector('input')?.focus(),
  );
}

/** Shows what keys there are. */
export function openShortcuts(): void {
  const place = form();
  if (place !== null) void import('./shortcuts.js').then(({ show }) => show(place));
}

/** The ways in for whoever has no keyboard, or does not know the keys. */
export function offerPalette(): void {
  const button = form()?.querySelector<HTMLButtonElement>('.site-jump');
  if (button == null) return;
  button.hidden = false;
  if (isMac()) button.querySelector('kbd')?.replaceChildren('⌘ K');
  button.addEventListener('click', openPalette);
  document.querySelector('.site-keys')?.addEventListener('click', openShortcuts);
}

// The list of keys, and the switch that turns single ones off. Loaded when it is opened for the first time.
import { singleKeys } from '../single-keys.js';
import { element } from './elements.js';

/** Shows which keys there are on this page. */
export function show(form: HTMLFormElement): void {
  const texts = JSON.parse(form.dataset.palette ?? '{}') as Record<string, string>;
  const said = (name: string) => texts[name] ?? '';
  const close = element('button', { type: 'submit', class: 'site-button' }, said('close'));
  const dialog = element(
    'dialog',
    { class: 'site-shortcuts', 'aria-labelledby': 'site-shortcuts' },
    element('h2', { id: 'site-shortcuts' }, said('shortcuts')),
    element('h3', {}, said('single')),
    table([...keysOfPage(), ['/', said('find')], ['?', said('list')], ['[', said('side')], [']', said('aside')]]),
    switchOf(said('use'), said('useHint')),
    element('h3', {}, said('others')),
    table([['Ctrl K / ⌘ K', said('find')]]),
    element('form', { method: 'dialog' }, close),
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

/** The keys that links of this page name. */
const keysOfPage = (): [string, string][] =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-key]'), (way) => [
    way.dataset.key ?? '',
    (way.textContent ?? '').trim(),
  ]);

function table(rows: readonly (readonly [string, string])[]): HTMLElement {
  const lines = rows.map(([key, name]) =>
    element('div', {}, element('dt', {}, element('kbd', {}, key)), element('dd', {}, name)),
  );
  return element('dl', { class: 'site-shortcut-list' }, ...lines);
}

function switchOf(label: string, hint: string): HTMLElement {
  const box = element('input', { type: 'checkbox', 'aria-describedby': 'site-shortcuts-hint' });
  box.checked = singleKeys.areOn();
  box.addEventListener('change', () => singleKeys.turn(box.checked));
  return element(
    'div',
    { class: 'site-shortcut-switch' },
    element('label', {}, box, ` ${label}`),
    element('p', { class: 'site-hint', id: 'site-shortcuts-hint' }, hint),
  );
}

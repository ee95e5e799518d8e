const preferred = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

/** Whether the page is dark: by choice, else as the browser likes it. */
export const isDark = (): boolean =>
  root.dataset.theme === undefined ? preferred.matches : root.dataset.theme === 'dark';

/** Tells of a change between light and dark, however it comes. */
export function onThemeChange(act: () => void): void {
  preferred.addEventListener('change', act);
  new MutationObserver(act).observe(root, { attributeFilter: ['data-theme'] });
}

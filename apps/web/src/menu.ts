/** The menu is open without this script; on a phone it would stand before every page. */
export function closeMenuOnPhones(): void {
  const menu = document.querySelector<HTMLDetailsElement>('.site-menu');
  if (menu !== null && matchMedia('(width <= 52rem)').matches) menu.open = false;
}

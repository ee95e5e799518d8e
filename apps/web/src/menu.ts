/** Menu and contents are open without this script; on narrow screens they would stand before every page. */
export function closeWhereNarrow(): void {
  close('.site-menu', '(width <= 52rem)');
  close('.site-contents details', '(width <= 75rem)');
}

function close(what: string, where: string): void {
  const found = document.querySelector<HTMLDetailsElement>(what);
  if (found !== null && matchMedia(where).matches) found.open = false;
}

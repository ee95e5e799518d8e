/** In the list of the documentation, brings the page one is on into sight; the page itself stays where it is. */
export function showCurrentPage(): void {
  const list = document.querySelector<HTMLElement>('.manual-pages');
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (list == null || current == null) return;
  if (current.offsetTop + current.offsetHeight > list.clientHeight) {
    list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }
}

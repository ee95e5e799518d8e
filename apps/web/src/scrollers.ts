/** Lets the keyboard reach tables and code that are wider than their place, so that it can scroll them. */
export function reachScrollers(): void {
  const boxes = document.querySelectorAll<HTMLElement>('.wb-text :is(table, pre)');
  const mark = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  };
  mark();
  addEventListener('resize', mark);
}

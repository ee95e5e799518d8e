const shownMs = 1_500;

/** Each block of code gets a button that copies it. */
export function addCopyButtons(): void {
  const { copy = 'Copy', copied = 'Copied' } = document.body.dataset;
  for (const block of document.querySelectorAll<HTMLPreElement>('pre.wb-code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'site-copy';
    button.textContent = copy;
    button.addEventListener('click', () => {
      const text = block.querySelector('code')?.textContent ?? '';
      void navigator.clipboard.writeText(text).then(() => {
        button.textContent = copied;
        setTimeout(() => (button.textContent = copy), shownMs);
      });
    });
    block.append(button);
  }
}

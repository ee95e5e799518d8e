const shownMs = 1_500;

/** Each block of code gets a button that copies it. */
export function addCopyButtons(): void {
  const { copy = 'Copy', copied = 'Copied' } = document.body.dataset;
  for (const block of document.querySelectorAll<HTMLPreElement>('pre.wb-code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'site-copy';
    // Where there are many of them, it is said which one it is.
    const { name } = block.dataset;
    const say = (word: string) => {
      button.textContent = word;
      if (name !== undefined) button.setAttribute('aria-label', `${word}: ${name}`);
    };
    say(copy);
    button.addEventListener('click', () => {
      const code = block.querySelector('code');
      if (code === null) return;
      void copyText(code).then((isCopied) => {
        if (!isCopied) return;
        say(copied);
        setTimeout(() => say(copy), shownMs);
      });
    });
    block.append(button);
  }
}

/** Over http, from another machine, browsers give no clipboard: then the text is selected, and a key copies it. */
async function copyText(code: HTMLElement): Promise<boolean> {
  if (isSecureContext) {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  }
  getSelection()?.selectAllChildren(code);
  return false;
}

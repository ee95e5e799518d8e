// Suggests the short name of a new wiki from its name, until one writes another, and shows the address it will have.
import { slugOf } from './slug-of.js';

const form = document.querySelector<HTMLFormElement>('form[data-new-wiki]');
const name = form?.querySelector<HTMLInputElement>('input[name=name]');
const slug = form?.querySelector<HTMLInputElement>('input[name=slug]');
const address = form?.querySelector<HTMLOutputElement>('output[data-prefix]');
if (form != null && name != null && slug != null && address != null) suggest({ form, name, slug, address });

interface Fields {
  form: HTMLFormElement;
  name: HTMLInputElement;
  slug: HTMLInputElement;
  address: HTMLOutputElement;
}

function suggest({ form, name, slug, address }: Fields): void {
  let isSuggested = slug.value === slugOf(name.value);
  const show = () => {
    address.value = `${address.dataset.prefix ?? ''}${slug.value || '…'}`;
  };
  name.addEventListener('input', () => {
    if (isSuggested) slug.value = slugOf(name.value);
    show();
  });
  slug.addEventListener('input', () => {
    isSuggested = slug.value === '';
    show();
  });
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  // A second press would ask for the same wiki again, and be told that there is one.
  form.addEventListener('submit', () => setPressed(button, true));
  addEventListener('pageshow', () => setPressed(button, false));
  show();
}

function setPressed(button: HTMLButtonElement | null, isPressed: boolean): void {
  if (button !== null) button.disabled = isPressed;
}

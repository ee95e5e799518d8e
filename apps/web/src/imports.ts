// Shows how far an upload is, packs a folder into one file before it is sent, and follows an import that is under way.
import { packed } from './imports/packing.js';
import { watch } from './imports/watching.js';
import { progressBelow, Upload, type UploadTexts } from './upload.js';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-import]')) {
  form.hidden = false;
  sendFrom(form);
}
const watched = document.querySelector<HTMLElement>('[data-watch]');
if (watched !== null) watch(watched);

function sendFrom(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) return;
  const texts = JSON.parse(form.dataset['import'] ?? '{}') as UploadTexts;
  const { list, say } = progressBelow(form);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const file = fileOf(form, [...(input.files ?? [])]);
    if (file === null) return list.replaceChildren(fault(form.dataset['folder'] ?? ''));
    void send(file);
  });

  const send = async (file: File) => {
    const button = form.querySelector('button[type=submit]');
    const upload = new Upload(form, file, texts, say);
    list.replaceChildren(upload.row);
    button?.toggleAttribute('disabled', true);
    await upload.send();
    button?.toggleAttribute('disabled', false);
    if (upload.leadsTo !== null) location.assign(upload.leadsTo);
  };
}

function fileOf(form: HTMLFormElement, files: readonly File[]): File | null {
  return form.dataset['folder'] === undefined ? (files[0] ?? null) : packed(files);
}

function fault(text: string): HTMLLIElement {
  const row = document.createElement('li');
  row.className = 'site-fault';
  row.setAttribute('role', 'alert');
  row.textContent = text;
  return row;
}

// Files can be dropped on the form, each shows how far it is, and each can be cancelled. Without this script the form
// sends them all at once.
import { progressBelow, Upload, type UploadTexts } from './upload.js';

const form = document.querySelector<HTMLFormElement>('form[data-upload]');
const input = form?.querySelector<HTMLInputElement>('input[type=file]') ?? null;
if (form !== null && input !== null) takeFiles(form, input);

function takeFiles(form: HTMLFormElement, input: HTMLInputElement): void {
  const texts = JSON.parse(form.dataset.upload ?? '{}') as UploadTexts;
  const { list, say } = progressBelow(form);
  let turn = Promise.resolve();
  let came = { done: 0, failed: 0, cancelled: 0 };
  let left = 0;

  const take = (files: readonly File[]) => {
    for (const file of files) {
      const upload = new Upload(form, file, texts, say);
      list.append(upload.row);
      left += 1;
      // One after the other: each is a change of the wiki, and a slow line is not shared by many.
      turn = turn.then(async () => {
        came[await upload.send()] += 1;
        left -= 1;
        if (left === 0) end();
      });
    }
  };
  const end = () => {
    const { done, failed } = came;
    came = { done: 0, failed: 0, cancelled: 0 };
    if (failed === 0 && done > 0) return location.reload();
    if (failed === 0) return;
    // What went wrong has to be read first.
    const again = document.createElement('a');
    again.className = 'site-button';
    again.href = location.href;
    again.textContent = texts.again;
    form.querySelector('.files-progress ~ a')?.remove();
    list.after(again);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take([...(input.files ?? [])]);
    input.value = '';
  });
  letDrop(form.querySelector<HTMLElement>('[data-drop]'), take);
}

function letDrop(area: HTMLElement | null, take: (files: readonly File[]) => void): void {
  if (area === null) return;
  const over = (isOver: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    area.toggleAttribute('data-over', isOver);
  };
  area.addEventListener('dragenter', over(true));
  area.addEventListener('dragover', over(true));
  area.addEventListener('dragleave', over(false));
  area.addEventListener('drop', (event) => {
    over(false)(event);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

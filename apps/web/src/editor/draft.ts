import type { WikiClient } from './wiki-client.js';

const pauseMs = 1_500;

/** Keeps what is written on the server while it is written, and warns whoever leaves without saving. */
export class Draft {
  private readonly wiki: WikiClient;
  private readonly revision: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUnsaved = false;

  constructor(wiki: WikiClient, form: HTMLFormElement) {
    this.wiki = wiki;
    this.revision = new FormData(form).get('revision')?.toString() ?? '';
    form.addEventListener('submit', () => {
      this.isUnsaved = false;
      // What is saved is no draft.
      clearTimeout(this.timer);
    });
    addEventListener('beforeunload', (event) => {
      if (this.isUnsaved) event.preventDefault();
    });
  }

  changed(content: string): void {
    this.isUnsaved = true;
    clearTimeout(this.timer);
    // A draft that could not be kept is tried again with the next word; the text is still on the screen.
    this.timer = setTimeout(() => void this.wiki.keepDraft(content, this.revision).catch(() => {}), pauseMs);
  }
}

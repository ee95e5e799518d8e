import type { WikiClient } from './wiki-client.js';
import { fieldOf } from '../form-field.js';

const pauseMs = 1_500;

/** What became of the text since it was changed. */
export type DraftState = 'keeping' | 'kept' | 'notKept';

/** Keeps what is written on the server while it is written, and warns whoever leaves without saving. */
export class Draft {
  private readonly wiki: WikiClient;
  private readonly revision: string;
  private readonly told: (state: DraftState) => void;
  /** A section is no draft of a page. */
  private readonly isKept: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUnsaved = false;

  constructor(wiki: WikiClient, form: HTMLFormElement, told: (state: DraftState) => void) {
    this.wiki = wiki;
    this.told = told;
    this.isKept = form.dataset.section === undefined;
    this.revision = fieldOf(form, 'revision');
    form.addEventListener('submit', () => this.settle());
    addEventListener('beforeunload', (event) => {
      if (this.isUnsaved) event.preventDefault();
    });
  }

  changed(content: string): void {
    this.isUnsaved = true;
    this.told('keeping');
    clearTimeout(this.timer);
    if (this.isKept) this.timer = setTimeout(() => void this.keep(content), pauseMs);
  }

  /** Throws away what was kept. */
  async discard(): Promise<void> {
    this.settle();
    await this.wiki.dropDraft();
  }

  /** What is saved or thrown away is no draft, and nobody needs to be warned. */
  private settle(): void {
    this.isUnsaved = false;
    clearTimeout(this.timer);
  }

  private async keep(content: string): Promise<void> {
    // A draft that could not be kept is tried again with the next word; the text is still on the screen.
    const state = await this.wiki.keepDraft(content, this.revision).then(
      () => 'kept' as const,
      () => 'notKept' as const,
    );
    this.told(state);
  }
}

import { drawDiagrams } from '../diagrams.js';
import type { WikiClient } from './wiki-client.js';

const pauseMs = 400;

/** Shows beside the text what it will look like, from the same renderer that shows pages. */
export class Preview {
  private readonly wiki: WikiClient;
  private readonly shown: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;
  private line = 0;

  constructor(wiki: WikiClient, form: HTMLFormElement) {
    this.wiki = wiki;
    this.shown = document.createElement('section');
    this.shown.className = 'site-preview wb-text';
    this.shown.tabIndex = 0;
    const button = form.querySelector<HTMLButtonElement>('button[value=preview]');
    this.shown.setAttribute('aria-label', button?.textContent ?? '');
    button?.addEventListener('click', (event) => {
      event.preventDefault();
      this.toggle();
    });
    form.classList.add('site-beside');
    form.append(this.shown);
    document.querySelector('section.site-preview:not(.wb-text)')?.remove();
  }

  toggle(): boolean {
    this.shown.hidden = !this.shown.hidden;
    return true;
  }

  changed(content: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show(content), pauseMs);
  }

  /** Scrolls to what the line with the cursor (the first is 0) looks like. */
  follow(line: number): void {
    this.line = line;
    const blocks = [...this.shown.querySelectorAll<HTMLElement>('[data-line]')];
    const block = blocks.findLast((one) => Number(one.dataset.line) <= line);
    const outer = this.shown.getBoundingClientRect();
    // Where the preview stands below the text it has its whole height, and there is nothing to scroll.
    if (block === undefined || this.shown.scrollHeight <= outer.height + 2) return;
    this.shown.scrollTop += block.getBoundingClientRect().top - outer.top - outer.height / 3;
  }

  private async show(content: string): Promise<void> {
    const number = (this.latest += 1);
    const { html } = await this.wiki.preview(content).catch(() => ({ html: null }));
    // Answers may overtake each other.
    if (number !== this.latest) return;
    if (html === null) this.shown.textContent = content;
    else this.shown.innerHTML = html;
    drawDiagrams(this.shown);
    this.follow(this.line);
  }
}

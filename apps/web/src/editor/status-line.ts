import type { DraftState } from './draft.js';
import type { Says } from './says.js';

/** Below the text: how long it is, and whether it is kept. */
export class StatusLine {
  readonly element = document.createElement('div');
  private readonly words = document.createElement('span');
  private readonly state = document.createElement('span');
  private readonly discard = document.createElement('button');
  private readonly says: Says;

  constructor(says: Says, discard: () => void) {
    this.says = says;
    this.element.className = 'site-status';
    this.state.setAttribute('role', 'status');
    const hint = document.createElement('span');
    hint.className = 'site-keys-hint';
    hint.textContent = says.keysHint;
    this.discard.type = 'button';
    this.discard.className = 'site-button';
    this.discard.textContent = says.discard;
    this.discard.hidden = true;
    this.discard.addEventListener('click', discard);
    this.element.append(this.words, this.state, hint, this.discard);
  }

  count(text: string): void {
    const count = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu)?.length ?? 0;
    this.words.textContent = this.says.words.replace('{count}', count.toLocaleString(document.documentElement.lang));
  }

  show(state: DraftState): void {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
    const text = this.says[state].replace('{time}', time);
    // Said again with every key, it would be read out again.
    if (this.state.textContent !== text) this.state.textContent = text;
    if (state === 'kept') this.discard.hidden = false;
  }
}

import type { StateBlock, Token } from 'markdown-it';
import type { Embedding } from '../../embeddings.js';
import { contextOf, type RuleContext } from '../rules/rule-context.js';

type Attributes = Record<string, string>;

/** Puts together what an embedding shows, as tokens: texts in it are read as markdown, or escaped. */
export class Parts {
  private readonly state: StateBlock;
  private readonly open: string[] = [];
  /** The line of the page part on which the embedding begins. */
  private readonly line: number;

  constructor(state: StateBlock, line: number) {
    this.state = state;
    this.line = line;
  }

  get context(): RuleContext {
    return contextOf(this.state.env);
  }

  /** Opens an element, fills it, and closes it. */
  element(tag: string, attributes: Attributes, fill: () => void = () => {}): void {
    const token = this.state.push('embedding_open', tag, 1);
    // A break behind it would be a text of its own.
    token.block = false;
    token.attrs = Object.entries(attributes);
    // Where the page is read along in a preview.
    if (this.open.length === 0) token.map = [this.line, this.line + 1];
    this.open.push(tag);
    fill();
    this.open.pop();
    this.state.push('embedding_close', tag, -1).block = false;
  }

  /** An element without content. */
  single(tag: string, attributes: Attributes): void {
    const token = this.state.push('embedding_single', tag, 0);
    token.attrs = Object.entries(attributes);
  }

  /** A text that is shown as it stands. */
  plain(text: string): void {
    this.state.push('text', '', 0).content = this.context.links.restored(text);
  }

  /** Markdown within a line. */
  inline(text: string): void {
    const token = this.state.push('inline', '', 0);
    token.content = text;
    token.children = [];
  }

  /** Markdown of its own. */
  blocks({ body, bodyLine }: Embedding): Token[] {
    const { state, line } = this;
    const first = state.tokens.length;
    state.md.block.parse(body, state.md, state.env, state.tokens);
    const made = state.tokens.slice(first);
    for (const token of made) {
      token.level += state.level;
      if (token.map !== null) token.map = token.map.map((one) => one + line + bodyLine) as [number, number];
    }
    return made;
  }
}

/** What cannot be shown says why. */
export function told(parts: Parts, title: string, source: string): void {
  parts.element('div', { class: 'wb-alert wb-alert-caution' }, () => {
    parts.element('p', { class: 'wb-title' }, () => parts.plain(title));
    if (source === '') return;
    parts.element('pre', {}, () => parts.element('code', {}, () => parts.plain(source)));
  });
}

import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { WikiClient } from './wiki-client.js';

/** Behind `[[`, pages and sections of which the name begins as one types. */
export const linkCompletion =
  (wiki: WikiClient) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/\[\[[^[\]|\n]*$/);
    if (typed === null || typed.text === '[[') return null;
    const asked = new AbortController();
    context.addEventListener('abort', () => asked.abort());
    const found = await wiki.suggest(typed.text.slice(2), asked.signal).catch(() => []);
    const after = context.state.sliceDoc(context.pos, context.pos + 2) === ']]' ? '' : ']]';
    const options = found.map(({ kind, text, path, anchor }) => ({
      label: kind === 'page' ? path : `${path}#${text}`,
      detail: kind === 'page' && !path.endsWith(text) ? text : '',
      apply: `${kind === 'page' || anchor === null ? path : `${path}#${text}`}${after}`,
    }));
    return { from: typed.from + 2, options, filter: false };
  };

import { EditorView } from '@codemirror/view';
import type { WikiClient } from './wiki-client.js';

/** Files that are pasted or dropped are attached to the page, and shown where they were put. */
export const uploads = (wiki: WikiClient) =>
  EditorView.domEventHandlers({
    paste: (event, view) => take(wiki, view, event.clipboardData, view.state.selection.main.from, event),
    drop: (event, view) => {
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.from;
      return take(wiki, view, event.dataTransfer, at, event);
    },
  });

function take(wiki: WikiClient, view: EditorView, data: DataTransfer | null, at: number, event: Event): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0) return false;
  event.preventDefault();
  void putAll(wiki, view, files, at);
  return true;
}

async function putAll(wiki: WikiClient, view: EditorView, files: readonly File[], at: number): Promise<void> {
  let place = at;
  for (const file of files) {
    const waiting = `![[${file.name} …]]`;
    view.dispatch({ changes: { from: place, insert: waiting } });
    const put = await wiki.upload(file).catch((error: unknown) => String(error));
    const text =
      typeof put === 'string' ? `<!-- ${file.name}: ${put} -->` : `${isShown(put.mime) ? '!' : ''}[[${put.path}]]`;
    // Somebody may have gone on writing meanwhile.
    const found = view.state.doc.toString().indexOf(waiting);
    if (found !== -1) view.dispatch({ changes: { from: found, to: found + waiting.length, insert: text } });
    place = found === -1 ? view.state.doc.length : found + text.length;
  }
}

const isShown = (mime: string): boolean => /^(?:image|audio|video)\//.test(mime);

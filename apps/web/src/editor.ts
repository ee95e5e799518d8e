// Turns the field of the form into an editor. The form stays what is sent.
import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { Draft } from './editor/draft.js';
import { formatKeys, toolbarFor } from './editor/formatting.js';
import { linkCompletion } from './editor/link-completion.js';
import { Preview } from './editor/preview.js';
import { uploads } from './editor/uploads.js';
import { WikiClient } from './editor/wiki-client.js';

const colours = HighlightStyle.define([
  { tag: tags.heading, class: 'site-md-heading' },
  { tag: tags.strong, class: 'site-md-strong' },
  { tag: tags.emphasis, class: 'site-md-emphasis' },
  { tag: tags.strikethrough, class: 'site-md-strike' },
  { tag: [tags.link, tags.url], class: 'site-md-link' },
  { tag: tags.monospace, class: 'site-md-code' },
  { tag: [tags.processingInstruction, tags.meta, tags.contentSeparator], class: 'site-md-mark' },
  { tag: tags.quote, class: 'site-md-quote' },
]);

const form = document.querySelector<HTMLFormElement>('form[data-editor]');
const field = form?.querySelector('textarea') ?? null;
if (form !== null && field !== null) edit(form, field);

function edit(form: HTMLFormElement, field: HTMLTextAreaElement): void {
  const wiki = new WikiClient(form);
  const draft = new Draft(wiki, form);
  const preview = new Preview(wiki, form);
  const save = () => {
    form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value=save]'));
    return true;
  };
  const label = field.labels[0]?.textContent ?? '';
  const view = new EditorView({
    doc: field.value,
    extensions: [
      history(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', dir: 'auto' }),
      markdown({ base: markdownLanguage }),
      syntaxHighlighting(colours),
      search({ top: true }),
      highlightSelectionMatches(),
      autocompletion({ override: [linkCompletion(wiki)], icons: false }),
      uploads(wiki),
      keymap.of([
        { key: 'Mod-s', preventDefault: true, run: save },
        { key: 'Mod-Enter', run: save },
        { key: 'Mod-p', preventDefault: true, run: () => preview.toggle() },
        ...formatKeys,
        ...searchKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        field.value = update.state.doc.toString();
        draft.changed(field.value);
        preview.changed(field.value);
      }),
    ],
  });
  field.hidden = true;
  field.after(view.dom);
  view.dom.before(toolbarFor(view, form));
  preview.changed(field.value);
  view.focus();
}

// Turns the field of the form into an editor. The form stays what is sent.
import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { Draft } from './editor/draft.js';
import { formatKeys } from './editor/formatting.js';
import { linkCompletion } from './editor/link-completion.js';
import { Preview } from './editor/preview.js';
import { saysOf } from './editor/says.js';
import { StatusLine } from './editor/status-line.js';
import { Toolbar } from './editor/toolbar.js';
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
  const says = saysOf(form);
  const status = new StatusLine(says, () => {
    const leave = () => form.querySelector<HTMLAnchorElement>('a[data-cancel]')?.click();
    void draft.discard().then(leave, () => status.show('notKept'));
  });
  const draft = new Draft(wiki, form, (state) => status.show(state));
  const preview = new Preview(wiki, form);
  const save = () => {
    form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value=save]'));
    return true;
  };
  const changed = (view: EditorView) => {
    field.value = view.state.doc.toString();
    draft.changed(field.value);
    preview.changed(field.value);
    status.count(field.value);
  };
  const view = new EditorView({
    doc: field.value,
    extensions: [
      looks(form, field),
      history(),
      EditorState.phrases.of(says.phrases),
      EditorState.allowMultipleSelections.of(true),
      markdown({ base: markdownLanguage }),
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
        if (update.docChanged) changed(update.view);
        if (update.docChanged || update.selectionSet) {
          toolbar.update(update.view);
          preview.follow(update.state.doc.lineAt(update.state.selection.main.head).number - 1);
        }
      }),
    ],
  });
  const toolbar = new Toolbar(view, form, says);
  field.hidden = true;
  field.after(view.dom);
  view.dom.before(toolbar.element);
  view.dom.after(status.element);
  status.count(field.value);
  preview.changed(field.value);
  view.focus();
}

/** How the text looks; the policy of the page takes no styles but those with its nonce. */
function looks(form: HTMLFormElement, field: HTMLTextAreaElement): Extension {
  return [
    EditorView.cspNonce.of(form.dataset.nonce ?? ''),
    EditorView.darkTheme.of(getComputedStyle(form).colorScheme === 'dark'),
    drawSelection(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      // Programs that help people do not all know that what is written in can be reached.
      tabindex: '0',
      'aria-label': field.labels[0]?.textContent ?? '',
      spellcheck: 'true',
      autocorrect: 'on',
      dir: 'auto',
    }),
    syntaxHighlighting(colours),
  ];
}

import { openSearchPanel } from '@codemirror/search';
import type { EditorView } from '@codemirror/view';
import { acts, type Act } from './formatting.js';
import type { Says } from './says.js';
import { addColumn, addRow, changeAlignment, tableAt } from './tables.js';

interface Tool {
  name: string;
  sign: string;
  act: Act;
  key?: string | undefined;
}

const modifier = /Mac|iP(?:hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** Buttons that put marks around or before what is selected, and change the table one is in. */
export class Toolbar {
  readonly element = document.createElement('div');
  private readonly forTables: HTMLElement[];

  constructor(view: EditorView, form: HTMLFormElement, says: Says) {
    const names = JSON.parse(form.dataset.toolbar ?? '{}') as Record<string, string>;
    this.element.className = 'site-toolbar';
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-controls', view.contentDOM.id);
    const add = (tool: Tool) => this.add(view, tool);
    for (const { name, ...act } of acts) add({ name: names[name] ?? name, ...act });
    add({ name: says.find, sign: '⌕', key: 'Mod-f', act: openSearchPanel });
    this.forTables = [
      add({ name: says.tableRow, sign: '+ ▤', act: addRow }),
      add({ name: says.tableColumn, sign: '+ ▥', act: addColumn }),
      add({ name: says.tableAlign, sign: '⇤⇥', act: changeAlignment }),
    ];
    this.update(view);
  }

  /** Shows the tools for tables where there is one. */
  update({ state }: EditorView): void {
    const isOutside = tableAt(state) === null;
    for (const button of this.forTables) button.hidden = isOutside;
  }

  private add(view: EditorView, { name, sign, key, act }: Tool): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sign;
    button.title = key === undefined ? name : `${name} (${key.replace('Mod', modifier).replaceAll('-', '+')})`;
    button.setAttribute('aria-label', name);
    if (key !== undefined) button.setAttribute('aria-keyshortcuts', key.replace('Mod', 'Control').replaceAll('-', '+'));
    button.addEventListener('click', () => act(view));
    this.element.append(button);
    return button;
  }
}

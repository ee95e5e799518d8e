import { EditorSelection } from '@codemirror/state';
import type { EditorView, KeyBinding } from '@codemirror/view';

/** What a button or key does. */
export type Act = (view: EditorView) => boolean;

/** Puts marks around what is selected, or takes them away. */
const around =
  (mark: string): Act =>
  (view) => {
    view.dispatch(
      view.state.changeByRange(({ from, to }) => {
        const { doc } = view.state;
        const isMarked =
          doc.sliceString(from - mark.length, from) === mark && doc.sliceString(to, to + mark.length) === mark;
        if (isMarked) {
          const changes = [
            { from: from - mark.length, to: from },
            { from: to, to: to + mark.length },
          ];
          return { changes, range: EditorSelection.range(from - mark.length, to - mark.length) };
        }
        const changes = [
          { from, insert: mark },
          { from: to, insert: mark },
        ];
        return { changes, range: EditorSelection.range(from + mark.length, to + mark.length) };
      }),
    );
    view.focus();
    return true;
  };

/** Puts a mark before each line that is selected. */
const before =
  (mark: string): Act =>
  (view) => {
    const { doc, selection } = view.state;
    const [first, last] = [doc.lineAt(selection.main.from).number, doc.lineAt(selection.main.to).number];
    const changes = Array.from({ length: last - first + 1 }, (_, at) => ({
      from: doc.line(first + at).from,
      insert: mark,
    }));
    view.dispatch({ changes });
    view.focus();
    return true;
  };

/** Puts a text in place of what is selected, which `$` stands for. */
const instead =
  (template: string): Act =>
  (view) => {
    view.dispatch(
      view.state.changeByRange(({ from, to }) => {
        const text = template.replace('$', () => view.state.sliceDoc(from, to));
        const place = from + template.indexOf('$');
        return { changes: { from, to, insert: text }, range: EditorSelection.range(place, place + to - from) };
      }),
    );
    view.focus();
    return true;
  };

/** What the toolbar does to the text. */
export const acts: readonly { name: string; sign: string; key?: string; act: Act }[] = [
  { name: 'bold', sign: 'B', key: 'Mod-b', act: around('**') },
  { name: 'italic', sign: 'I', key: 'Mod-i', act: around('*') },
  { name: 'strike', sign: 'S', key: 'Mod-Shift-s', act: around('~~') },
  { name: 'heading', sign: 'H', key: 'Mod-Shift-h', act: before('## ') },
  { name: 'link', sign: '[[ ]]', key: 'Mod-k', act: instead('[[$]]') },
  { name: 'list', sign: '•', key: 'Mod-Shift-8', act: before('- ') },
  { name: 'task', sign: '☐', key: 'Mod-Shift-9', act: before('- [ ] ') },
  { name: 'quote', sign: '”', key: 'Mod-Shift-.', act: before('> ') },
  { name: 'code', sign: '<>', key: 'Mod-e', act: around('`') },
  { name: 'table', sign: '▦', key: 'Mod-j', act: instead('\n| $ |  |\n| --- | --- |\n|  |  |\n') },
];

/** The keys of what the toolbar does. */
export const formatKeys: readonly KeyBinding[] = acts.flatMap(({ key, act }) =>
  key === undefined ? [] : [{ key, run: act, preventDefault: true }],
);

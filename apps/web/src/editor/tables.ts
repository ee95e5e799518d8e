import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** The table around the cursor. */
interface Table {
  /** The number of its first line in the text. */
  first: number;
  /** The cells of each line; the second one has the alignments. */
  rows: string[][];
  row: number;
  column: number;
}

const delimiter = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const alignments = ['---', ':--', ':-:', '--:'];

/** The table that the cursor is in; null when it is in none. */
export function tableAt({ doc, selection }: EditorState): Table | null {
  const here = doc.lineAt(selection.main.head);
  if (!here.text.includes('|')) return null;
  let [first, last] = [here.number, here.number];
  while (first > 1 && doc.line(first - 1).text.includes('|')) first -= 1;
  while (last < doc.lines && doc.line(last + 1).text.includes('|')) last += 1;
  if (last === first || !delimiter.test(doc.line(first + 1).text)) return null;
  const rows = Array.from({ length: last - first + 1 }, (_, at) => cellsOf(doc.line(first + at).text));
  const before = cellsOf(here.text.slice(0, selection.main.head - here.from), false);
  const column = Math.max(before.length - 1, 0);
  return { first, rows, row: here.number - first, column: Math.min(column, (rows[0]?.length ?? 1) - 1) };
}

/** Puts an empty row below the one of the cursor. */
export const addRow = (view: EditorView): boolean =>
  changed(view, ({ rows, row, column }) => {
    const at = Math.max(row, 1) + 1;
    const empty = (rows[0] ?? []).map(() => '  ');
    return { rows: rows.toSpliced(at, 0, empty), row: at, column: Math.min(column, 0) };
  });

/** Puts an empty column behind that of the cursor. */
export const addColumn = (view: EditorView): boolean =>
  changed(view, ({ rows, row, column }) => ({
    rows: rows.map((cells, at) => cells.toSpliced(column + 1, 0, at === 1 ? ' --- ' : '  ')),
    row: row === 1 ? 0 : row,
    column: column + 1,
  }));

/** Gives the column of the cursor the next alignment: none, left, middle, right. */
export const changeAlignment = (view: EditorView): boolean =>
  changed(view, ({ rows, row, column }) => {
    const now = (rows[1]?.[column] ?? '').trim();
    const sides = `${now.startsWith(':') ? ':' : '-'}-${now.endsWith(':') ? ':' : '-'}`;
    const next = alignments[(alignments.indexOf(sides) + 1) % alignments.length] ?? '---';
    const aligned = rows.map((cells, at) =>
      at === 1 ? cells.with(Math.min(column, cells.length - 1), ` ${next} `) : cells,
    );
    return { rows: aligned, row, column };
  });

type Changed = Pick<Table, 'rows' | 'row' | 'column'>;

/** Writes the table anew, and puts the cursor into a cell of it; does nothing where there is none. */
function changed(view: EditorView, change: (table: Table) => Changed): boolean {
  const table = tableAt(view.state);
  if (table === null) return false;
  view.dispatch(written(view.state, table, change(table)));
  view.focus();
  return true;
}

function written({ doc }: EditorState, { first, rows: old }: Table, { rows, row, column }: Changed): TransactionSpec {
  const lines = rows.map((cells) => `|${cells.join('|')}|`);
  const [from, to] = [doc.line(first).from, doc.line(first + old.length - 1).to];
  const above = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
  const left = (rows[row] ?? []).slice(0, column).reduce((sum, cell) => sum + cell.length + 1, 0);
  // Behind the bar and the blank after it.
  return { changes: { from, to, insert: lines.join('\n') }, selection: { anchor: from + above + left + 2 } };
}

/** What stands between the bars of a line; a bar behind a backslash is text. */
function cellsOf(line: string, isWhole = true): string[] {
  const cells = line.trimStart().split(/(?<!\\)\|/);
  if (line.trimStart().startsWith('|')) cells.shift();
  if (isWhole && /(?<!\\)\|\s*$/.test(line)) cells.pop();
  return cells;
}

import { type Embedding, isOn, matches, optionOf, sourcesOf } from '../../embeddings.js';
import type { ListedFile } from '../../page-text.js';
import { fileAddress } from '../../page-address.js';
import { captioned } from './boxes.js';
import { delimiterOf, readCsv } from './csv.js';
import { type Parts, told } from './parts.js';

const most = { rows: 2_000, columns: 60 };
/** A table with more rows gets a height of its own, and is scrolled. */
const longTable = 25;

interface Table {
  heads: readonly string[] | null;
  rows: readonly (readonly string[])[];
  /** Whether the first value of a row is its name. */
  hasNames: boolean;
  left: number;
}

/** `{{DataTable}}`: a table that is written in it, or lies in a file of values. */
export function dataTable(embedding: Embedding, parts: Parts): void {
  const [source] = sourcesOf(embedding);
  if (source === undefined) return writtenTable(embedding, parts);
  const text = parts.context.page.listed?.tables.get(source.target ?? '');
  if (text === undefined)
    return told(parts, `DataTable: there is no table “${source.written}”, or it is too large.`, '');
  const table = chosen(embedding, text);
  parts.element('div', { class: longClass(table.rows.length) }, () => {
    parts.element('table', {}, () => {
      captioned(embedding, 'caption', parts);
      if (table.heads !== null) headRow(table.heads, parts);
      parts.element('tbody', {}, () => table.rows.forEach((row) => bodyRow(row, table.hasNames, parts)));
    });
    if (table.left > 0) parts.element('p', {}, () => parts.plain(`… ${table.left} more rows are in the file.`));
  });
}

function writtenTable(embedding: Embedding, parts: Parts): void {
  const rows = embedding.body.split('\n').length;
  parts.element('div', { class: longClass(rows) }, () => {
    if (optionOf(embedding, 'caption') !== null) captioned(embedding, 'p', parts);
    parts.blocks(embedding);
  });
}

const longClass = (rows: number): string => (rows > longTable ? 'wb-table wb-long' : 'wb-table');

function chosen(embedding: Embedding, text: string): Table {
  const given = optionOf(embedding, 'delimiter', 'sep', 'separator');
  const delimiter = given === '\\t' ? '\t' : (given?.[0] ?? delimiterOf(text));
  const all = readCsv(text, delimiter, optionOf(embedding, 'quotechar')?.[0] ?? '"', most.rows * 10);
  const first = isOn(embedding, 'header', true) ? (all[0] ?? []) : null;
  const rows = first === null ? all : all.slice(1);
  const columns = columnsOf(embedding, first, Math.min((first ?? rows[0] ?? []).length, most.columns));
  const pick = (row: readonly string[]) => columns.map((column) => row[column] ?? '');
  const heads = optionOf(embedding, 'headers')
    ?.split(',')
    .map((head) => head.trim());
  return {
    heads: heads ?? (first === null ? null : pick(first)),
    rows: rows.slice(0, most.rows).map(pick),
    hasNames: isOn(embedding, 'column0', false),
    left: Math.max(rows.length - most.rows, 0),
  };
}

/** The columns that are asked for, by their number from 1 or their name; all of them when none is. */
function columnsOf(embedding: Embedding, first: readonly string[] | null, count: number): number[] {
  const all = Array.from({ length: count }, (_, column) => column);
  const asked = optionOf(embedding, 'columns')?.split(',').slice(0, most.columns) ?? [];
  const found = asked.map((one) => (/^\s*\d+\s*$/.test(one) ? Number(one) - 1 : (first ?? []).indexOf(one.trim())));
  const known = found.filter((column) => all.includes(column));
  return known.length > 0 ? known : all;
}

function headRow(heads: readonly string[], parts: Parts): void {
  parts.element('thead', {}, () =>
    parts.element('tr', {}, () => {
      for (const head of heads) parts.element('th', { scope: 'col' }, () => parts.plain(head));
    }),
  );
}

function bodyRow(row: readonly string[], hasName: boolean, parts: Parts): void {
  parts.element('tr', {}, () => {
    for (const [at, value] of row.entries()) {
      const isName = hasName && at === 0;
      parts.element(isName ? 'th' : 'td', isName ? { scope: 'row' } : {}, () => parts.plain(value));
    }
  });
}

/** `{{AttachmentList}}`: the files of the page. */
export function attachmentList(embedding: Embedding, parts: Parts): void {
  const { page } = parts.context;
  const pattern = optionOf(embedding, 'filter') ?? '*';
  const named = (page.listed?.files ?? []).map((file) => ({ ...file, name: file.path.split('/').at(-1) ?? file.path }));
  const files = named.filter(({ name }) => matches(name, pattern)).slice(0, most.rows);
  const format = optionOf(embedding, 'fmt', 'format')?.toLowerCase() ?? 'full';
  const heads = ['File', ...(format === 'minimal' ? [] : ['Size', 'Changed'])];
  if (format !== 'minimal' && format !== 'details') heads.push('By', 'Comment');
  parts.element('div', { class: longClass(files.length) }, () =>
    parts.element('table', {}, () => {
      captioned(embedding, 'caption', parts);
      headRow(heads, parts);
      parts.element('tbody', {}, () => files.forEach((file) => fileRow(file, heads.length, parts)));
    }),
  );
}

function fileRow(file: ListedFile & { name: string }, columns: number, parts: Parts): void {
  const changed = file.changedAt.toISOString();
  const cells = [
    () =>
      parts.element('a', { href: fileAddress(parts.context.showing.base, file.path), class: 'wb-file' }, () =>
        parts.plain(file.name),
      ),
    () => parts.plain(sizeOf(file.bytes)),
    () => parts.element('time', { datetime: changed }, () => parts.plain(changed.slice(0, 16).replace('T', ' '))),
    () => parts.plain(file.author),
    () => parts.plain(file.message.split('\n', 1)[0] ?? ''),
  ];
  parts.element('tr', {}, () => {
    for (const fill of cells.slice(0, columns)) parts.element('td', {}, fill);
  });
}

function sizeOf(bytes: number): string {
  const [unit, size] =
    bytes < 1024 ? ['B', bytes] : bytes < 1024 ** 2 ? ['KiB', bytes / 1024] : ['MiB', bytes / 1024 ** 2];
  return `${unit === 'B' ? size : Number(size).toFixed(1)} ${unit}`;
}

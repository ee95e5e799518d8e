import { wikiTarget } from './link-targets.js';

/** Something in double braces, as An Otter Wiki has it: `{{InfoBox` … `}}`. */
export interface Embedding {
  /** As it is written. */
  name: string;
  /** What it is: the name in lower case, without blanks. */
  kind: string;
  /** Its options in the author's order; names as they are written. */
  options: [name: string, value: string][];
  /** The lines that are no options. */
  body: string;
  /** How many lines below its first its body begins. */
  bodyLine: number;
}

/** From which line to which an embedding reaches. */
export interface EmbeddingLines {
  /** The line of its `}}`. */
  last: number;
  embedding: Embedding;
}

const opening = /^\{\{[ \t]*([\p{L}][\p{L}\p{N}_ -]{0,39}?)[ \t]*(?=\||\}\}|$)/u;
// An address with a question is no name.
const option = /^\|[ \t]*((?:\\.|(?!:\/\/)[^=|\\])+)=(.*)$/s;
const ofTables = new Set([
  ...['caption', 'paging', 'perpage', 'searchable', 'sortable', 'fixedheight', 'src', 'delimiter', 'sep', 'separator'],
  ...['quotechar', 'header', 'headers', 'columns', 'column0'],
]);

/** Where embeddings begin and end, line by line; each line is looked at once, however many stay open. */
export class EmbeddingFinder {
  private readonly ends = new Map<number, number>();

  private readonly lineAt: (line: number) => string;
  private readonly to: number;

  constructor(lineAt: (line: number) => string, to: number) {
    this.lineAt = lineAt;
    this.to = to;
  }

  /** The embedding that begins on a line; null when none does, or when it has no end. */
  at(line: number): EmbeddingLines | null {
    if (!opening.test(this.lineAt(line))) return null;
    if (!this.ends.has(line)) this.look(line);
    const last = this.ends.get(line) ?? -1;
    return last === -1 ? null : { last, embedding: this.read(line, last) };
  }

  private look(from: number): void {
    const open: number[] = [];
    let fence: string | null = null;
    for (let line = from; line < this.to; line += 1) {
      const text = this.lineAt(line);
      const mark = /^[ \t]*(`{3,}|~{3,})/.exec(text)?.[1];
      if (mark !== undefined && open.length > 0) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
      if (fence !== null || mark !== undefined) continue;
      if (opening.test(text)) open.push(line);
      if (!closes(text)) continue;
      const begun = open.pop();
      if (begun !== undefined) this.ends.set(begun, line);
      if (open.length === 0) return;
    }
    for (const line of open) this.ends.set(line, -1);
  }

  private read(first: number, last: number): Embedding {
    const lines = Array.from({ length: last - first + 1 }, (_, at) => this.lineAt(first + at));
    lines[last - first] = (lines[last - first] ?? '').trimEnd().slice(0, -2);
    return readEmbedding(lines);
  }
}

/** Whether a line ends an embedding: it ends with `}}` that opened on no `{{` behind the first of its own. */
function closes(text: string): boolean {
  if (!text.includes('}}')) return false;
  // A mark in place of a link has braces of its own.
  const own = text.replace(opening, '').replaceAll(/\{\uFDD0\d+\uFDD1\}/g, '');
  if (!own.trimEnd().endsWith('}}')) return false;
  return (own.match(/\}\}/g)?.length ?? 0) > (own.match(/\{\{/g)?.length ?? 0);
}

function readEmbedding(lines: string[]): Embedding {
  const [head = '', ...rest] = lines;
  const found = opening.exec(head);
  const name = (found?.[1] ?? '').trim();
  const kind = name.toLowerCase().replaceAll(/[ _-]/g, '');
  const embedding: Embedding = { name, kind, options: [], body: '', bodyLine: 0 };
  const body: string[] = [];
  const written = [...partsOf(head.slice(found?.[0].length ?? 0)), ...rest];
  for (const [at, line] of written.entries()) {
    const [, key = '', value = ''] = option.exec(line) ?? [];
    const isOption = key.trim() !== '' && (kind !== 'datatable' || ofTables.has(key.trim().toLowerCase()));
    if (isOption) embedding.options.push([plain(key.trim()), plain(value.trim())]);
    else if (body.length > 0 || line.trim() !== '') {
      if (body.length === 0) embedding.bodyLine = Math.max(at - (written.length - lines.length), 0);
      body.push(line.replace(/^\\\|/, '|'));
    }
  }
  embedding.body = body.join('\n').trimEnd();
  return embedding;
}

/** What is written behind the name on its own line: parts that begin with bars; those within brackets belong to links. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const two = text.slice(at, at + 2);
    if (two === '[[') depth += 1;
    else if (two === ']]') depth -= 1;
    else if (text[at] === '\\') at += 1;
    else if (text[at] === '|' && depth <= 0) {
      parts.push(text.slice(from, at));
      from = at;
    }
  }
  parts.push(text.slice(from));
  // A part without a name is a value by itself: `{{Video|film.mp4}}`.
  return parts.map((part) => (part.startsWith('|') && !option.test(part) ? part.slice(1) : part));
}

/** `\|` and `\=` are those characters. */
const plain = (text: string): string => text.replace(/\\([|=])/g, '$1');

/** The value of the first of these options that is there and not empty. */
export function optionOf({ options }: Embedding, ...names: string[]): string | null {
  for (const name of names) {
    const value = options.find(([key]) => key.toLowerCase() === name)?.[1];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

/** Whether an option is on; `otherwise` when it is not there. */
export function isOn(embedding: Embedding, name: string, otherwise: boolean): boolean {
  const value = optionOf(embedding, name);
  return value === null ? otherwise : /^(?:true|yes|on|y|1)$/i.test(value);
}

/** The first embeddings of a page, also those within others; with those in code among them, which show nothing. */
export function embeddingsIn(text: string, most = 100): Embedding[] {
  if (!text.includes('{{')) return [];
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?/, ''));
  const finder = new EmbeddingFinder((line) => lines[line] ?? '', lines.length);
  const found: Embedding[] = [];
  for (let line = 0; line < lines.length && found.length < most; line += 1) {
    const one = finder.at(line);
    if (one !== null) found.push(one.embedding);
  }
  return found;
}

const outside = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

const mostSources = 20;

/** The addresses an embedding shows something of: its `src`, and the lines of a film. */
export function sourcesOf(embedding: Embedding): { written: string; target: string | null }[] {
  const { kind, body } = embedding;
  if (kind === 'pageindex') return [];
  const lines = kind === 'video' ? body.split('\n', mostSources) : [];
  const written = [optionOf(embedding, 'src') ?? '', ...lines].map((one) => one.trim()).filter(Boolean);
  return written.map((one) => ({
    written: one,
    target: outside.test(one) ? null : (wikiTarget(one)?.target ?? null),
  }));
}

/** The folder whose pages an index shows, empty for the whole wiki, and which of them by their title or name. */
export function indexOf(embedding: Embedding, path: string): { folder: string; pattern: string | null } {
  const source = optionOf(embedding, 'src', 'source') ?? '*';
  if (source.startsWith('/')) return { folder: source.replace(/^\/+|\/*\*?$/g, ''), pattern: null };
  return { folder: path, pattern: source === '*' ? null : source };
}

/** Whether a text matches a pattern with `*` and `?`, in time that grows with the two of them alone. */
export function matches(text: string, pattern: string): boolean {
  const [letters, signs] = [[...text.toLowerCase()], [...pattern.toLowerCase()]];
  let [at, sign, star, from] = [0, 0, -1, 0];
  while (at < letters.length) {
    if (sign < signs.length && signs[sign] === '*') [star, from, sign] = [sign, at, sign + 1];
    else if (sign < signs.length && (signs[sign] === '?' || signs[sign] === letters[at]))
      [at, sign] = [at + 1, sign + 1];
    else if (star !== -1) [from, at, sign] = [from + 1, from + 1, star + 1];
    else return false;
  }
  return signs.slice(sign).every((one) => one === '*');
}

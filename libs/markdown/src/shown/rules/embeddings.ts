import type { MarkdownIt, StateBlock } from 'markdown-it';
import { type Embedding, EmbeddingFinder } from '../../embeddings.js';
import { figure, imageFrame, infoBox, video } from '../embeddings/boxes.js';
import { pageIndex } from '../embeddings/page-index.js';
import { Parts, told } from '../embeddings/parts.js';
import { attachmentList, dataTable } from '../embeddings/tables.js';
import { contextOf } from './rule-context.js';

/** So many may stand within each other, and so many lists of files, pages and rows on one page. */
const most = { depth: 4, lists: 30 };

const boxes: Record<string, (embedding: Embedding, parts: Parts) => void> = {
  ...{ infobox: infoBox, imageframe: imageFrame, figure, video },
};
const lists: Record<string, (embedding: Embedding, parts: Parts) => void> = {
  ...{ datatable: dataTable, attachmentlist: attachmentList, attachments: attachmentList, pageindex: pageIndex },
};

/** Embeddings in double braces, as An Otter Wiki has them. */
export function embeddings(md: MarkdownIt): void {
  md.block.ruler.before('table', 'embedding', embedding, { alt: ['paragraph', 'blockquote', 'list'] });
}

function embedding(state: StateBlock, from: number, to: number, silent: boolean): boolean {
  const start = (state.bMarks[from] ?? 0) + (state.tShift[from] ?? 0);
  if (!state.src.startsWith('{{', start) || (state.sCount[from] ?? 0) - state.blkIndent >= 4) return false;
  const context = contextOf(state.env);
  if ((context.depth ?? 0) >= most.depth) return false;
  const found = finderOf(state, to).at(from);
  if (found === null) return false;
  if (silent) return true;
  context.depth = (context.depth ?? 0) + 1;
  show(found.embedding, new Parts(state, from));
  context.depth -= 1;
  state.line = found.last + 1;
  return true;
}

function show(found: Embedding, parts: Parts): void {
  const { context } = parts;
  const restored: Embedding = {
    ...found,
    options: found.options.map(([name, value]) => [name, sourceOf(name, value)]),
  };
  const box = Object.hasOwn(boxes, found.kind) ? boxes[found.kind] : undefined;
  if (box !== undefined) return box(restored, parts);
  const list = Object.hasOwn(lists, found.kind) ? lists[found.kind] : undefined;
  if (list === undefined) return told(parts, `Unknown embedding: ${found.name}`, asWritten(found));
  context.lists = (context.lists ?? 0) + 1;
  if (context.lists > most.lists) return told(parts, `${found.name}: this page has too many lists.`, '');
  list(restored, parts);

  /** What names a file is no link, even where it looks like one. */
  function sourceOf(name: string, value: string): string {
    return name.toLowerCase() === 'src' ? context.links.restored(value).replace(/^!?\[\[|\]\]$/g, '') : value;
  }
}

function asWritten({ options, body }: Embedding): string {
  return [...options.map(([name, value]) => `|${name}=${value}`), body].filter(Boolean).join('\n');
}

const finders = new WeakMap<StateBlock, Map<string, EmbeddingFinder>>();

/** What is known of the same lines: a quotation reads its lines otherwise than the page around it. */
function finderOf(state: StateBlock, to: number): EmbeddingFinder {
  const ofState = finders.get(state) ?? new Map<string, EmbeddingFinder>();
  finders.set(state, ofState);
  const key = [to, state.blkIndent, state.parentType, state.level].join(' ');
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const finder = ofState.get(key) ?? new EmbeddingFinder(lineAt, to);
  ofState.set(key, finder);
  return finder;
}

import { type Embedding, optionOf } from '../../embeddings.js';

/** How wide the text of a page is, for measures in pixels. */
const measure = 704;

/** The classes for how wide an embedding is, in tenths of the text. */
export function widthClass(embedding: Embedding, otherwise: number): string {
  const written = /^(\d{1,5})(?:\.\d+)?\s*(%|px)?$/.exec(optionOf(embedding, 'width') ?? '');
  const number = Number(written?.[1] ?? otherwise);
  const share = written !== null && written[2] !== '%' ? (number / measure) * 100 : number;
  return `wb-width-${Math.min(Math.max(Math.round(share / 10), 1), 10)}`;
}

/** The class for the side at which an embedding stands. */
export function sideClass(embedding: Embedding, otherwise: 'right' | 'center'): string {
  const side = optionOf(embedding, 'float', 'position', 'pos')?.toLowerCase() ?? otherwise;
  return `wb-at-${['left', 'right', 'center'].includes(side) ? side : otherwise}`;
}

/** The class for how its text is aligned, after a blank; nothing when it does not say. */
export function alignClass(embedding: Embedding): string {
  const align = optionOf(embedding, 'text-align', 'align')?.toLowerCase() ?? '';
  return ['left', 'right', 'center', 'justify'].includes(align) ? ` wb-align-${align}` : '';
}

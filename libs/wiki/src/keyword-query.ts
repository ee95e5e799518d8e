import type { KeywordForm, KeywordQuestion } from '@lib/search';
import { quoted } from './keyword-vector.js';

/** A tsquery that finds pages with any of these forms, written out; in titles (A) or headings (B) alone if said so. */
export function anyOf(forms: readonly KeywordForm[], field: 'A' | 'B' | '' = ''): string {
  return forms.length === 0 ? '' : `(${forms.map((form) => written(form, field)).join(' | ')})`;
}

/** The tsquery whose pages are the results of a question; empty when nothing can be one. */
export function resultsQuery({ terms, without }: KeywordQuestion): string {
  const musts = terms.filter(({ need }) => need === 'must').map(({ forms }) => anyOf(forms));
  const mays = terms.filter(({ need }) => need === 'may').flatMap(({ forms }) => forms);
  const wanted = musts.length > 0 ? musts : [anyOf(mays)];
  if (wanted.includes('')) return '';
  return [...wanted, ...without.map(({ forms }) => `!${anyOf(forms)}`)].join(' & ');
}

function written({ words, isPrefix }: KeywordForm, field: string): string {
  const inField = field === '' ? '' : `:${field}`;
  const ending = isPrefix === true ? `:*${field}` : inField;
  return words.length === 1
    ? `${words.map(quoted).join('')}${ending}`
    : `(${words.map(quoted).join(`${inField} <-> `)}${ending})`;
}

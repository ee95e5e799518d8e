import type { KeywordForm, KeywordQuestion } from '@lib/search';
import { quoted } from './keyword-vector.js';

/** A tsquery that finds pages with any of these forms, written out. */
export function anyOf(forms: readonly KeywordForm[]): string {
  return forms.length === 0 ? '' : `(${forms.map(written).join(' | ')})`;
}

/** The tsquery whose pages are the results of a question; empty when nothing can be one. */
export function resultsQuery({ terms, without }: KeywordQuestion): string {
  const musts = terms.filter(({ need }) => need === 'must').map(({ forms }) => anyOf(forms));
  const mays = terms.filter(({ need }) => need === 'may').flatMap(({ forms }) => forms);
  const wanted = musts.length > 0 ? musts : [anyOf(mays)];
  if (wanted.includes('')) return '';
  return [...wanted, ...without.map(({ forms }) => `!${anyOf(forms)}`)].join(' & ');
}

function written({ words, isPrefix }: KeywordForm): string {
  const ending = isPrefix === true ? ':*' : '';
  return words.length === 1
    ? `${words.map(quoted).join('')}${ending}`
    : `(${words.map(quoted).join(' <-> ')}${ending})`;
}

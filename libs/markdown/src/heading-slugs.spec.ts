import { headingsOf } from './headings.js';
import { headingSlug } from './heading-slugs.js';

describe('headingSlug', () => {
  it.each([
    ['Head 2', 'head-2'],
    ['head 1.1 **bold**', 'head-11-bold'],
    ['äüöÄÜÖ', 'auoauo'],
    ['Two  words - and more', 'two-words-and-more'],
    ['What? Why!', 'what-why'],
    ['snake_case', 'snake_case'],
    ['東京 地下鉄', '東京-地下鉄'],
    ['Москва', 'москва'],
    ['!!!', ''],
  ])('of %j is %j', (text, slug) => {
    expect(headingSlug(text)).toBe(slug);
  });

  it('is the same for composed and decomposed letters', () => {
    expect(headingSlug('Cafe\u0301')).toBe(headingSlug('Café'));
  });
});

describe('the anchors of a page', () => {
  const slugs = (text: string): string[] => headingsOf(text).map(({ slug }) => slug);

  it('are numbered where headings repeat', () => {
    expect(slugs('# head 2\n# head 2\n# head 2')).toEqual(['head-2', 'head-2-1', 'head-2-2']);
  });

  it('are never the same, even when a heading looks like a numbered one', () => {
    expect(slugs('# a\n# a-1\n# a\n# a')).toEqual(['a', 'a-1', 'a-2', 'a-3']);
    expect(slugs('# a\n# a\n# a-1')).toEqual(['a', 'a-1', 'a-1-1']);
  });

  it('exist for headings without letters', () => {
    expect(slugs('# !!!\n# ???')).toEqual(['section', 'section-1']);
  });

  it('take no time for thousands of equal headings', () => {
    expect(new Set(slugs('# a\n'.repeat(20_000))).size).toBe(20_000);
  });
});

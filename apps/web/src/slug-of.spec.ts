import { describe, expect, it } from 'vitest';
import { slugPattern } from '@lib/acl';
import { slugOf } from './slug-of.js';

describe('the short name that is suggested for a wiki', () => {
  it.each([
    ['Notes', 'notes'],
    ['  My Research, 2026! ', 'my-research-2026'],
    ['Größe & Änderung', 'grosse-anderung'],
    ["Alice's garden", 'alices-garden'],
    ['Ünïcödé', 'unicode'],
    ['日本語', ''],
    ['---', ''],
    [`${'word '.repeat(30)}`, `${'word-'.repeat(12)}word`],
  ])('of %j is %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
    expect(slug === '' || slugPattern.test(slug)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { AclError } from './acl-errors.js';
import { anAccess } from './testing/an-access.js';
import { isWithin, mayTouch, parseTokenPaths, reaches } from './token-paths.js';

describe('the paths of a token', () => {
  it.each([
    ['Drafts', true],
    ['Drafts/Plan', true],
    ['Drafts/deep/er', true],
    ['Draftsman', false],
    ['drafts/Plan', false],
    ['Home', false],
    ['Drafts/../Home', false],
    ['Drafts/./Plan', false],
    ['../Drafts', false],
    ['', false],
    ['Notes/2026/May', true],
    ['Notes/2025', false],
    ['Notes', false],
  ])('Drafts and Notes/2026 reach %j: %s', (path, reached) => {
    expect(isWithin(['Drafts', 'Notes/2026'], path)).toBe(reached);
  });

  it('compare in one normal form', () => {
    expect(isWithin(['Zo\u00eb'], 'Zoe\u0308/Diary')).toBe(true);
  });

  it('are no limit when there are none', () => {
    expect(isWithin(null, 'anything')).toBe(true);
    expect(reaches(anAccess('page.read'), 'anything')).toBe(true);
  });

  it('refuse what they do not reach, and say what they reach', () => {
    const access = anAccess('page.write', { paths: ['Drafts'] });

    expect(() => mayTouch(access, 'Drafts/Plan')).not.toThrow();
    expect(() => mayTouch(access, 'Home')).toThrow(expect.objectContaining({ code: 'path-outside-token' }));
    expect(() => mayTouch(access, 'Home')).toThrow(/Drafts/);
  });

  it('are taken with or without slashes at their ends, each once', () => {
    expect(parseTokenPaths(['/Drafts/', 'Drafts', 'Notes/2026'])).toEqual(['Drafts', 'Notes/2026']);
    expect(parseTokenPaths(null)).toBeNull();
  });

  it.each([[[]], [['']], [['/']], [['a//b']], [['../a']], [['a/./b']], [['a\0']], [['a\\b']], [['a', '..']]])(
    '%j is refused',
    (paths) => {
      expect(() => parseTokenPaths(paths)).toThrow(AclError);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path.js';

describe('where to go on after signing in', () => {
  it.each([
    ['/@alice/notes?page=1#top', '/@alice/notes?page=1#top'],
    ['//evil.example', '/'],
    [['/account', '/account'], '/'],
    [{}, '/'],
    [undefined, '/'],
  ])('%j leads to %j', (asked, path) => {
    expect(ownPath(asked)).toBe(path);
  });
});

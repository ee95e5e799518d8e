import { describe, expect, it } from 'vitest';
import { type Pressed, singleKey, wantsPalette } from './pressed.js';

const pressed = (key: string, held: Partial<Pressed> & { altGraph?: boolean } = {}): Pressed => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  getModifierState: (name) => name === 'AltGraph' && held.altGraph === true,
  ...held,
});

describe('keys that were pressed', () => {
  it.each([
    ['c', {}, 'c'],
    ['?', { shiftKey: true }, '?'],
    ['/', { shiftKey: true }, '/'],
    ['[', { ctrlKey: true, altKey: true, altGraph: true }, '['],
    ['c', { ctrlKey: true }, null],
    ['c', { metaKey: true }, null],
    ['e', { altKey: true }, null],
    ['Enter', {}, null],
    ['F1', {}, null],
    ['Dead', {}, null],
  ])('%s with %j is the single key %s', (key, held, expected) => {
    expect(singleKey(pressed(key, held))).toBe(expected);
  });

  it.each([
    ['k', { ctrlKey: true }, false, true],
    ['K', { ctrlKey: true }, false, true],
    ['k', { ctrlKey: true }, true, false],
    ['k', { metaKey: true }, true, true],
    ['k', { metaKey: true }, false, false],
    ['k', { ctrlKey: true, shiftKey: true }, false, false],
    ['k', { ctrlKey: true, altKey: true }, false, false],
    ['k', {}, false, false],
    ['j', { ctrlKey: true }, false, false],
  ])('%s with %j, on a Mac %s, wants the palette: %s', (key, held, isMac, expected) => {
    expect(wantsPalette(pressed(key, held), isMac)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { dispositionOf, wantsBytes } from './raw-file.js';

const accepting = (accept?: string) => ({ headers: accept === undefined ? {} : { accept } });

describe('a file as a download', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['application/problem+json, */*', false],
    ['application/octet-stream', true],
    ['image/png,image/*;q=0.8,*/*;q=0.5', true],
    ['text/html,application/xhtml+xml', true],
  ])('Accept %j asks for bytes: %j', (accept, expected) => {
    expect(wantsBytes(accepting(accept), undefined)).toBe(expected);
  });

  it('raw in the query wins over Accept', () => {
    expect(wantsBytes(accepting('application/json'), '1')).toBe(true);
    expect(wantsBytes(accepting('image/png'), 'false')).toBe(false);
  });

  it('a name cannot break out of its header', () => {
    const header = dispositionOf('a"; evil="1\r\nSet-Cookie: x\\\u202e.txt');

    expect(header).not.toMatch(/[\r\n]/);
    expect(header.match(/"/g)).toHaveLength(2);
    expect(header).toContain('%0D%0A');
  });
});

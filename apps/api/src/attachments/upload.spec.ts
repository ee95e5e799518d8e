import { describe, expect, it } from 'vitest';
import { bytesOf, uploadOf } from './upload.js';

describe('an upload', () => {
  it('base64 is taken with and without padding and line breaks, and for nothing else', () => {
    expect(bytesOf('aGk=').toString()).toBe('hi');
    expect(bytesOf('aGk').toString()).toBe('hi');
    expect(bytesOf('aG\r\nk=').toString()).toBe('hi');
    expect(bytesOf('')).toHaveLength(0);
  });

  it.each(['!!!!', 'aGk=!', 'a', 'aGk===', 'aGl=', 'a-_b', 'aG k=', '=', 'aGk=aGk='])('%j is not base64', (text) => {
    expect(() => bytesOf(text)).toThrow(expect.objectContaining({ code: 'bad-base64' }));
  });

  it('bytes take their name from the query', () => {
    expect(uploadOf(Buffer.from('x'), { filename: 'a.bin', commit_message: 'm' })).toEqual({
      filename: 'a.bin',
      commit_message: 'm',
      bytes: Buffer.from('x'),
    });
  });
});

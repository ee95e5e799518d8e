import { isUtf8 } from 'node:buffer';
import { WikiError } from './wiki-errors.js';

const loneSurrogate = /\p{Cs}/u;

/** Bytes as text; undefined when they are no text whose every byte would come back. */
export function fileText(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Text as the bytes to be stored; refuses half characters, which UTF-8 cannot hold. */
export function storedBytes(content: string): Buffer {
  if (loneSurrogate.test(content)) {
    throw new WikiError(
      'content-not-valid',
      'The content holds half of a character (a lone surrogate), which UTF-8 cannot store. Send it again, whole.',
    );
  }
  return Buffer.from(content, 'utf8');
}

/** Whether a text can be stored and comes back the same. */
export const isStorable = (text: string): boolean => !loneSurrogate.test(text) && !text.includes('\0');

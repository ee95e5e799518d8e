const kinds = [
  ['png', (bytes: Buffer) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ['jpeg', (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['gif', (bytes: Buffer) => /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))],
  ['webp', (bytes: Buffer) => /^RIFF.{4}WEBP$/s.test(bytes.toString('latin1', 0, 12))],
  ['avif', (bytes: Buffer) => /^ftypavi[fs]$/.test(bytes.toString('latin1', 4, 12))],
] as const;

/** What a file is by its first bytes, whatever it is called; null for all that is no picture made of pixels. */
export function pictureKind(bytes: Buffer): (typeof kinds)[number][0] | null {
  return kinds.find(([, matches]) => matches(bytes))?.[0] ?? null;
}

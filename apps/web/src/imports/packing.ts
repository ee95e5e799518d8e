/** What programs leave in folders; the server would leave it out anyway. */
const litter = /(?:^|\/)(?:\.git|\.obsidian|\.trash|__MACOSX)\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/;
const block = 512;
const utf8 = new TextEncoder();

/**
 * The files of a folder as one tar archive, under their paths in it; null when there are none. The files themselves are
 * not read: the browser takes them from the disk while it sends.
 */
export function packed(files: readonly File[]): File | null {
  const taken = files.filter((file) => !litter.test(`/${file.webkitRelativePath}`));
  const [first] = taken;
  if (first === undefined) return null;
  const parts: BlobPart[] = taken.flatMap((file) => entry(file.webkitRelativePath || file.name, file));
  // https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
  parts.push(new Uint8Array(2 * block));
  return new File(parts, `${first.webkitRelativePath.split('/')[0] || 'folder'}.tar`);
}

function entry(path: string, file: File): BlobPart[] {
  const name = utf8.encode(path);
  // The head has room for short ASCII names and sizes below 8 GiB; every other name stands in a record before it.
  const isPlain = name.length === path.length && name.length < 100;
  const record = isPlain ? [] : extended('path', path);
  return [...record, head(isPlain ? name : utf8.encode('file'), file.size, '0'), file, padding(file.size)];
}

function extended(key: string, value: string): BlobPart[] {
  const rest = utf8.encode(` ${key}=${value}\n`);
  // The length counts its own digits.
  let length = rest.length;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return [head(utf8.encode('pax'), length, 'x'), `${length}`, rest, padding(length)];
}

function head(name: Uint8Array, size: number, type: '0' | 'x'): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(block);
  const put = (text: string, at: number) => bytes.set(utf8.encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  bytes.set(name, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  // While the sum is made, its own place counts as blanks.
  put('        ', 148);
  put(type, 156);
  put('ustar\u000000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)} `, 148);
  return bytes;
}

const padding = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array((block - (size % block)) % block);

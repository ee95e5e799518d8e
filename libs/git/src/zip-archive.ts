import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  path: string;
  bytes: Buffer;
  /** As git writes it. */
  mode: string;
}

interface Written {
  name: Buffer;
  crc: number;
  method: number;
  packed: number;
  size: number;
  offset: number;
  mode: string;
}

interface Moment {
  time: number;
  date: number;
}

const compress = promisify(deflateRaw);
const signatures = {
  file: 0x04034b50,
  directory: 0x02014b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
};
const [stored, deflated] = [0, 8];
/** Names are UTF-8. */
const flags = 0x0800;
const [plainVersion, zip64Version] = [20, 45];
/** Made on Unix, so that modes count. */
const madeBy = (3 << 8) | zip64Version;
const [most16, most32] = [0xffff, 0xffffffff];

/**
 * A zip archive, piece by piece: of the files one at a time is in memory. The same files with the same date are the same
 * bytes. (PKWARE APPNOTE 6.3, with its ZIP64 fields only where they are needed.)
 */
export async function* zipArchive(entries: AsyncIterable<ZipEntry>, changed: Date): AsyncGenerator<Buffer> {
  const moment = momentOf(changed);
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { path, bytes, mode } of entries) {
    // Nothing cannot be made smaller.
    const small = bytes.length === 0 ? bytes : await compress(bytes, { level: 6 });
    const isSmaller = small.length < bytes.length;
    const body = isSmaller ? small : bytes;
    const method = isSmaller ? deflated : stored;
    const name = Buffer.from(path, 'utf8');
    const written = { name, crc: crc32(bytes), method, packed: body.length, size: bytes.length, offset, mode };
    const head = fileHead(written, moment);
    directory.push(directoryEntry(written, moment));
    offset += head.length + body.length;
    yield head;
    yield body;
  }
  const index = Buffer.concat(directory);
  yield index;
  yield endOf({ count: directory.length, size: index.length, offset });
}

function fileHead({ name, crc, method, packed, size }: Written, { time, date }: Moment): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(signatures.file, 0);
  head.writeUInt16LE(plainVersion, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(method, 8);
  head.writeUInt16LE(time, 10);
  head.writeUInt16LE(date, 12);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(packed, 18);
  head.writeUInt32LE(size, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function directoryEntry({ name, crc, method, packed, size, offset, mode }: Written, { time, date }: Moment): Buffer {
  const isFar = offset >= most32;
  const far = Buffer.alloc(isFar ? 12 : 0);
  if (isFar) {
    far.writeUInt16LE(1, 0);
    far.writeUInt16LE(8, 2);
    far.writeBigUInt64LE(BigInt(offset), 4);
  }
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(signatures.directory, 0);
  entry.writeUInt16LE(madeBy, 4);
  entry.writeUInt16LE(isFar ? zip64Version : plainVersion, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(time, 12);
  entry.writeUInt16LE(date, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(far.length, 30);
  entry.writeUInt32LE(Number.parseInt(mode, 8) * 0x10000, 38);
  entry.writeUInt32LE(isFar ? most32 : offset, 42);
  return Buffer.concat([entry, name, far]);
}

function endOf({ count, size, offset }: { count: number; size: number; offset: number }): Buffer {
  const isLarge = count >= most16 || size >= most32 || offset >= most32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(size, most32), 12);
  end.writeUInt32LE(Math.min(offset, most32), 16);
  return isLarge ? Buffer.concat([zip64EndOf({ count, size, offset }), end]) : end;
}

function zip64EndOf({ count, size, offset }: { count: number; size: number; offset: number }): Buffer {
  const end = Buffer.alloc(56);
  end.writeUInt32LE(signatures.zip64End, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(madeBy, 12);
  end.writeUInt16LE(zip64Version, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(signatures.zip64Locator, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end, locator]);
}

/** Two seconds are the smallest step, and 1980 is the first year. */
function momentOf(given: Date): Moment {
  const at = new Date(Math.min(Math.max(given.getTime(), Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31)));
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

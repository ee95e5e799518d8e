import { GitError } from './git-errors.js';

export const flush = Buffer.from('0000');
const maxPacket = 65_520;

/** One packet of git's wire format: four hexadecimal digits of length, then the data. */
export function packet(data: string | Buffer): Buffer {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data, 'utf8');
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

/** Cuts data into packets of one side-band channel (1 data, 2 messages for the person). */
export function sideBand(channel: 1 | 2, data: Buffer): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at < data.length; at += 65_000) {
    packets.push(packet(Buffer.concat([Buffer.from([channel]), data.subarray(at, at + 65_000)])));
  }
  return Buffer.concat(packets);
}

export type Packet = Buffer | 'flush' | 'delimiter' | 'response-end';

/** Reads the packet that begins at `at`; null when the bytes do not hold all of it yet. */
export function readPacket(bytes: Buffer, at: number): { packet: Packet; next: number } | null {
  if (bytes.length < at + 4) return null;
  const digits = bytes.toString('latin1', at, at + 4);
  if (!/^[0-9a-fA-F]{4}$/.test(digits))
    throw new GitError('pack-refused', 'The request is not in git’s packet format.');
  const length = parseInt(digits, 16);
  if (length === 0) return { packet: 'flush', next: at + 4 };
  if (length === 1) return { packet: 'delimiter', next: at + 4 };
  if (length === 2) return { packet: 'response-end', next: at + 4 };
  if (length < 4 || length > maxPacket) throw new GitError('pack-refused', 'A packet has an impossible length.');
  if (bytes.length < at + length) return null;
  return { packet: bytes.subarray(at + 4, at + length), next: at + length };
}

/** Every packet of a whole request. */
export function readPackets(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < bytes.length;) {
    const read = readPacket(bytes, at);
    if (read === null) throw new GitError('pack-refused', 'The request ends in the middle of a packet.');
    packets.push(read.packet);
    at = read.next;
  }
  return packets;
}

// Imports nothing of the product, so that the broker, which is made of this, stays small.

/** What the two ends of a connection say to each other; output and input are named as git sees them. */
export const brokerChannel = { start: 0, input: 1, inputEnd: 2, output: 3, errors: 4, exit: 5 } as const;

export interface Frame {
  channel: number;
  data: Buffer;
}

const headBytes = 5;

/** One message: a channel, four bytes of length, the data. */
export function frameOf(channel: number, data: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(channel, 0);
  head.writeUInt32BE(data.length, 1);
  return Buffer.concat([head, data]);
}

/** Puts the messages of a connection together again. */
export class Frames {
  private waiting: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Generator<Frame> {
    this.waiting = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]);
    while (this.waiting.length >= headBytes) {
      const end = headBytes + this.waiting.readUInt32BE(1);
      if (this.waiting.length < end) return;
      const frame = { channel: this.waiting.readUInt8(0), data: this.waiting.subarray(headBytes, end) };
      this.waiting = this.waiting.subarray(end);
      yield frame;
    }
  }
}

// Imports nothing of the product, so that the broker, which is made of this, stays small.
import type { Writable } from 'node:stream';

/** What the two ends of a connection say to each other; output and input are named as git sees them. */
export const brokerChannel = { start: 0, input: 1, inputEnd: 2, output: 3, errors: 4, exit: 5 } as const;

export interface Frame {
  channel: number;
  data: Buffer;
}

const headBytes = 5;

/** What comes before the data of a message: a channel, and four bytes of length. */
function headOf(channel: number, length: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(channel, 0);
  head.writeUInt32BE(length, 1);
  return head;
}

/** One message, in one piece. */
export const frameOf = (channel: number, data: Buffer): Buffer => Buffer.concat([headOf(channel, data.length), data]);

/** Writes one message without copying what may be many megabytes in all; false when there is no room for the next. */
export function writeFrame(socket: Writable, channel: number, data: Buffer): boolean {
  socket.cork();
  socket.write(headOf(channel, data.length));
  const hasRoom = socket.write(data);
  socket.uncork();
  return hasRoom;
}

const streamed = new Set<number>([brokerChannel.input, brokerChannel.output, brokerChannel.errors]);

/** Takes the messages of a connection apart. What is a part of a stream is handed on as it comes, the rest whole. */
export class Frames {
  private head: Buffer = Buffer.alloc(0);
  private pieces: Buffer[] = [];
  private missing = 0;

  *read(chunk: Buffer): Generator<Frame> {
    for (let at = 0; at < chunk.length;) {
      if (this.head.length < headBytes) at = this.readHead(chunk, at);
      if (this.head.length < headBytes) return;
      const channel = this.head.readUInt8(0);
      const data = chunk.subarray(at, at + this.missing);
      at += data.length;
      this.missing -= data.length;
      const isWhole = this.missing === 0;
      if (isWhole) this.head = Buffer.alloc(0);
      if (streamed.has(channel)) {
        if (data.length > 0) yield { channel, data };
      } else {
        // The reader may use its buffer again.
        this.pieces.push(Buffer.from(data));
        if (isWhole) yield { channel, data: Buffer.concat(this.pieces.splice(0)) };
      }
    }
  }

  private readHead(chunk: Buffer, at: number): number {
    const end = at + headBytes - this.head.length;
    this.head = Buffer.concat([this.head, chunk.subarray(at, end)]);
    if (this.head.length === headBytes) this.missing = this.head.readUInt32BE(1);
    return end;
  }
}

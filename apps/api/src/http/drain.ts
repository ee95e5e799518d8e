import type { IncomingMessage } from 'node:http';

/** A browser reads an answer only when all that it sends was taken, up to some measure. */
export function drain(raw: IncomingMessage, most: number): void {
  let rest = most;
  raw.unpipe();
  raw.on('data', (chunk: Buffer) => {
    rest -= chunk.length;
    if (rest < 0) raw.destroy();
  });
  raw.resume();
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const blockBytes = 64 << 10;
const newline = 10;

/** The whole lines of a file, the last one first, read only as far back as somebody asks. */
export function* linesFromEnd(file: string): Generator<string> {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let end = fstatSync(fd).size; end > 0;) {
      const start = Math.max(0, end - blockBytes);
      const block = Buffer.alloc(end - start);
      readSync(fd, block, 0, block.length, start);
      const bytes = Buffer.concat([block, rest]);
      // The first line of a block may have begun in the one before it.
      const first = start === 0 ? 0 : bytes.indexOf(newline) + 1;
      rest = first === 0 && start > 0 ? bytes : bytes.subarray(0, first);
      if (rest !== bytes) yield* bytes.toString('utf8', first).split('\n').reverse();
      end = start;
    }
  } finally {
    closeSync(fd);
  }
}

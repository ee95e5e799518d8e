import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

// Most ask for the last few lines of a long history; whoever reads all of it does so in larger pieces.
const firstBlockBytes = 2 << 10;
const blockBytes = 64 << 10;
/** A longer line is nobody's record of a move, and is passed over. */
const longestLine = 1 << 20;
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
    yield* linesOf(fd);
  } finally {
    closeSync(fd);
  }
}

function* linesOf(fd: number): Generator<string> {
  let rest = new LineEnd();
  let size = firstBlockBytes;
  for (let end = fstatSync(fd).size; end > 0; size = Math.min(4 * size, blockBytes)) {
    const start = Math.max(0, end - size);
    const block = Buffer.alloc(end - start);
    readSync(fd, block, 0, block.length, start);
    // The first line of a block may have begun in the one before it.
    const first = start === 0 ? 0 : block.indexOf(newline) + 1;
    if (first === 0 && start > 0) rest.prepend(block);
    else {
      rest.prepend(block.subarray(first));
      yield* rest.text().split('\n').reverse();
      rest = new LineEnd();
      rest.prepend(block.subarray(0, first));
    }
    end = start;
  }
}

/** What is known so far of a line that begins further ahead in the file. */
class LineEnd {
  private pieces: Buffer[] = [];
  private bytes = 0;

  prepend(piece: Buffer): void {
    this.bytes += piece.length;
    this.pieces = this.isTooLong() ? [piece] : [piece, ...this.pieces];
  }

  /** Of a line that is too long nothing is told, only what comes before it. */
  text(): string {
    const bytes = Buffer.concat(this.pieces);
    return bytes.toString('utf8', 0, this.isTooLong() ? bytes.lastIndexOf(newline) + 1 : bytes.length);
  }

  private isTooLong(): boolean {
    return this.bytes > longestLine;
  }
}

import type { ChunkEntry, PageEntry } from './vector-record.js';

/** What is kept in memory of a chunk. */
export interface ChunkRow {
  page: PageRows;
  /** Counts over the page, from 0. */
  index: number;
  textHash: string;
  /** Where its details lie in the file, and their checksum. */
  at: number;
  bytes: number;
  sum: number;
}

/** A page and the rows of its chunks. */
export interface PageRows {
  path: string;
  stamp: string;
  trouble: string | undefined;
  rows: number[];
}

/** Is told that a row is gone, and that the last row takes its place; it may be the last one itself. */
export type Gap = (row: number, last: number) => void;

/** About what an entry takes in a record beside its texts. */
const entryBytes = { page: 48, chunk: 26 };
/** About what it takes in memory. */
const memoryBytes = { page: 400, chunk: 300 };

/** Which chunk stands in which row. Rows have no gaps: when one is removed, the last one takes its place. */
export class ChunkTable {
  readonly rows: ChunkRow[] = [];
  readonly pages = new Map<string, PageRows>();
  private readonly byText = new Map<string, number>();
  /** Of what is here, about. */
  private bytes = 0;

  /** About how many bytes of the file belong to what is here, without vectors. */
  get fileBytes(): number {
    return this.bytes;
  }

  /** About how much memory it takes. */
  get memoryBytes(): number {
    return memoryBytes.page * this.pages.size + memoryBytes.chunk * this.rows.length;
  }

  /** Takes in a page that is not there, without its chunks. */
  addPage({ path, stamp, trouble }: PageEntry): PageRows {
    const page = { path, stamp, trouble, rows: [] };
    this.pages.set(path, page);
    this.bytes += fileBytesOf(page);
    return page;
  }

  /** Takes in the next chunk of a page, whose details lie at `at`; answers its row. */
  addChunk(page: PageRows, [textHash, bytes, sum]: ChunkEntry, at: number): number {
    const chunk = { page, index: page.rows.length, textHash, at, bytes, sum };
    const row = this.rows.push(chunk) - 1;
    page.rows.push(row);
    this.byText.set(textHash, row);
    this.bytes += fileBytesOfChunk(chunk);
    return row;
  }

  /** Removes a page with all its chunks, if it is there. */
  removePage(path: string, gap: Gap): void {
    const page = this.pages.get(path);
    if (page === undefined) return;
    this.pages.delete(path);
    this.bytes -= fileBytesOf(page);
    // From the last: so the row that moves into a gap never is one that will be removed.
    for (const row of page.rows.sort((a, b) => b - a)) this.removeRow(row, gap);
  }

  /** A row with this text; of several equal texts one may be forgotten when another is removed. */
  rowOfText(textHash: string): number | null {
    return this.byText.get(textHash) ?? null;
  }

  private removeRow(row: number, gap: Gap): void {
    const gone = this.rows[row];
    const moved = this.rows.pop();
    if (gone === undefined || moved === undefined) return;
    this.bytes -= fileBytesOfChunk(gone);
    if (this.byText.get(gone.textHash) === row) this.byText.delete(gone.textHash);
    const last = this.rows.length;
    if (moved !== gone) {
      this.rows[row] = moved;
      moved.page.rows[moved.index] = row;
      if (this.byText.get(moved.textHash) === last) this.byText.set(moved.textHash, row);
    }
    gap(row, last);
  }
}

const fileBytesOf = ({ path, stamp, trouble = '' }: PageRows): number =>
  entryBytes.page + path.length + stamp.length + trouble.length;
const fileBytesOfChunk = ({ textHash, bytes }: ChunkRow): number => entryBytes.chunk + textHash.length + bytes;

import { setTimeout } from 'node:timers/promises';

/** The rows that a graph leads to. */
export interface GraphRows {
  readonly count: number;
  vector(row: number): Float32Array;
}

/** What is used of a graph, as the library has it. */
interface Graph {
  initIndex(maxElements: number, links: number, candidatesOfLinks: number): void;
  resizeIndex(maxElements: number): void;
  getMaxElements(): number;
  addPoint(vector: number[], label: number): void;
  markDelete(label: number): void;
  setEf(candidates: number): void;
  searchKnn(vector: number[], most: number): { neighbors: number[] };
}

/** Written out here because the package is not there everywhere, and the program has to be built all the same. */
interface Library {
  HierarchicalNSW: new (space: 'ip', dimensions: number) => Graph;
}

const packageOfGraphs: string = 'hnswlib-node';

/** Loads the library of graphs; null where that cannot be done. */
export type GraphLibrary = () => Promise<Library | null>;

/** It is optional, and made of native code: where it cannot be built, all is scanned. */
export const graphLibrary: GraphLibrary = () =>
  (import(packageOfGraphs) as Promise<{ default: Library }>).then(
    (module) => module.default,
    () => null,
  );

/** Links of a vector, and how many candidates are looked at for them. */
const [links, candidatesOfLinks] = [16, 200];
/** How many candidates of a search are looked at: so many at least, and twice as many as are asked for. */
const leastCandidates = 400;
/** So long at once is a graph built; then it is the turn of others for as long. */
const sliceMs = 1;
/** With more vectors than this missing, it does not help. */
const missingPart = 0.1;
/** With more that are gone, it is built anew. */
const gonePart = 0.3;
const noLabel = -1;

/**
 * Leads to the rows that probably are the nearest ones. It is built while others have their turns too, and follows the
 * rows: in it a vector keeps its label for good, so what moves is which row has which label.
 */
export class NeighbourGraph {
  private graph: Graph | null = null;
  private labelOfRow: number[] = [];
  private rowOfLabel: number[] = [];
  private missing = 0;
  private gone = 0;
  private isBuilding = false;
  private isStopped = false;

  constructor(
    private readonly dimensions: number,
    private readonly rows: GraphRows,
    private readonly library: GraphLibrary = graphLibrary,
  ) {
    this.beginAnew();
  }

  /** To how many rows it leads; to none before it leads to most. */
  get count(): number {
    const isReady = this.graph !== null && this.missing <= missingPart * this.rows.count;
    return isReady ? this.rows.count - this.missing : 0;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    const each = 4 * this.dimensions + 8 * links + 48;
    return (this.graph?.getMaxElements() ?? 0) * each + 16 * this.labelOfRow.length;
  }

  /** So many rows that probably are the nearest, and those that it does not know yet; null when it is not ready. */
  near(query: Float32Array, most: number): number[] | null {
    if (this.graph === null || most > this.count) return null;
    this.graph.setEf(Math.max(leastCandidates, 2 * most));
    const { neighbors } = this.graph.searchKnn(Array.from(query), most);
    return [...neighbors.map((label) => this.rowOfLabel[label] ?? 0), ...this.missingRows()];
  }

  /** Takes notice of a row that was added behind the others. */
  add(): void {
    this.labelOfRow.push(noLabel);
    this.missing += 1;
    void this.build();
  }

  /** Takes notice that a row is gone, and the last one has its place. */
  fill(gap: number, last: number): void {
    this.forget(this.labelOfRow[gap] ?? noLabel);
    const moved = this.labelOfRow.pop() ?? noLabel;
    if (gap !== last) this.labelOfRow[gap] = moved;
    if (gap !== last && moved !== noLabel) this.rowOfLabel[moved] = gap;
    if (this.gone > gonePart * this.rowOfLabel.length) this.beginAnew();
  }

  /** Builds no further. */
  stop(): void {
    this.isStopped = true;
  }

  private forget(label: number): void {
    if (label === noLabel) {
      this.missing -= 1;
    } else {
      this.graph?.markDelete(label);
      this.gone += 1;
    }
  }

  private beginAnew(): void {
    this.graph = null;
    this.labelOfRow = new Array<number>(this.rows.count).fill(noLabel);
    this.rowOfLabel = [];
    [this.missing, this.gone] = [this.rows.count, 0];
    void this.build();
  }

  private async build(): Promise<void> {
    if (this.isBuilding) return;
    this.isBuilding = true;
    try {
      const library = await this.library();
      for (let next = 0; library !== null && this.missing > 0 && !this.isStopped;) {
        next = this.slice(library, next);
        await setTimeout(sliceMs, undefined, { ref: false });
      }
    } catch {
      // A graph that cannot grow, for want of memory perhaps, is given up: all can be found without it.
      this.graph = null;
      this.isStopped = true;
    }
    this.isBuilding = false;
  }

  /** Takes in some of the missing rows from `row` on; answers where to go on. */
  private slice(library: Library, row: number): number {
    for (const ends = performance.now() + sliceMs; this.missing > 0 && performance.now() < ends; row += 1) {
      // Rows move forward into gaps, so some may be missing behind.
      if (row >= this.rows.count) row = 0;
      if (this.labelOfRow[row] === noLabel) this.link(library, row);
    }
    return row;
  }

  private link(library: Library, row: number): void {
    const graph = (this.graph ??= this.newGraph(library));
    const label = this.rowOfLabel.length;
    if (label === graph.getMaxElements()) graph.resizeIndex(Math.ceil(1.5 * label));
    graph.addPoint(Array.from(this.rows.vector(row)), label);
    this.rowOfLabel.push(row);
    this.labelOfRow[row] = label;
    this.missing -= 1;
  }

  private newGraph({ HierarchicalNSW }: Library): Graph {
    const graph = new HierarchicalNSW('ip', this.dimensions);
    graph.initIndex(Math.ceil(1.25 * this.rows.count) + links, links, candidatesOfLinks);
    return graph;
  }

  private missingRows(): number[] {
    if (this.missing === 0) return [];
    return this.labelOfRow.flatMap((label, row) => (label === noLabel ? [row] : []));
  }
}

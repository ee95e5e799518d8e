import { mkdir } from 'node:fs/promises';
import type { ScanLimits } from './chunk-vectors.js';
import { RecordFile } from './record-file.js';
import { StoredVectors } from './stored-vectors.js';
import {
  linkOfFile,
  type Manifest,
  manifestState,
  newFileName,
  readManifest,
  removeFile,
  removeOrphans,
  type VectorKind,
  vectorFormat,
  writeManifest,
} from './vector-manifest.js';

/** What was found in the folder of an index. All but `ready` are empty, and the next write begins anew. */
export type VectorState = 'ready' | 'absent' | 'damaged' | 'other-model' | 'other-format';

/** The folder of an index, and what was read of it. One thing at a time may be asked of it. */
export class VectorFolder {
  private read: StoredVectors | null = null;
  private found: VectorState = 'absent';
  /** Of the manifest that was read last. */
  private manifest: string | null = null;
  /** The file that it named. */
  private named: string | null = null;
  /** The files that were put in each other's place, until all but the last one are removed. */
  private succession: string[] = [];

  constructor(
    private readonly folder: string,
    private readonly kind: VectorKind,
    private readonly limits: ScanLimits,
  ) {}

  get state(): VectorState {
    return this.found;
  }

  /** What the folder holds; null when that is nothing that can be used. */
  get stored(): StoredVectors | null {
    return this.read;
  }

  /** Looks whether anything changed, and takes it in. */
  async takeIn({ isCareful = false } = {}): Promise<void> {
    // What is damaged may be about to be put back, file by file.
    const isSame = this.found !== 'damaged' && (await manifestState(this.folder)) === this.manifest;
    if (isSame && (this.read === null || (await this.read.takeIn({ isCareful })))) return;
    await this.load();
  }

  /** Reads it all anew. */
  async load(): Promise<void> {
    for (let before: string | null = null; ;) {
      const { manifest, state } = await readManifest(this.folder);
      const found = judge(manifest, this.kind);
      const stored =
        found === 'ready' ? await StoredVectors.open(this.folder, manifest as Manifest, this.limits) : null;
      // A file that is not there may have been replaced since the manifest was read; that names the new one then.
      if (found !== 'ready' || stored !== null || state === before) {
        this.manifest = state;
        this.named = manifest === null || manifest === 'damaged' ? null : manifest.file;
        return this.use(stored, found === 'ready' && stored === null ? 'damaged' : found);
      }
      before = state;
    }
  }

  /** Forgets what was read. */
  async forget(): Promise<void> {
    await this.use(null, 'absent');
  }

  /** A new file beside the one in use. */
  async newFile(): Promise<RecordFile> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const name = newFileName();
    return RecordFile.create(this.folder, name, linkOfFile({ ...this.kind, file: name }));
  }

  /** Puts a file in the place of the one in use; what it says is taken in afterwards. */
  async put(file: RecordFile): Promise<void> {
    if ((await file.state()) === null) throw new Error(`${file.name} was removed before it was finished.`);
    await writeManifest(this.folder, { ...this.kind, format: vectorFormat, file: file.name });
    this.succession.push(...(this.named === null ? [] : [this.named]), file.name);
  }

  /** Removes what was replaced, and what writers left behind that ended too early. */
  async tidy(): Promise<void> {
    if (this.read === null) return;
    // Ours may have been replaced in its turn.
    for (const name of this.succession.splice(0)) if (name !== this.named) await removeFile(this.folder, name);
    await removeOrphans(this.folder, this.read.fileName);
  }

  private async use(stored: StoredVectors | null, found: VectorState): Promise<void> {
    const before = this.read;
    this.read = stored;
    this.found = found;
    await before?.retire();
  }
}

function judge(manifest: Manifest | 'damaged' | null, { dimensions, modelId }: VectorKind): VectorState {
  if (manifest === null) return 'absent';
  if (manifest === 'damaged') return 'damaged';
  if (manifest.format !== vectorFormat) return 'other-format';
  return manifest.dimensions === dimensions && manifest.modelId === modelId ? 'ready' : 'other-model';
}

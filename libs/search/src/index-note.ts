import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the last run over an index found, for whoever does not want to open that. */
export interface IndexNote {
  /** The commit up to which vectors were read. */
  position: string | null;
  modelId: string;
  /** Texts that the model read in a second; null when too few were read to tell. */
  textsPerSecond: number | null;
}

const name = 'note.json';

/** The note in the folder of an index; null when there is none that can be read. It may be older than the index. */
export async function readNote(folder: string): Promise<IndexNote | null> {
  try {
    return JSON.parse(await readFile(join(folder, name), 'utf8')) as IndexNote;
  } catch {
    return null;
  }
}

/** Leaves a note; nothing depends on it, so it is not made durable. */
export async function writeNote(folder: string, note: IndexNote): Promise<void> {
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `${name}.${process.pid}.tmp`);
  await writeFile(beside, JSON.stringify(note), { mode: 0o600 });
  await rename(beside, join(folder, name));
}

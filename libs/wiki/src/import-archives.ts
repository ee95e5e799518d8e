import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { linkRefused, type FileBasket } from './import-files.js';
import { importRefused } from './import-refusal.js';

interface ZipEntry {
  fileName: string;
  externalFileAttributes: number;
  isEncrypted(): boolean;
}

interface ZipFile {
  eachEntry(): AsyncIterable<ZipEntry>;
  openReadStreamPromise(entry: ZipEntry): Promise<Readable>;
  close(): void;
}

interface Yauzl {
  openPromise(file: string): Promise<ZipFile>;
}

// The package comes without types.
const require = createRequire(import.meta.url);
const yauzl = require('yauzl') as Yauzl;

const fileTypes = ['file', 'contiguous-file'];

/** Reads a tar archive, plain or gzipped. */
export async function readTar(file: string, gzip: boolean, basket: FileBasket): Promise<void> {
  const source = createReadStream(file);
  const unpacked = gzip ? source.pipe(createGunzip()) : source;
  const entries = extract();
  for (const stream of [source, unpacked]) stream.on('error', (error: Error) => entries.destroy(error));
  unpacked.pipe(entries);
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (type === 'directory') {
        entry.resume();
        continue;
      }
      if (!fileTypes.includes(type)) throw linkRefused(name);
      const path = basket.pathOf(name);
      if (path !== null) await basket.add(path, entry as AsyncIterable<Uint8Array>);
      else for await (const chunk of entry as AsyncIterable<Uint8Array>) basket.spend(chunk.length);
    }
  } catch (error) {
    throw readable(error);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** Reads a zip archive. */
export async function readZip(file: string, basket: FileBasket): Promise<void> {
  try {
    const zip = await yauzl.openPromise(file);
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const path = basket.pathOf(entry.fileName);
      if (path === null) continue;
      if (isLink(entry)) throw linkRefused(entry.fileName);
      if (entry.isEncrypted()) throw importRefused(['It is encrypted.']);
      await basket.add(path, await zip.openReadStreamPromise(entry));
    }
  } catch (error) {
    throw readable(error);
  }
}

/** Unix modes are in the upper half; zips made elsewhere have none. */
function isLink({ externalFileAttributes }: ZipEntry): boolean {
  const type = (externalFileAttributes >>> 16) & 0o170000;
  return type !== 0 && type !== 0o100000;
}

/** What a library says of a damaged archive is for whoever brought it. */
function readable(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'WikiError') return error;
  return importRefused([`It cannot be read: ${error.message}`]);
}

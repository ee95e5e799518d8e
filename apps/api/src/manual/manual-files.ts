import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
// Built, the documentation is still the one that lies beside the sources.
const root = fileURLToPath(new URL(isSource ? '../../../../' : '../../../../../../', import.meta.url));

const folder = 'docs';
/** What is read with the documentation, and lies at the root of the repository. */
const beside = ['ARCHITECTURE.md', 'CHANGELOG.md'];
const pictures: Record<string, string> = { '.webp': 'image/webp', '.png': 'image/png', '.svg': 'image/svg+xml' };

/** The files of the documentation, by their paths in the repository. */
export interface ManualFiles {
  texts: ReadonlyMap<string, string>;
  pictures: ReadonlyMap<string, { mime: string; bytes: Buffer }>;
}

/** Reads every file of the documentation: nothing that is asked for later becomes the name of a file. */
export function readManualFiles(): ManualFiles {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = [...found.map((path) => `${folder}/${path.split(sep).join('/')}`).sort(), ...beside];
  const read = (path: string): Buffer => readFileSync(join(root, path));
  const texts = paths.filter((path) => path.endsWith('.md'));
  return {
    texts: new Map(texts.map((path) => [path, read(path).toString('utf8')])),
    pictures: new Map(
      paths.flatMap((path) => {
        const mime = pictures[extname(path)];
        return mime === undefined ? [] : [[path, { mime, bytes: read(path) }] as const];
      }),
    ),
  };
}

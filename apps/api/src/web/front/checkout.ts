import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that comes along with the program, wherever that runs: from its sources, compiled or bundled. */
export function fileOfCheckout(...path: string[]): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    const file = join(folder, ...path);
    if (existsSync(file)) return file;
    folder = dirname(folder);
  }
  throw new Error(`${path.join('/')} did not come along with this program.`);
}

/** The repository that package.json names, as an address to open; null when it names none. */
export function repositoryOfPackage(): string | null {
  const { repository } = JSON.parse(readFileSync(fileOfCheckout('package.json'), 'utf8')) as {
    repository?: string | { url?: string };
  };
  const url = (typeof repository === 'string' ? repository : repository?.url) ?? '';
  const address = url.replace(/^git\+/, '').replace(/\.git$/, '');
  return URL.canParse(address) && /^https?:/.test(address) ? address : null;
}

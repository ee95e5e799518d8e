import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tool = join(import.meta.dirname, '../../../../tools/lighthouse');

/** What Lighthouse says of a page: scores of 100, and the audits that the page failed. */
export interface Audit {
  address: string;
  scores: Record<'accessibility' | 'best-practices' | 'seo', number>;
  failed: string[];
}

/** Installs Lighthouse where it is not yet; null, or why it cannot be had. */
export async function lighthouseTrouble(): Promise<string | null> {
  try {
    createRequire(join(tool, 'audit.mjs')).resolve('lighthouse');
    return null;
  } catch {
    const options = { cwd: tool, timeout: 240_000 };
    return run('npm', ['ci'], options).then(
      () => null,
      (error: Error) => error.message,
    );
  }
}

/** Audits pages with a browser that listens at a port for programs. */
export async function audits(port: number, addresses: readonly string[]): Promise<Audit[]> {
  const args = [join(tool, 'audit.mjs'), String(port), ...addresses];
  const { stdout } = await run(process.execPath, args, { timeout: 300_000, maxBuffer: 16 << 20 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Audit);
}

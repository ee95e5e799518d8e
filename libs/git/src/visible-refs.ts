import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from './objects.js';
import { mainRef, packedRefs, readRef } from './refs.js';
import type { Repository } from './repository.js';

export interface VisibleRef {
  name: string;
  oid: Oid;
}

/** The refs a client may know of: main and the tags, in git's order. */
export function visibleRefs({ gitDir }: Repository): VisibleRef[] {
  const packed = [...packedRefs(gitDir).keys()].filter((name) => name.startsWith('refs/tags/'));
  const names = new Set([mainRef, ...packed, ...looseTags(gitDir)]);
  return [...names]
    .filter(isUtf8)
    .sort(byBytes)
    .flatMap((name) => {
      const oid = readRef(gitDir, name);
      return oid === null ? [] : [{ name, oid }];
    });
}

/** What is no UTF-8 was read with replacement characters; a ref of that name there is not. */
const isUtf8 = (name: string): boolean => !name.includes('\ufffd');
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function looseTags(gitDir: string): string[] {
  const root = join(gitDir, 'refs/tags');
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
      .map((entry) => `refs/tags/${join(entry.parentPath, entry.name).slice(root.length + 1)}`);
  } catch {
    // A repository without tags may have no such folder.
    return [];
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentFile, attachmentName } from '../../src/attachment-path.js';
import { fileOf, pageOfFile, pagePath } from '../../src/page-path.js';
import { twinKey, twinOf } from '../../src/path-folding.js';
import { checkTree } from '../../src/tree-rules.js';
import { aPagePath, usable } from './kit/paths.js';
import { runs } from './kit/runs.js';

describe('the path of a page', () => {
  it('is the same however its letters are composed', () => {
    fc.assert(
      fc.property(aPagePath, (path) => {
        expect(usable(path.normalize('NFD'))).toBe(path);
        expect(twinKey(path.normalize('NFD'))).toBe(twinKey(path));
      }),
      runs(1000),
    );
  });

  it('comes back from an address, encoded whole or segment by segment', () => {
    fc.assert(
      fc.property(aPagePath, (path) => {
        const bySegment = path.split('/').map(encodeURIComponent).join('/');
        for (const written of [bySegment, encodeURIComponent(path)]) {
          // What reads addresses takes nothing in it for a way up, a query or an anchor.
          const { pathname, search, hash } = new URL(`http://wiki.example/pages/${written}`);
          expect([decodeURIComponent(pathname), search, hash]).toEqual([`/pages/${path}`, '', '']);
        }
      }),
      runs(1000),
    );
  });

  it('has no twin but itself, and a twin is one from both sides', () => {
    fc.assert(
      fc.property(aPagePath, aPagePath, (one, other) => {
        const [here, there] = [fileOf(one), fileOf(other)];
        expect(twinOf(here, [here])).toBeNull();
        expect(twinOf(here, [there]) === null).toBe(twinOf(there, [here]) === null);
        if (twinKey(here) === twinKey(there) && here !== there) expect(twinOf(here, [there])).not.toBeNull();
      }),
      runs(1000),
    );
  });

  it('may be pushed when it may be created, alone and with attachments', () => {
    const name = aPagePath.map((path) => path.split('/').at(-1) ?? path);
    fc.assert(
      fc.property(aPagePath, name, (path, file) => {
        const attached = allowedName(file);
        const files = [fileOf(path), ...(attached === null ? [] : [attachmentFile(path, attached)])];
        for (const one of files) expect(refusalsOf(one)).toEqual([]);
        expect(pageOfFile(files[0] ?? '')).toBe(path);
        if (attached !== null) expect(pageOfFile(files[1] ?? '')).toBeNull();
        expect(pagePath(path)).toBe(path);
      }),
      runs(1000),
    );
  });
});

function allowedName(name: string): string | null {
  try {
    return attachmentName(name);
  } catch {
    return null;
  }
}

const refusalsOf = (file: string): unknown[] => {
  const { refusals, odd } = checkTree([{ path: file, mode: '100644', size: 1 }]);
  return [...refusals, ...odd];
};

import { hashObject, type TreeEdit } from '@lib/git';
import type { GitBinary } from './git-binary.js';

interface Listed {
  path: string;
  mode: string;
  oid: string;
}

/** The files that our edits make, put into an index and written by git. The blobs are there already. */
export class IndexOfGit {
  constructor(private readonly git: GitBinary) {}

  apply(edits: TreeEdit[]): void {
    const before = this.listed();
    const at = new Map(before.map((item) => [item.path, item]));
    const rows: string[] = [];
    for (const edit of edits) {
      if ('from' in edit) {
        const moved = before.filter(({ path }) => path === edit.from || path.startsWith(`${edit.from}/`));
        rows.push(...moved.map(({ path }) => gone(path)));
        rows.push(...moved.map((item) => here({ ...item, path: edit.to + item.path.slice(edit.from.length) })));
      } else if ('remove' in edit) rows.push(gone(edit.path));
      else if ('content' in edit) {
        // git keeps whether a file may be run, and makes a plain file of anything else.
        const mode = at.get(edit.path)?.mode === '100755' ? '100755' : '100644';
        rows.push(here({ path: edit.path, mode, oid: hashObject('blob', edit.content) }));
      }
    }
    this.git.run(['update-index', '-z', '--index-info'], rows.join(''));
  }

  writeTree(): string {
    return this.git.text(['write-tree']).trim();
  }

  private listed(): Listed[] {
    const said = this.git.run(['ls-files', '-s', '-z']).toString('utf8');
    const rows = said.matchAll(/(\d+) ([0-9a-f]{40}) 0\t([^\0]*)\0/g);
    return [...rows].map(([, mode = '', oid = '', path = '']) => ({ path, mode, oid }));
  }
}

const here = ({ path, mode, oid }: Listed): string => `${mode} ${oid}\t${path}\0`;
const gone = (path: string): string => `0 ${'0'.repeat(40)}\t${path}\0`;

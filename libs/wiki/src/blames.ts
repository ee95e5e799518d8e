import type { Access } from '@lib/acl';
import { blame, type BlameLine, type GitRunner, type Oid, type Repository } from '@lib/git';
import { LRUCache } from 'lru-cache';

const mostCharacters = 4 << 20;
/** What a line takes beside its text. */
const frame = 150;

/** Who wrote the lines of files as of commits. That never changes, and git takes long to say it: it is asked once. */
export class Blames {
  private readonly known = new LRUCache<string, BlameLine[]>({
    maxSize: mostCharacters,
    sizeCalculation: (lines) => lines.reduce((sum, { text }) => sum + text.length + frame, 1),
  });

  constructor(private readonly given: { runner: GitRunner }) {}

  async of(
    { wiki }: Access,
    repository: Repository,
    { commit, file }: { commit: Oid; file: string },
  ): Promise<BlameLine[]> {
    const key = `${wiki.id} ${commit} ${file}`;
    const lines = this.known.get(key) ?? (await blame(repository, this.given.runner, commit, file));
    this.known.set(key, lines);
    return lines;
  }
}

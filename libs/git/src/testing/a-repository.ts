import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Funnel } from '../funnel.js';
import type { MoveRecord } from '../moves.js';
import type { Oid } from '../objects.js';
import { Repositories } from '../repositories.js';
import type { Repository } from '../repository.js';
import type { TreeEdit } from '../tree-edit.js';

export const somebody = { name: 'Somebody', email: 'somebody@example.org' };
export const record: MoveRecord = { actor: 'user-1', door: 'rest', agent: null };

export interface TestRepository {
  repositories: Repositories;
  repository: Repository;
  funnel: Funnel;
  root: string;
  /** Commits edits and returns the commit. */
  commit(edits: TreeEdit[], message?: string): Promise<Oid>;
  /** Runs the real git on the repository. */
  git(...args: string[]): string;
  remove(): void;
}

/** A throw-away bare repository that holds the given files, with a funnel to write to it. */
export async function aRepository(files: Record<string, string> = {}): Promise<TestRepository> {
  const root = mkdtempSync(join(tmpdir(), 'wikibot-repository-'));
  const repositories = new Repositories({ root });
  const repository = await repositories.create('00000000-0000-4000-8000-000000000001');
  const funnel = new Funnel();
  const commit = async (edits: TreeEdit[], message = 'Test: change') => {
    const draft = { edits, message, author: somebody, committer: somebody };
    const written = await funnel.write(repository, record, async () => draft);
    return written.commit ?? '';
  };
  const made = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  if (made.length > 0) await commit(made, 'Test: begin');
  return {
    repositories,
    repository,
    funnel,
    root,
    commit,
    git: (...args) =>
      execFileSync('git', args, { cwd: repository.gitDir, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

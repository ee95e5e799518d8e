import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository } from '@lib/git';
import { GitBinary } from './git-binary.js';
import { RandomHistory, type Shape } from './random-history.js';
import type { Random } from './seeds.js';

/** A bare repository made by the git binary, to be read by both. */
export class BareRepository {
  readonly git: GitBinary;
  readonly gitDir: string;
  private readonly opened: Repository[] = [];

  private constructor(readonly root: string) {
    const folder = join(root, 'wiki');
    this.gitDir = join(folder, 'repo.git');
    mkdirSync(folder);
    new GitBinary(folder).run(['init', '-q', '--bare', '-b', 'main', 'repo.git']);
    this.git = new GitBinary(this.gitDir);
  }

  static empty(): BareRepository {
    return new BareRepository(mkdtempSync(join(tmpdir(), 'wikibot-differential-')));
  }

  static random(random: Random, shape: Shape): BareRepository {
    const made = BareRepository.empty();
    made.git.run(['fast-import', '--quiet', '--force'], new RandomHistory(random, shape).stream());
    return made;
  }

  /** A reader of our own, by a path nobody has read by: what another reader has cached does not help it. */
  reader(): Repository {
    const alias = join(this.root, `reader-${this.opened.length}`);
    symlinkSync(join(this.root, 'wiki'), alias);
    const reader = new Repository('differential', alias);
    this.opened.push(reader);
    return reader;
  }

  /** Every commit that `main` reaches, newest first. */
  commits(): string[] {
    return this.git.lines(['rev-list', 'main']);
  }

  remove(): void {
    for (const reader of this.opened) reader.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Makes a random repository for one test and removes it after, whatever happens. */
export async function withHistory(
  random: Random,
  shape: Shape,
  use: (repository: BareRepository) => Promise<void> | void,
): Promise<void> {
  const repository = BareRepository.random(random, shape);
  try {
    await use(repository);
  } finally {
    repository.remove();
  }
}
